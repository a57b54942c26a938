"""A clinic with pagers and the jobs of two processes, for tests of the chain along the roster."""

from dataclasses import dataclass

from integration_api.resources.delivery.channels.courier import Courier
from tests.factories.arcs import let_pass
from tests.factories.flags import take
from tests.factories.receivers import Receiver
from tests.factories.roster import sent, shift
from tests.support import Api, Json, Person, World


@dataclass
class Chain:
    """A clinic whose owner, primary and backup each have a pager, and the jobs of two processes."""

    world: World
    couriers: tuple[Courier, ...]
    pager: Receiver
    primary: Person
    backup: Person
    patient: Person

    async def send(self) -> None:
        await sent(*self.couriers)

    async def wait(self, **by: float) -> None:
        await let_pass(self.world.api, self.world.admin, self.primary, self.backup, self.patient, **by)
        await self.send()

    async def answer(self) -> None:
        """The primary acknowledges the flag of the call, and still has its contact to make."""
        [flag] = (await self.primary.get("/flags", params={"state": "open"}))["items"]
        await take(self.primary, flag, "acknowledge")
        assert [task["kind"] for task in (await self.primary.get("/worklist"))["items"]] == ["flag_to_follow"]

    def paged(self) -> list[str]:
        """Whose pagers were called, in order."""
        return [got.path.strip("/") for got in self.pager.got]

    async def incidents(self) -> list[str]:
        found: list[Json] = (await self.world.admin.get("/clinic/roster"))["incidents"]
        return [one["kind"] for one in reversed(found)]


async def own_clinic(api: Api) -> World:
    """A clinic whose admin is its owner."""
    world = await World.build(api)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": world.admin.id}, clinic["version"])
    return world


async def staffed(chain: Chain) -> None:
    await shift(chain.world.admin, chain.primary)
    await shift(chain.world.admin, chain.backup, rank="backup")
