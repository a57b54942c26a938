"""Assessments."""

from tests.factories.readiness import dosing_session
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json

_CONCERN: Json = {"decision": "concern", "reasons": ["sleep_loss"]}
_HOLD: Json = {"decision": "hold", "reasons": ["acute_stress", "no_support"]}


async def _path(s: Scene) -> str:
    made = await dosing_session(s.therapist, s.chart)
    return f"/sessions/{made['id']}/assessment"


@planted
async def assessment(s: Scene) -> None:
    """Add one that was changed into a hold, which stays open, in the session that others read."""
    path = f"/sessions/{s.ids['session_id']}/assessment"
    await s.therapist.put(path, _CONCERN, match=0)
    await s.therapist.put(path, _HOLD, match=1)


reads("read_assessment", "therapist", "/sessions/{session_id}/assessment")
reads("list_assessment_versions", "therapist", "/sessions/{session_id}/assessment/versions")


@operation("read_assessment (nobody wrote it)")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "GET", await _path(s))


@operation("update_assessment")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "PUT", await _path(s), _CONCERN, 0)


@operation("update_assessment (into a hold)")
async def _(s: Scene) -> Request:
    path = await _path(s)
    await s.therapist.put(path, _CONCERN, match=0)
    return Request(s.therapist, "PUT", path, _HOLD, 1)
