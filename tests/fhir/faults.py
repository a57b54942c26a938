"""Planted faults: resources with one thing wrong in each, and which of the validators must see it."""

from copy import deepcopy
from typing import Any, NamedTuple

from tests.support import Json

PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p",
    "active": True,
    "name": [{"text": "Rowan Sample"}],
    "gender": "unknown",
    "birthDate": "1988-04-17",
}
OBSERVATION: Json = {
    "resourceType": "Observation",
    "id": "o",
    "status": "final",
    "code": {"text": "Score"},
    "subject": {"reference": "Patient/p"},
    "effectiveDateTime": "2026-11-20T15:04:00Z",
    "valueQuantity": {"value": 72.5, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
}
DOCUMENT: Json = {
    "resourceType": "DocumentReference",
    "id": "d",
    "status": "current",
    "content": [{"attachment": {"contentType": "text/plain", "data": "YWJj"}}],
}
ENCOUNTER: Json = {
    "resourceType": "Encounter",
    "id": "e",
    "status": "finished",
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
    "subject": {"reference": "Patient/p"},
    "period": {"start": "2026-11-20T15:04:00Z", "end": "2026-11-20T16:04:00Z"},
}
RIGHT = (PATIENT, OBSERVATION, DOCUMENT, ENCOUNTER)
KIT, MODELS, SCHEMA, MEDPLUM, OURS = "fhirkit", "models", "schema", "medplum", "ours"


class Fault(NamedTuple):
    """A resource with one fault."""

    name: str
    resource: Json
    seen_by: frozenset[str]


def _with(base: Json, place: str, value: Any, *seen_by: str) -> Fault:
    """Return a fault: the value at a place, which a number leads into a list; None takes the element out."""
    resource = deepcopy(base)
    node: Any = resource
    *way, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    for part in way:
        node = node[part]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return Fault(f"{base['resourceType']}.{place}={value!r}"[:70], resource, frozenset(seen_by))


_DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'
FAULTS = (
    _with(PATIENT, "nickname", "Ro", KIT, MODELS, SCHEMA, MEDPLUM),
    _with(PATIENT, "name", [], KIT),
    _with(PATIENT, "name.0", {}, MEDPLUM),
    _with(PATIENT, "active", "true", KIT, SCHEMA, MEDPLUM),
    _with(PATIENT, "birthDate", "1988-13-17", KIT, MODELS, SCHEMA, MEDPLUM),
    _with(PATIENT, "gender", "nobody asked", SCHEMA),
    _with(PATIENT, "gender", ["unknown"], KIT, MODELS, SCHEMA, MEDPLUM),
    _with(PATIENT, "name.0.text", "Ro\u0007wan", MEDPLUM),
    _with(PATIENT, "name.0.text", "", KIT, MODELS, SCHEMA),
    _with(PATIENT, "id", "p_1", MODELS, SCHEMA),
    _with(PATIENT, "contact", [{"gender": "unknown"}], MEDPLUM),
    _with(OBSERVATION, "status", None, KIT, MODELS, MEDPLUM),
    _with(OBSERVATION, "code", None, KIT, MODELS, SCHEMA, MEDPLUM),
    _with(OBSERVATION, "valueString", "72.5", KIT, MODELS),
    _with(OBSERVATION, "valueQuantity.value", "72.5", KIT, SCHEMA, MEDPLUM),
    _with(OBSERVATION, "effectiveDateTime", "2026-11-20T15:04:00", KIT, MODELS, SCHEMA),
    _with(OBSERVATION, "dataAbsentReason", {"text": "unknown"}, MEDPLUM),
    _with(DOCUMENT, "content.0.attachment.data", "a*b", KIT, MODELS, MEDPLUM),
    _with(PATIENT, "contained", [{"resourceType": "Organization", "id": "o"}], OURS),
    _with(ENCOUNTER, "period.end", "2026-11-20T14:04:00Z", OURS),
    _with(OBSERVATION, "valueQuantity.system", None, OURS),
    _with(PATIENT, "text", {"status": "generated", "div": f"{_DIV}<script>alert(1)</script></div>"}, OURS),
    _with(PATIENT, "text", {"status": "generated", "div": "<div>Rowan</div>"}, OURS),
)
"""The last five are seen by none of the validators: they are our own assertions."""
