"""Patient: who a chart is about."""

from integration_api.fhir.elements import (
    ADMINISTRATIVE,
    HERE,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    meta,
)
from integration_api.resources.people.patients.schemas import Patient

_UNKNOWN_PARTS = {
    "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
    "valueCode": "unknown",
}
"""We keep a name as one text; which part is the family name, nobody has said. Source: US Core, us-core-6."""
_EMERGENCY = concept(coding(f"{TERMINOLOGY}/v2-0131", "C", "Emergency Contact"))


def patient(found: Patient) -> Json:
    """Return the Patient. Gender is `unknown`, since nobody is asked for it."""
    names = [{"use": "official", "text": found.name, "extension": [_UNKNOWN_PARTS]}]
    if found.preferred_name:
        names.append({"use": "usual", "text": found.preferred_name, "extension": [_UNKNOWN_PARTS]})
    return {
        "resourceType": "Patient",
        "id": str(found.id),
        "meta": meta(found, ADMINISTRATIVE),
        "identifier": [{"system": f"{HERE}:patient", "value": str(found.id)}],
        "active": True,
        "name": names,
        "telecom": [
            {"system": system, "value": value}
            for system, value in (("phone", found.phone), ("email", found.email))
            if value
        ],
        "gender": "unknown",
        "birthDate": found.birth_on.isoformat() if found.birth_on else None,
        "contact": [{"relationship": [_EMERGENCY], "name": {"text": found.emergency_contact}}]
        if found.emergency_contact
        else [],
        "communication": [{"language": concept(coding("urn:ietf:bcp:47", found.language)), "preferred": True}]
        if found.language
        else [],
    }
