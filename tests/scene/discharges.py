"""Discharges."""

from tests.factories.discharges import ALL_MET
from tests.factories.doses import dose
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    scores = {"aldrete_score": 9, "padss_score": 10}
    now = s.world.api.clock().isoformat()
    return {"met": ALL_MET[1:], "discharged_at": now, **scores, "note": s.word("text-discharge")}


async def _dosed(s: Scene) -> str:
    """Return the address of the discharge of a session with a dose."""
    made = await s.ready_session()
    await dose(s.therapist, made)
    return f"/sessions/{made['id']}/discharge"


@planted
async def discharge(s: Scene) -> None:
    """Add one that lacks an item and was overridden, in the session that others read."""
    path = f"/sessions/{s.ids['session_id']}/discharge"
    reason = {"reason": s.word("text-override")}
    await s.therapist.put(path, _body(s), match=0)
    await s.people["prescriber"].post(f"{path}/override", reason, match=1, expect=200)


reads("read_discharge", "therapist", "/sessions/{session_id}/discharge")


@operation("read_discharge (nobody wrote it)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "GET", await _dosed(s))


@operation("update_discharge")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "PUT", await _dosed(s), _body(s), 0)


@operation("update_discharge (again)")
async def _(s: Scene) -> Request:
    path = await _dosed(s)
    await s.therapist.put(path, _body(s), match=0)
    return Request(s.therapist, "PUT", path, _body(s), 1)


@operation("override_discharge")
async def _(s: Scene) -> Request:
    path, reason = await _dosed(s), {"reason": s.word("text-override")}
    return Request(s.people["prescriber"], "POST", f"{path}/override", reason, 0)
