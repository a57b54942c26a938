"""Organization: the clinic."""

from integration_api.fhir.elements import ADMINISTRATIVE, HERE, TERMINOLOGY, Json, coding, concept, meta
from integration_api.resources.people.clinics.schemas import Clinic

_PROVIDER = concept(coding(f"{TERMINOLOGY}/organization-type", "prov", "Healthcare Provider"))


def organization(found: Clinic) -> Json:
    """Return the Organization."""
    return {
        "resourceType": "Organization",
        "id": str(found.id),
        "meta": meta(found, ADMINISTRATIVE),
        "identifier": [{"system": f"{HERE}:clinic", "value": str(found.id)}],
        "active": True,
        "type": [_PROVIDER],
        "name": found.name,
        "telecom": [{"system": "phone", "value": found.phone}] if found.phone else [],
        "address": [{"text": found.address, "country": found.country}],
    }
