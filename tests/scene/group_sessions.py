"""Group sessions: the scene's chart, and another one of the same therapist."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _another(s: Scene) -> str:
    """The id of another chart of the therapist, who is in a group with the scene's patient."""
    made = await s.therapist.post("/patients", {"name": "Wren Companion"})
    await s.crowd(s.therapist, made["id"])
    return str(made["id"])


async def _body(s: Scene) -> Json:
    return {
        "topic": s.word("team-topic"),
        "phase": "integration",
        "modality": "in_person",
        "planned_start_at": "2026-11-24T15:00:00Z",
        "planned_end_at": "2026-11-24T16:30:00Z",
        "patient_ids": [s.chart, await _another(s)],
        "facilitator_ids": [s.therapist.id],
    }


async def _group(s: Scene) -> Json:
    made: Json = await s.therapist.post("/group-sessions", await _body(s))
    return made


@planted
async def group(s: Scene) -> None:
    """Add a group session with two members."""
    s.ids["group_session_id"] = (await _group(s))["id"]


reads("list_group_sessions", "therapist", "/group-sessions")
reads("list_group_sessions (soon)", "supervisor", "/group-sessions?starts_after=2026-11-01T00:00:00Z")
reads("read_group_session", "therapist", "/group-sessions/{group_session_id}")


@operation("create_group_session")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/group-sessions", await _body(s))


@operation("add_group_member")
async def _(s: Scene) -> Request:
    made = await _group(s)
    body = {"patient_id": await _another(s)}
    return Request(s.therapist, "POST", f"/group-sessions/{made['id']}/members", body)
