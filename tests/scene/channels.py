"""Channels of a patient and of the admin, and something that each is told."""

from integration_api.resources.delivery.channels.courier import Courier
from integration_api.resources.delivery.channels.postings import Posting
from integration_api.resources.delivery.webhooks.sender import Sender
from tests.factories.flags import take
from tests.factories.push import Browser
from tests.factories.roster import chosen
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json, Person


async def _channel(s: Scene, person: Person, kind: str) -> Json:
    url = f"https://channels.example.org/{s.word(kind)}"
    made: Json = await person.post("/me/channels", {"kind": "webhook", "url": url})
    return made


@planted
async def channels(s: Scene) -> None:
    """A channel of the patient, and what became of what staff on call were to be told."""
    made = await _channel(s, s.patient, "private-channel")
    for person in (s.patient, s.supervisor):
        await chosen(person, "plan_to_answer", quiet_from="22:00", quiet_until="07:30", time_zone="Europe/Berlin")
    s.ids["channel_id"] = made["id"]
    posting = Posting(Sender(), None, None, None)
    courier = Courier(s.world.api.runtime, posting)
    for _ in range(2):
        await s.patient.post("/help", expect=200)
        await courier.serve(s.world.clinic_id)
        await courier.all_ended()
        asked = {"patient_id": s.chart, "state": "open", "rule": "R06"}
        for flag in (await s.therapist.get("/flags", params=asked))["items"]:
            await take(s.therapist, flag, "acknowledge")
        await courier.serve(s.world.clinic_id)
    await s.patient.post("/help", expect=200)


reads("list_notification_channels", "patient", "/me/channels")
reads("list_notifications", "admin", "/notifications")


@operation("create_notification_channel")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/me/channels", Browser().subscription("https://push.example.org/1"))


@operation("delete_notification_channel")
async def _(s: Scene) -> Request:
    made = await s.therapist.post("/me/channels", Browser().subscription("https://push.example.org/2"))
    return Request(s.therapist, "DELETE", f"/me/channels/{made['id']}")
