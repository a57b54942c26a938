"""Problems in the OpenAPI document: their schemas, examples and codes.

Each status has one response, whose description names the code of every problem of that status. An operation refers to
it, and names the codes that it can answer with itself in the description beside the reference. `docs/errors.md` has the
text of each code, and what a front end does about it.
"""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from pydantic import TypeAdapter

from integration_api.web.errors import ApiError, NotFound, catalogue
from integration_api.web.openapi_examples import Json
from integration_api.web.openapi_references import reference, required_object

_TEXT: Json = {"type": "string"}


def problem_schemas() -> Json:
    """Return the schemas that every problem has, by name."""
    codes = sorted({cls.code for cls in catalogue()})
    problem = {
        "type": {**_TEXT, "description": "Always `about:blank`: read `code`."},
        "title": {**_TEXT, "description": "The kind of problem, for people."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "code": reference("ProblemCode"),
        "detail": {**_TEXT, "description": "The problem in a sentence, for people."},
        "request_id": {**_TEXT, "description": "Name it when you report a fault."},
        "errors": {"type": "array", "items": reference("FieldError"), "description": "The refused fields."},
    }
    field_error = {
        "field": {**_TEXT, "description": "The path of the field, as `body.title`."},
        "code": {**_TEXT, "description": "The reason, for programs; more may come."},
        "message": {**_TEXT, "description": "The reason, for people."},
    }
    return {
        "Problem": {**required_object("An error (RFC 9457).", problem), "examples": [problem_example(NotFound)]},
        "FieldError": required_object("A field that was refused.", field_error),
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
    parts = [reference("Problem"), {"type": "object", "properties": properties}]
    return {"allOf": parts, "examples": [problem_example(cls)]}, others


def codes_phrase(codes: Iterable[str]) -> str:
    """Return the codes as Markdown, by name."""
    return ", ".join(f"`{code}`" for code in sorted(codes))


def described(classes: Sequence[type[ApiError]]) -> str:
    """Return what HTTP calls the status, or the common name of several, and the codes."""
    statuses = {cls.status for cls in classes}
    name = HTTPStatus(statuses.pop()).phrase if len(statuses) == 1 else "Any other problem"
    return f"{name}: {codes_phrase({cls.code for cls in classes})}"


def problem_example(cls: type[ApiError]) -> Json:
    """Return an example of the problem."""
    return {
        "type": "about:blank",
        "title": cls.title,
        "status": cls.status,
        "code": cls.code,
        "detail": cls.default_detail(),
        "request_id": "phone-41",
        "errors": [],
        **{name: member.example for name, member in cls.members.items()},
    }
