"""Procedure: what takes place in a dosing session. Its id is the session's."""

from integration_api.fhir.elements import Json, meta, own_code, patient_reference, period, reference
from integration_api.resources.care.sessions.schemas import Session
from integration_api.resources.care.sessions.tables import SessionState

_STATUS = {
    SessionState.PLANNED: "preparation",
    SessionState.IN_PROGRESS: "in-progress",
    SessionState.COMPLETED: "completed",
    SessionState.CANCELLED: "not-done",
    SessionState.NO_SHOW: "not-done",
}


def procedure(found: Session) -> Json:
    """Return the Procedure of a dosing session; one that ended without a dose was not done."""
    is_without_dose = found.state is SessionState.COMPLETED and not found.doses_recorded
    reason = found.no_dose_reason if is_without_dose else found.end_reason
    return {
        "resourceType": "Procedure",
        "id": str(found.id),
        "meta": meta(found),
        "status": "not-done" if is_without_dose else _STATUS[found.state],
        "statusReason": {"text": reason} if reason else None,
        "code": own_code("procedure", "ketamine_administration_with_support"),
        "subject": patient_reference(found.patient_id),
        "encounter": reference("Encounter", found.id),
        "performedPeriod": period(found.started_at, found.ended_at),
    }
