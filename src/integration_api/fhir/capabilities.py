"""CapabilityStatement: what is served, and nothing else. It is made of the sources."""

from integration_api import __version__
from integration_api.fhir.elements import TERMINOLOGY, Json, coding, concept
from integration_api.fhir.search_parameters import DATE, ENCOUNTER, PATIENT
from integration_api.fhir.served_types import SEARCHED_ALONE, TYPES, filters_of

PUBLISHED_ON = "2026-11-30"
"""The day on which this list was changed last."""
_SUMMARY = "Integration Journal API: FHIR R4, for reading"
_DOCUMENTATION = (
    "Base R4 is claimed, and no profile. Every resource is what the plain API shows the same account. A parameter that "
    "is not listed is refused with 400. A search that names somebody goes by POST to `_search`. Psychotherapy notes "
    "are not served."
)
_OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
_PARAMETERS = {
    PATIENT: ("reference", "The patient whose resources are asked for."),
    ENCOUNTER: ("reference", "The session that the resources belong to."),
    DATE: ("date", "`ge` and `lt` alone, each once."),
}
_EVERYTHING = {
    "name": "everything",
    "definition": "http://hl7.org/fhir/OperationDefinition/Patient-everything",
    "documentation": "Page by page: each page is of one list, and may be empty. Follow `next` to the end.",
}
_BULK = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition"
_EXPORT = {
    "name": "export",
    "definition": f"{_BULK}/export",
    "documentation": "For programs: every type of the token but CareTeam, by `GET` with `Prefer: respond-async`.",
}
_EXPORT_OF_PATIENTS = {
    "name": "export",
    "definition": f"{_BULK}/patient-export",
    "documentation": "For programs: what belongs to patients, by `GET` with `Prefer: respond-async`.",
}


def capability_statement(base: str, token_address: str | None = None) -> Json:
    """Return the CapabilityStatement of the service at this address; programs get tokens at the other."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": PUBLISHED_ON,
        "kind": "instance",
        "software": {"name": "Integration Journal API", "version": __version__},
        "implementation": {"description": _SUMMARY, "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": _DOCUMENTATION,
                "security": _security(token_address),
                "resource": [_resource(kind, has_programs=token_address is not None) for kind in TYPES],
                "operation": [_EXPORT] if token_address is not None else [],
            }
        ],
    }


def _security(token_address: str | None) -> Json:
    """Return how clients sign in. Without a public address no program gets a token of FHIR."""
    if token_address is None:
        return {"description": "A bearer token of the plain API."}
    return {
        "extension": [{"url": _OAUTH_URIS, "extension": [{"url": "token", "valueUri": token_address}]}],
        "service": [concept(coding(f"{TERMINOLOGY}/restful-security-service", "SMART-on-FHIR"))],
        "description": (
            "A bearer token of the plain API, or one of SMART backend services. Launch of apps is not served."
        ),
    }


def _resource(kind: str, *, has_programs: bool) -> Json:
    searched = [] if kind in SEARCHED_ALONE else [{"name": "_id", "type": "token"}]
    for name in sorted(filters_of(kind)):
        type_, documentation = _PARAMETERS[name]
        searched.append({"name": name, "type": type_, "documentation": documentation})
        if name == PATIENT:
            searched.append({"name": "subject", "type": type_, "documentation": "The same as `patient`."})
    return {
        "type": kind,
        "interaction": [{"code": code} for code in ("read", "search-type") if not _is_left_out(kind, code)],
        "versioning": "versioned" if kind not in {"CareTeam", "Communication", *SEARCHED_ALONE} else "no-version",
        "searchParam": searched,
        "operation": [_EVERYTHING, *([_EXPORT_OF_PATIENTS] if has_programs else [])] if kind == "Patient" else [],
    }


def _is_left_out(kind: str, code: str) -> bool:
    return code == "read" and kind in SEARCHED_ALONE
