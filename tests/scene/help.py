"""A call for help, and the flag that it raises."""

from tests.factories.flags import flags, take
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted


@planted
async def call(s: Scene) -> None:
    """Ask for help, and take its flag to its end: one attempt, a proposal, and a second person."""
    await s.patient.post("/help", expect=200)
    [flag] = await flags(s.therapist, patient_id=s.chart)
    s.ids["flag_id"] = flag["id"]
    for reached in ("voicemail", "patient"):
        flag = await take(s.therapist, flag, "contact", {"reached": reached, "text": s.word("team-contact")})
    flag = await take(s.therapist, flag, "resolve", {"text": s.word("team-end")})
    await take(s.people["prescriber"], flag, "review", {"text": s.word("team-review")})


@operation("ask_for_help")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/help")
