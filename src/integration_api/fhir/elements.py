"""Elements of FHIR R4 that several resources have: codes, references, periods, quantities, meta.

A mapper may leave `None` and empty lists in what it makes; `pruned` takes them out, as FHIR knows neither.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from integration_api.core.texts import is_blank
from integration_api.web.schemas import Resource

Json: TypeAlias = dict[str, Any]

HERE = "urn:integration-journal"
"""The beginning of our own systems of codes, identifiers and extensions."""
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
XHTML = "http://www.w3.org/1999/xhtml"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
_CONFIDENTIALITY, _SENSITIVITY = f"{TERMINOLOGY}/v3-Confidentiality", f"{TERMINOLOGY}/v3-ActCode"
_SUBSETTED = {"system": f"{TERMINOLOGY}/v3-ObservationValue", "code": "SUBSETTED"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
"""Characters that no string of FHIR may hold. Source: FHIR R4, Data Types, string; XML 1.0."""

ADMINISTRATIVE = ({"system": _CONFIDENTIALITY, "code": "N"},)
CLINICAL = ({"system": _CONFIDENTIALITY, "code": "R"}, {"system": _SENSITIVITY, "code": "PSY"})
"""The security labels, of HL7 v3."""


def instant(at: datetime) -> str:
    """Return an instant in UTC, with its zone."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def meta(of: Resource, labels: Iterable[Json] = CLINICAL, *, is_subset: bool = False, added: int = 0) -> Json:
    """Return version, time and security labels; `is_subset` says that reading it by its id shows more.

    `added` counts what is shown with it and does not change its version.
    """
    return {
        "versionId": f"{of.version}.{added}" if added else str(of.version),
        "lastUpdated": instant(of.updated_at),
        "security": list(labels),
        "tag": [_SUBSETTED] if is_subset else [],
    }


def reference(kind: str, found: UUID | str | None, display: str | None = None) -> Json | None:
    """Return a reference to a resource by its id; by its display alone if it has none; None if there is neither."""
    if found is None:
        return {"display": display} if display else None
    return {"reference": f"{kind}/{found}", "type": kind, "display": display}


def patient_reference(patient_id: UUID) -> Json:
    """Return the reference to the patient."""
    return {"reference": f"Patient/{patient_id}", "type": "Patient"}


def coding(system: str, code: str, display: str | None = None) -> Json:
    """Return one code of a system."""
    return {"system": system, "code": code, "display": display}


def concept(*codings: Json, text: str | None = None) -> Json:
    """Return a concept by its codes and its text."""
    return {"coding": list(codings), "text": text}


def own_code(system: str, code: str) -> Json:
    """Return a concept of one of our own lists: its code there, and the code in words."""
    words = code.replace("_", " ")
    return concept(coding(f"{HERE}:{system}", code), text=words[:1].upper() + words[1:])


def quantity(value: float, ucum: str) -> Json:
    """Return a quantity with its UCUM unit."""
    return {"value": value, "unit": ucum, "system": UCUM, "code": ucum}


def period(start: datetime | date | None, end: datetime | date | None) -> Json | None:
    """Return a period; an end before the start, by the clock of a device, is left out, as no period may have one."""
    first, last = _moment(start), _moment(end)
    if first and last and last < first:
        last = None
    return {"start": first, "end": last} if first or last else None


def _moment(at: datetime | date | None) -> str | None:
    if at is None:
        return None
    return instant(at) if isinstance(at, datetime) else at.isoformat()


def extension(name: str, value: Mapping[str, object]) -> Json:
    """Return one of our own extensions, as `extension("end-reason", {"valueString": "…"})`."""
    return {"url": f"{HERE}:{name}", **value}


def texts(name: str, text: str | None) -> list[Json]:
    """Return an extension of a text; none if nobody can see it."""
    return [] if is_blank(text) else [extension(name, {"valueString": text})]


def notes(*found: str | None) -> list[Json]:
    """Return annotations of the texts that can be seen."""
    return [{"text": text} for text in found if not is_blank(text)]


def pruned(value: object) -> Any:  # noqa: ANN401  any JSON
    """Return JSON without null, empty text, empty lists and objects, and characters that FHIR refuses."""
    if isinstance(value, dict):
        return {name: part for name, part in ((name, pruned(part)) for name, part in value.items()) if _is_said(part)}
    if isinstance(value, list | tuple):
        return [part for part in map(pruned, value) if _is_said(part)]
    if isinstance(value, str):
        return None if is_blank(value) else _CONTROL.sub("\ufffd", value)
    return value


def _is_said(part: object) -> bool:
    return part is not None and part not in ({}, [])
