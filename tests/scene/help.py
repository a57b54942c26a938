"""A call for help, and the flag that it raises."""

from tests.factories.flags import flags, take
from tests.factories.measure_responses import screened
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted


@planted
async def call(s: Scene) -> None:
    """Ask for help, and take its flag to its end: one attempt, an assessment, a proposal, and a second person.

    A suicide screen ends its hold of doses.
    """
    await s.patient.post("/help", expect=200)
    [flag] = await flags(s.therapist, patient_id=s.chart)
    s.ids["flag_id"] = flag["id"]
    for reached in ("voicemail", "patient"):
        flag = await take(s.therapist, flag, "contact", {"reached": reached, "text": s.word("team-contact")})
    words = {"ideation": "suicide_thoughts", "intent": "none", "plan": "vague", "means": "secured"}
    body = {**words, "protective_factors": ["hope"], "text": s.word("team-assessment")}
    await s.therapist.post(f"/flags/{flag['id']}/assessments", body)
    await screened(s.therapist, s.chart)
    [flag] = await flags(s.therapist, patient_id=s.chart)
    flag = await take(s.therapist, flag, "resolve", {"text": s.word("team-end")})
    await take(s.people["prescriber"], flag, "review", {"text": s.word("team-review")})


@operation("ask_for_help")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/help")
