"""Encounter: a session."""

from integration_api.fhir.elements import (
    TERMINOLOGY,
    Json,
    coding,
    extension,
    meta,
    own_code,
    patient_reference,
    period,
    reference,
    texts,
)
from integration_api.resources.care.sessions.schemas import PersonThere, Session
from integration_api.resources.care.sessions.tables import Modality, SessionState

_STATUS = {
    SessionState.PLANNED: "planned",
    SessionState.IN_PROGRESS: "in-progress",
    SessionState.COMPLETED: "finished",
    SessionState.CANCELLED: "cancelled",
    SessionState.NO_SHOW: "cancelled",
}
_ACT = f"{TERMINOLOGY}/v3-ActCode"
_CLASS = {
    Modality.IN_PERSON: coding(_ACT, "AMB", "ambulatory"),
    Modality.TELEHEALTH: coding(_ACT, "VR", "virtual"),
}


def encounter(found: Session) -> Json:
    """Return the Encounter. R4 has no status for a patient who did not come: an extension says so."""
    missed = [extension("no-show", {"valueBoolean": True})] if found.state is SessionState.NO_SHOW else []
    return {
        "resourceType": "Encounter",
        "id": str(found.id),
        "meta": meta(found),
        "extension": [*missed, *texts("end-reason", found.end_reason), *texts("intention", found.intention)],
        "status": _STATUS[found.state],
        "class": _CLASS[found.modality],
        "type": [own_code("phase", found.phase.value)],
        "subject": patient_reference(found.patient_id),
        "episodeOfCare": [reference("EpisodeOfCare", found.course_id)],
        "participant": [_participant(person) for person in found.people],
        "period": period(found.started_at, found.ended_at) or period(found.planned_start_at, found.planned_end_at),
    }


def _participant(person: PersonThere) -> Json:
    return {
        "type": [own_code("session-role", str(person["role"]))],
        "individual": reference("Practitioner", person["account_id"], person["name"]),
    }
