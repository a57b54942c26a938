"""Who sees a thing: other resources fill the chart. Two of three cases show it as another role reads it."""

from tests.scene.requests import reads

_ENTRY = "/reflections/{reflection_id}/visibility"

reads("read_session_visibility", "therapist", "/sessions/{session_id}/visibility")
reads("read_session_visibility (to staff)", "supervisor", "/sessions/{session_id}/visibility?preview_as=patient")
reads("read_session_visibility (to a patient)", "patient", "/sessions/{session_id}/visibility?preview_as=therapist")
reads("read_note_visibility", "therapist", "/notes/{note_id}/visibility")
reads("read_note_visibility (to staff)", "supervisor", "/notes/{note_id}/visibility?preview_as=patient")
reads("read_note_visibility (to a patient)", "patient", "/notes/{note_id}/visibility?preview_as=therapist")
reads("read_reflection_visibility", "therapist", _ENTRY)
reads(
    "read_reflection_visibility (to staff)", "supervisor", "/reflections/{reflection_id}/visibility?preview_as=patient"
)
reads(
    "read_reflection_visibility (to a patient)",
    "patient",
    "/reflections/{reflection_id}/visibility?preview_as=therapist",
)
reads("read_plan_visibility", "therapist", "/plans/{plan_id}/visibility")
reads("read_plan_visibility (to staff)", "supervisor", "/plans/{plan_id}/visibility?preview_as=patient")
reads("read_plan_visibility (to a patient)", "patient", "/plans/{plan_id}/visibility?preview_as=therapist")
reads("read_practice_visibility", "therapist", "/practices/{practice_id}/visibility")
reads("read_practice_visibility (to staff)", "supervisor", "/practices/{practice_id}/visibility?preview_as=patient")
reads("read_goal_visibility", "therapist", "/goals/{goal_id}/visibility")
reads("read_goal_visibility (to staff)", "supervisor", "/goals/{goal_id}/visibility?preview_as=patient")
reads("read_goal_visibility (to a patient)", "patient", "/goals/{goal_id}/visibility?preview_as=therapist")
