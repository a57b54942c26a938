"""Operations of visibility: for whoever may read the thing itself. There is none for psychotherapy notes."""

from integration_api.access.operations import PATIENT, TEAM, Operation

READ_SESSION_VISIBILITY = Operation("session:read_visibility", "session.visibility_read", PATIENT | TEAM)
READ_NOTE_VISIBILITY = Operation("note:read_visibility", "note.visibility_read", PATIENT | TEAM)
READ_REFLECTION_VISIBILITY = Operation(
    "reflection:read_visibility", "reflection.visibility_read", PATIENT | TEAM, is_private=True
)
READ_PLAN_VISIBILITY = Operation("plan:read_visibility", "plan.visibility_read", PATIENT | TEAM)
READ_PRACTICE_VISIBILITY = Operation("practice:read_visibility", "practice.visibility_read", PATIENT | TEAM)
READ_GOAL_VISIBILITY = Operation("goal:read_visibility", "goal.visibility_read", PATIENT | TEAM)
