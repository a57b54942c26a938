"""Doses."""

from tests.factories.doses import DOSE, dose
from tests.factories.windows import WITH_WINDOW
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    texts = {name: s.word(f"text-{name}") for name in ("lot", "strength", "formulation", "pharmacy", "note")}
    waste = {"wasted_mg": 10, "waste_witness_id": s.people["colleague"].id}
    return {**DOSE, **texts, **waste, "expires_on": "2027-01-31", "unit": "mg", "kind": "initial"}


async def _dose(s: Scene, session: Json) -> Json:
    made: Json = await s.therapist.post(f"/sessions/{session['id']}/doses", _body(s))
    return made


@planted
async def doses(s: Scene) -> None:
    """Add an infusion by a wrong clock, a dose by devices, and one that was corrected by another, then withdrawn."""
    made = await s.ready_session()
    path = f"/sessions/{made['id']}/doses"
    wrong = {"given_at": "2031-01-01T00:00:00Z", "infusion_minutes": 40}
    await s.therapist.post(path, {**_body(s), **wrong, "route": "iv_infusion", "amount": 35})
    nasal = {"route": "intranasal_esketamine", "amount": 28, "devices": 1, "kind": "booster"}
    await s.therapist.post(path, {**_body(s), **nasal})
    first, reason = await _dose(s, made), s.word("text-correction")
    corrected = {**_body(s), "corrects_id": first["id"], "correction_reason": reason}
    second = await s.therapist.post(path, corrected)
    await s.therapist.post(f"{path}/{second['id']}/withdraw", {"reason": reason}, match=1, expect=200)
    s.ids["dose_id"] = second["id"]


async def open_window(s: Scene) -> str:
    """Give a dose by which the patient's decisions wait; for those who look. Returns its session."""
    made = await s.ready_session()
    await dose(s.therapist, made, route=WITH_WINDOW)
    return str(made["id"])


reads("list_doses", "therapist", "/doses?patient_id={patient_id}")
reads("list_doses (withdrawn)", "therapist", "/doses?patient_id={patient_id}&withdrawn=true")
reads("list_doses (team)", "supervisor", "/doses")


@operation("create_dose")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/doses", _body(s))


@operation("create_dose (in the place of another)")
async def _(s: Scene) -> Request:
    made = await s.ready_session()
    wrong = await _dose(s, made)
    body = {**_body(s), "corrects_id": wrong["id"], "correction_reason": s.word("text-correction")}
    return Request(s.therapist, "POST", f"/sessions/{made['id']}/doses", body)


@operation("read_dose")
async def _(s: Scene) -> Request:
    made = await _dose(s, await s.ready_session())
    return Request(s.therapist, "GET", f"/sessions/{made['session_id']}/doses/{made['id']}")


@operation("withdraw_dose")
async def _(s: Scene) -> Request:
    made = await _dose(s, await s.ready_session())
    path = f"/sessions/{made['session_id']}/doses/{made['id']}/withdraw"
    return Request(s.therapist, "POST", path, {"reason": s.word("text-reason")}, 1)
