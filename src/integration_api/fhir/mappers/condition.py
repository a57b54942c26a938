"""Condition: the indication of a course, as the clinic wrote it. Its id is the course's.

Nothing is said of whether it is confirmed or over. The product has no list of diagnoses, and the end of a course is no
recovery.
"""

from integration_api.core.texts import is_blank
from integration_api.fhir.elements import (
    TERMINOLOGY,
    Json,
    coding,
    concept,
    instant,
    meta,
    patient_reference,
    reference,
)
from integration_api.resources.care.courses.schemas import Course

_CATEGORY = coding(f"{TERMINOLOGY}/condition-category", "encounter-diagnosis", "Encounter Diagnosis")


def is_indicated(found: Course) -> bool:
    """Return whether a course says what it is for."""
    return not is_blank(found.indication)


def condition(found: Course) -> Json:
    """Return the Condition of a course that has an indication."""
    return {
        "resourceType": "Condition",
        "id": str(found.id),
        "meta": meta(found),
        "category": [concept(_CATEGORY)],
        "code": {"text": found.indication},
        "subject": patient_reference(found.patient_id),
        "recordedDate": instant(found.created_at),
        "recorder": reference("Practitioner", found.created_by_id),
    }
