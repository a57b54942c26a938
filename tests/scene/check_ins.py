"""Check-ins, and the window that one answers."""

from datetime import timedelta

from tests.factories.arcs import checked_in, dosed, windows
from tests.factories.measure_responses import screened
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def check_ins(s: Scene) -> None:
    """Answer the window of a dose of yesterday, with an alarm and what is left out, and correct it."""
    given_at = (s.world.api.clock() - timedelta(hours=20)).isoformat()
    await screened(s.therapist, s.chart)
    session = await dosed(s.therapist, s.chart, s.people["prescriber"], given_at=given_at)
    found = (await windows(s.therapist, session_id=session["id"]))["t24"]
    s.ids["arc_window_id"] = found["id"]
    answers = {"ci.safety": "not_sure", "ci.craving": 99}
    first = await checked_in(s.patient, answers, arc_window_id=found["id"])
    corrects = {"corrects_id": first["id"], "correction_reason": s.word("text-reason")}
    s.ids["check_in_id"] = (await checked_in(s.patient, answers, **corrects))["id"]


reads("list_check_ins", "therapist", "/check-ins?patient_id={patient_id}")
reads("list_check_ins (withdrawn)", "therapist", "/check-ins?patient_id={patient_id}&withdrawn=true")
reads("read_check_in", "therapist", "/check-ins/{check_in_id}")


@operation("create_check_in")
async def _(s: Scene) -> Request:
    body = {"patient_id": s.chart, "answers": {"ci.safety": "safe"}}
    return Request(s.therapist, "POST", "/check-ins", body)


@operation("create_check_in (by the patient)")
async def _(s: Scene) -> Request:
    body = {"patient_id": s.chart, "answers": {"ci.safety": "not_safe"}, "contact_me": True}
    return Request(s.patient, "POST", "/check-ins", body)
