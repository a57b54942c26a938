"""A webhook message as this API sends it, for the clients that verify it."""

from dataclasses import dataclass

from integration_api.resources.delivery.webhooks.job import Job
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.feeds import seal
from tests.factories.receivers import Got, program, receiving
from tests.factories.sessions import session
from tests.support import World


@dataclass
class SentMessage:
    """A message of the API's own sender, with both secrets of a rotation."""

    got: Got
    old: str
    new: str
    session_id: str
    chart_id: str

    @property
    def now(self) -> float:
        """The time at which it was signed."""
        return float(self.got.headers["webhook-timestamp"])


async def sent_message(settings: Settings) -> SentMessage:
    """Let an application send a message, while the secret of its webhook is rotated."""
    async with receiving() as receiver:
        async with application(settings.model_copy(update={"webhook_test_hosts": (receiver.host,)})) as api:
            world = await World.build(api)
            therapist = await world.therapist()
            chart = world.chart_id(await world.patient_of(therapist))
            await seal(world)
            account = await program(world, ["session"])
            body = {"account_id": account["id"], "url": receiver.url, "kinds": ["session"]}
            hook = await world.admin.post("/webhooks", body)
            rotated = await world.admin.post(f"/webhooks/{hook['id']}/rotate-secret", match=hook["version"], expect=200)
            made = await session(therapist, chart)
            job = Job(api.runtime, Sender((receiver.host,)))
            await seal(world)
            while await job.turn():
                await job.pool.all_ended()
        return SentMessage(receiver.got[0], hook["secret"], rotated["secret"], made["id"], chart)
