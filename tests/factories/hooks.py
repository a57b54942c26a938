"""Webhooks for tests: a clinic, a receiver, and the job that delivers to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from integration_api.resources.delivery.webhooks.job import Job
from tests.factories.feeds import seal
from tests.factories.receivers import Receiver, program
from tests.support import Json, Person, World

ALL = ("patient", "care_team", "course", "session", "medicine", "note", "reflection", "plan", "practice")


@dataclass
class Hooked:
    """A clinic, a receiver, and the job that delivers to it."""

    world: World
    receiver: Receiver
    job: Job
    therapist: Person
    patient: Person

    @property
    def chart_id(self) -> str:
        return self.world.chart_id(self.patient)

    async def hook(self, kinds: Sequence[str] = ALL, granted: Sequence[str] = ALL) -> Json:
        """A webhook of a program that may be told of these."""
        account = await program(self.world, granted)
        body = {"account_id": account["id"], "url": self.receiver.url, "kinds": list(kinds)}
        made: Json = await self.world.admin.post("/webhooks", body)
        return made

    async def deliver(self) -> None:
        """Give all rows their places, and send what is due."""
        await seal(self.world)
        while await self.job.turn():
            await self.job.pool.all_ended()

    async def log(self, hook: Json) -> list[Json]:
        """The messages, newest first."""
        found: list[Json] = (await self.world.admin.get(f"/webhooks/{hook['id']}/deliveries"))["items"]
        return found

    async def read(self, hook: Json) -> Json:
        """The webhook as it is listed now."""
        found = (await self.world.admin.get("/webhooks"))["items"]
        return next(one for one in found if one["id"] == hook["id"])
