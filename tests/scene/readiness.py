"""Readiness and dose holds."""

from tests.factories.readiness import READY, answer, dosing_session, holds_of
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _answers(s: Scene) -> Json:
    items = {
        "rd.fasting": {
            "status": "met",
            "food_at": "2026-11-20T08:00:00Z",
            "fluids_at": "2026-11-20T09:00:00Z",
            "note": s.word("text-fasting"),
        },
        "rd.escort": {
            "status": "not_met",
            "name": s.word("text-escort"),
            "phone": s.word("text-phone"),
            "confirmed": False,
        },
        "rd.medicines": {"status": "met", "reviewed_by": s.word("text-reviewer")},
        "rd.substances_24h": {"status": "met", "substances": ["none"]},
        "rd.pregnancy": {"status": "met", "pregnancy": "test_negative"},
        "rd.weight": {"status": "met", "weight_kg": 70.5, "measured_on": s.world.api.clock().date().isoformat()},
    }
    lines = {**READY["contraindications"], "glaucoma": {"status": "present", "note": s.word("text-glaucoma")}}
    return {"items": items, "contraindications": lines}


async def _held(s: Scene, session_id: str) -> Json:
    """Return the hold that the answers open in a session; flags may hold its dose too."""
    await s.people["prescriber"].patch(f"/sessions/{session_id}/readiness", _answers(s), 0)
    return next(hold for hold in await holds_of(s.therapist, {"id": session_id}) if hold["item"] == "rd.escort")


@planted
async def readiness(s: Scene) -> None:
    """Add a check of which one item is not met, and whose hold a prescriber released."""
    hold = await _held(s, s.ids["session_id"])
    s.ids["hold_id"] = hold["id"]
    path = f"/sessions/{hold['session_id']}/holds/{hold['id']}/release"
    await s.people["prescriber"].post(path, {"reason": s.word("team-release")}, match=1, expect=200)


reads("read_readiness_check", "therapist", "/sessions/{session_id}/readiness")
reads("list_readiness_versions", "therapist", "/sessions/{session_id}/readiness/versions")
reads("list_dose_holds", "therapist", "/sessions/{session_id}/holds")


@operation("read_readiness_check (nobody answered)")
async def _(s: Scene) -> Request:
    made = await dosing_session(s.therapist, s.chart)
    return Request(s.therapist, "GET", f"/sessions/{made['id']}/readiness")


@operation("update_readiness_check")
async def _(s: Scene) -> Request:
    made = await dosing_session(s.therapist, s.chart)
    await answer(s.therapist, made, 0, screen={"status": "met"})
    return Request(s.therapist, "PATCH", f"/sessions/{made['id']}/readiness", _answers(s), 1)


@operation("release_dose_hold")
async def _(s: Scene) -> Request:
    hold = await _held(s, (await dosing_session(s.therapist, s.chart))["id"])
    path = f"/sessions/{hold['session_id']}/holds/{hold['id']}/release"
    return Request(s.people["prescriber"], "POST", path, {"reason": s.word("team-release")}, 1)
