"""Safety plans."""

from integration_api.resources.journal.safety_plans.service import LABEL
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene, after: int) -> Json:
    return {
        "patient_id": s.chart,
        "after_number": after,
        "warning_signs": [s.word("text-sign")],
        "internal_coping": [s.word("text-coping")],
        "distraction": [{"name": s.word("text-place"), "phone": "+1 555 0141"}],
        "people_to_ask": [{"name": s.word("text-friend"), "phone": "+1 555 0142"}],
        "professionals": [{"name": s.word("text-service"), "phone": "+1 555 0143", "hours": s.word("text-hours")}],
        "means_safety": [s.word("text-means")],
        "reason_for_living": s.word("text-reason"),
        "review_on": "2027-02-15",
    }


async def _newest(s: Scene) -> int:
    found = (await s.therapist.get(f"/safety-plans?patient_id={s.chart}"))["items"]
    return max((plan["number"] for plan in found), default=0)


async def _draft(s: Scene) -> Json:
    made: Json = await s.therapist.post("/safety-plans", _body(s, await _newest(s)))
    return made


async def _in_force(s: Scene) -> Json:
    path = f"/safety-plans/{(await _draft(s))['id']}/confirm"
    made: Json = await s.patient.post(path, match=1, expect=200)
    return made


@planted
async def safety_plan(s: Scene) -> None:
    """Put one in force and write its next version."""
    s.ids["safety_plan_id"] = (await _in_force(s))["id"]
    await _draft(s)


reads("list_safety_plans", "therapist", "/safety-plans?patient_id={patient_id}")
reads("read_safety_plan", "therapist", "/safety-plans/{safety_plan_id}")
reads("read_patient_safety_plan", "therapist", "/patients/{patient_id}/safety-plan")
reads("compare_safety_plans", "therapist", "/patients/{patient_id}/safety-plan/diff?from_number=1&to_number=2")
reads("read_my_safety_plan", "patient", "/me/safety-plan")


@operation("create_safety_plan")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/safety-plans", _body(s, await _newest(s)))


@operation("create_safety_plan (by the patient)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/safety-plans", _body(s, await _newest(s)))


@operation("confirm_safety_plan")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", f"/safety-plans/{(await _draft(s))['id']}/confirm", None, 1)


@operation("create_safety_plan_token")
async def _(s: Scene) -> Request:
    """A person has three at most, so one of an earlier request ends."""
    held = [one["id"] for one in (await s.patient.get("/me/sign-ins"))["items"] if one["label"] == LABEL]
    for sign_in_id in held[2:]:
        await s.patient.delete(f"/me/sign-ins/{sign_in_id}")
    return Request(s.patient, "POST", "/me/safety-plan/token")


@operation("review_safety_plan")
async def _(s: Scene) -> Request:
    path = f"/safety-plans/{(await _in_force(s))['id']}/review"
    return Request(s.therapist, "POST", path, {"review_on": "2027-03-01"}, 2)
