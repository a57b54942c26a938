"""Flag: a safety signal about a patient, for the care team. Its words are in its events, which FHIR does not have."""

from integration_api.fhir.elements import (
    HERE,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    extension,
    meta,
    patient_reference,
    period,
)
from integration_api.resources.attention.flags.schemas import Flag

_SAFETY = coding(f"{TERMINOLOGY}/flag-category", "safety", "Safety")


def flag(found: Flag) -> Json:
    """Return the Flag: inactive once it is closed."""
    ended = [extension("disposition", {"valueCode": found.disposition.value})] if found.disposition else []
    return {
        "resourceType": "Flag",
        "id": str(found.id),
        "meta": meta(found),
        "extension": [
            extension("severity", {"valueCode": found.severity.value}),
            extension("flag-state", {"valueCode": found.state.value}),
            *ended,
        ],
        "status": "inactive" if found.closed_at else "active",
        "category": [concept(_SAFETY)],
        "code": concept(coding(f"{HERE}:safety-rule", found.rule), text=found.title),
        "subject": patient_reference(found.patient_id),
        "period": period(found.alerted_at, found.closed_at),
    }
