"""EpisodeOfCare: a course of treatment."""

from integration_api.fhir.elements import Json, meta, own_code, patient_reference, reference, texts
from integration_api.fhir.mappers.condition import is_indicated
from integration_api.resources.care.courses.schemas import Course
from integration_api.resources.care.courses.tables import CourseState

_STATUS = {
    CourseState.PLANNED: "planned",
    CourseState.ACTIVE: "active",
    CourseState.COMPLETED: "finished",
    CourseState.DISCONTINUED: "cancelled",
}


def episode_of_care(found: Course) -> Json:
    """Return the EpisodeOfCare; its indication is a Condition of the same id."""
    return {
        "resourceType": "EpisodeOfCare",
        "id": str(found.id),
        "meta": meta(found),
        "extension": texts("intention", found.intention),
        "status": _STATUS[found.state],
        "type": [own_code("episode-type", "ketamine_assisted_therapy")],
        "diagnosis": [{"condition": reference("Condition", found.id)}] if is_indicated(found) else [],
        "patient": patient_reference(found.patient_id),
    }
