"""Problems in the OpenAPI document: their schemas, examples and names.

A problem answer is named after what it says, `409.key.id-taken`: so the reference alone tells which codes an operation
can give with a status. Sets of codes that many operations have bear a short name (`SHORT_NAMES`), and a status that
mostly has one code stands for it (`_ONLY_STATUS`).
"""

from collections.abc import Sequence
from http import HTTPStatus

from pydantic import TypeAdapter

from integration_api.web.errors import ApiError, catalogue
from integration_api.web.openapi_examples import Json

_TEXT: Json = {"type": "string"}
SHORT_NAMES = {
    "key": frozenset({"request-in-progress"}),
    "fields": frozenset({"invalid", "idempotency-key-reused"}),
    "busy": frozenset({"overloaded", "unavailable"}),
    "role": frozenset({"forbidden", "second-factor-required"}),
    "token": frozenset({"unauthenticated", "token-invalid", "token-expired", "sign-in-ended"}),
}
"""Names that stand for codes which many operations have."""
_ONLY_STATUS = {
    "malformed",
    "not-found",
    "stale-version",
    "too-large",
    "unsupported-media-type",
    "invalid",
    "version-required",
    "too-many-requests",
    "internal",
}
"""Codes that, alone, have the status as the name of their response."""


def problem_schemas() -> Json:
    """Return the schemas that every problem has, by name."""
    codes = sorted({cls.code for cls in catalogue()})
    problem = {
        "type": {**_TEXT, "description": "Always `about:blank`: read `code`."},
        "title": {**_TEXT, "description": "The kind of problem, for people."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "code": _reference("ProblemCode"),
        "detail": {**_TEXT, "description": "The problem in a sentence, for people."},
        "request_id": {**_TEXT, "description": "Name it when you report a fault."},
        "errors": {"type": "array", "items": _reference("FieldError"), "description": "The refused fields."},
    }
    field_error = {
        "field": {**_TEXT, "description": "The path of the field, as `body.title`."},
        "code": {**_TEXT, "description": "The reason, for programs; more may come."},
        "message": {**_TEXT, "description": "The reason, for people."},
    }
    return {
        "Problem": _whole("An error (RFC 9457).", problem),
        "FieldError": _whole("A field that was refused.", field_error),
        "ProblemCode": {
            "type": "string",
            "description": "The kind of problem, for programs. More may come: treat an unknown one as its status.",
            "x-extensible-enum": codes,
        },
    }


def members_schema(cls: type[ApiError]) -> tuple[Json, Json]:
    """Return the schema of a problem with members of its own, and the schemas that it refers to."""
    properties: Json = {"code": {"type": "string", "const": cls.code}}
    others: Json = {}
    for name, member in cls.members.items():
        schema = TypeAdapter[object](member.kind).json_schema(ref_template="#/components/schemas/{model}")
        others |= schema.pop("$defs", {})
        properties[name] = {**schema, "description": member.description}
    return {"allOf": [_reference("Problem"), {"type": "object", "properties": properties}]}, others


def answer_name(classes: Sequence[type[ApiError]]) -> str:
    """Return the name of the answer that is one of these problems, all of one status."""
    names, status = {label(cls) for cls in classes}, str(classes[0].status)
    if len(names) == 1 and names <= _ONLY_STATUS:
        return status
    short = [name for name, codes in SHORT_NAMES.items() if codes <= names]
    return ".".join([status, *short, *sorted(names.difference(*(SHORT_NAMES[name] for name in short)))])


def phrase(classes: Sequence[type[ApiError]]) -> str:
    """Return what HTTP calls the status; of several statuses, the common name."""
    statuses = {cls.status for cls in classes}
    return HTTPStatus(statuses.pop()).phrase if len(statuses) == 1 else "Any other problem"


def label(cls: type[ApiError]) -> str:
    """Return the code; with the class's name if it only says more of a problem whose code another class has."""
    return cls.code if "code" in vars(cls) else f"{cls.code}.{cls.__name__}"


def problem_example(cls: type[ApiError]) -> Json:
    """Return an example of the problem, with advice to the developer of a front end."""
    return {
        "description": cls.remedy,
        "value": {
            "type": "about:blank",
            "title": cls.title,
            "status": cls.status,
            "code": cls.code,
            "detail": cls.default_detail(),
            "request_id": "phone-41",
            "errors": [],
            **{name: member.example for name, member in cls.members.items()},
        },
    }


def _whole(description: str, properties: Json) -> Json:
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
