"""AdverseEvent: something harmful that happened to a patient."""

from integration_api.fhir.elements import (
    TERMINOLOGY,
    Json,
    coding,
    concept,
    extension,
    instant,
    meta,
    own_code,
    patient_reference,
    reference,
    texts,
)
from integration_api.resources.care.adverse_events.kinds import EventOutcome, EventSeverity, Relatedness
from integration_api.resources.care.adverse_events.schemas import AdverseEvent

_SEVERITY = {
    EventSeverity.MILD: "mild",
    EventSeverity.MODERATE: "moderate",
    EventSeverity.SEVERE: "severe",
    EventSeverity.LIFE_THREATENING: "severe",
    EventSeverity.FATAL: "severe",
}
_OUTCOME = {
    EventOutcome.RECOVERED: "resolved",
    EventOutcome.RECOVERING: "recovering",
    EventOutcome.NOT_RECOVERED: "ongoing",
    EventOutcome.SEQUELAE: "resolvedWithSequelae",
    EventOutcome.FATAL: "fatal",
    EventOutcome.UNKNOWN: "unknown",
}
_CAUSALITY = {
    Relatedness.UNRELATED: "Unlikely",
    Relatedness.UNLIKELY: "Unlikely",
    Relatedness.POSSIBLE: "Possible",
    Relatedness.PROBABLE: "Probably-Likely",
    Relatedness.DEFINITE: "Certain",
}


def adverse_event(found: AdverseEvent) -> Json:
    """Return the AdverseEvent. R4 has no status for one that was withdrawn: a modifier extension says so."""
    serious = "Serious" if found.serious_because else "Non-serious"
    withdrawn = [extension("withdrawn", {"valueBoolean": True})] if found.withdrawn_at else []
    return {
        "resourceType": "AdverseEvent",
        "id": str(found.id),
        "meta": meta(found),
        "extension": [
            *texts("course-of-event", found.text),
            *texts("action-taken", found.action),
            *texts("treatment-given", found.treatment),
            *[extension("serious-because", {"valueCode": why.value}) for why in found.serious_because],
            extension("severity", {"valueCode": found.severity.value}),
        ],
        "modifierExtension": withdrawn,
        "actuality": "actual",
        "event": own_code("adverse-event", found.kind.value),
        "subject": patient_reference(found.patient_id),
        "encounter": reference("Encounter", found.session_id),
        "date": instant(found.onset_at),
        "detected": instant(found.known_at),
        "recordedDate": instant(found.created_at),
        "seriousness": concept(coding(f"{TERMINOLOGY}/adverse-event-seriousness", serious)),
        "severity": concept(coding(f"{TERMINOLOGY}/adverse-event-severity", _SEVERITY[found.severity])),
        "outcome": concept(coding(f"{TERMINOLOGY}/adverse-event-outcome", _OUTCOME[found.outcome])),
        "suspectEntity": [
            {
                "instance": reference("Procedure", found.session_id),
                "causality": [
                    {
                        "assessment": concept(
                            coding(f"{TERMINOLOGY}/adverse-event-causality-assess", _CAUSALITY[found.relatedness]),
                            text=found.relatedness.value,
                        )
                    }
                ],
            }
        ],
    }
