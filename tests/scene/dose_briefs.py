"""Dose briefs."""

from tests.factories.adverse_events import EVENT
from tests.factories.doses import DOSE
from tests.factories.readiness import dosing_session, holds_of
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


@planted
async def dose_brief(s: Scene) -> None:
    """Add to the session that others read what a brief of it tells: an infusion, and a reviewed adverse event."""
    path = f"/sessions/{s.ids['session_id']}"
    infusion: Json = {**DOSE, "route": "iv_infusion", "amount": 35, "infusion_minutes": 40, "given_while_held": True}
    await s.therapist.post(f"{path}/doses", infusion)
    over = {"kind": "fall", "ended_at": "2026-11-20T16:30:00Z"}
    made = await s.therapist.post(f"{path}/adverse-events", {**EVENT, **over, "text": s.word("text-event")})
    prescriber = s.people["prescriber"]
    await prescriber.post(f"/adverse-events/{made['id']}/review", match=1, expect=200)
    for hold in await holds_of(s.therapist, {"id": s.ids["session_id"]}):
        if hold["rule"] == "R34":  # it would hold each dose after it
            await prescriber.post(
                f"{path}/holds/{hold['id']}/release",
                {"reason": s.word("team-release")},
                match=hold["version"],
                expect=200,
            )


reads("read_dose_brief", "prescriber", "/sessions/{session_id}/dose-brief")


@operation("read_dose_brief (nothing there)")
async def _(s: Scene) -> Request:
    made = await dosing_session(s.therapist, s.chart)
    return Request(s.people["prescriber"], "GET", f"/sessions/{made['id']}/dose-brief")
