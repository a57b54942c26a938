"""Shared parts of the OpenAPI document: answers, parameters, headers and examples, each written once.

An operation refers to them by name. A problem answer is named after what it says, `409.id-taken.request-in-progress`:
so the reference alone tells which codes an operation can give with a status. Sets of codes that most operations have
bear a short name (`_SHORT_NAMES`), and a status that mostly has one code stands for it (`_ONLY_STATUS`).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable

from pydantic import TypeAdapter

from integration_api.web.errors import ApiError
from integration_api.web.openapi_examples import Json, example_of, lift, strip
from integration_api.web.openapi_references import share_fields, share_words
from integration_api.web.problems import PROBLEM

_PROBLEM: Json = {
    "description": "An error (RFC 9457). `code` is stable, for programs; `errors` names refused fields.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request_id", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
_HEADERS: Json = {
    "X-Request-Id": {
        "description": "The id of this request: the one you sent, or one made here. Give it when you report a fault.",
        "required": True,
        "schema": {"type": "string"},
        "example": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
    },
    "ETag": {
        "description": "The version of the resource. Send it as `If-Match` with a change of it.",
        "required": True,
        "schema": {"type": "string"},
        "example": '"3-9f1c7a52"',
    },
    "Location": {
        "description": "The address of the created resource.",
        "required": True,
        "schema": {"type": "string"},
        "example": "/v1/things/019ab0de-0000-7000-8000-000000000004",
    },
    "Retry-After": {
        "description": "The seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 1},
        "example": 1,
    },
    "WWW-Authenticate": {
        "description": "`Bearer`; with `error` and `error_description` if a token was refused (RFC 6750).",
        "schema": {"type": "string"},
        "example": "Bearer",
    },
}
_PAGE = {"items", "next_cursor"}
_SHORT_NAMES = {
    frozenset({"unauthenticated", "token-invalid", "token-expired", "sign-in-ended"}): "token",
    frozenset({"forbidden", "second-factor-required"}): "role",
    frozenset({"invalid", "idempotency-key-reused"}): "fields",
    frozenset({"overloaded", "unavailable"}): "busy",
}
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
_BEARER: Json = {
    "type": "http",
    "scheme": "bearer",
    "description": "The access token of `POST /v1/auth/tokens`.",
}


class Components:
    """The components of one document. Each is added when an operation first refers to it."""

    def __init__(self, schemas: Json) -> None:
        """`schemas` are those of bodies, by name; that of a problem is added to them."""
        self.schemas: Json = {**schemas, "Problem": _PROBLEM}
        for name, schema in self.schemas.items():
            drop_title(schema, name)
            lift(schema)
            for field, part in schema.get("properties", {}).items():
                drop_title(part, field)
        self._parts: dict[str, Json] = {"responses": {}, "parameters": {}, "headers": {}, "examples": {}}

    def as_json(self) -> Json:
        """Return the `components` of the document, each kind by name."""
        strip(self.schemas.values())
        share_words(self.schemas)
        share_fields(self.schemas)
        parts = {kind: dict(sorted(found.items())) for kind, found in self._parts.items()}
        return {"schemas": self.schemas, **parts, "securitySchemes": {"bearer": _BEARER}}

    def add_example(self, schema: Json) -> None:
        """Give the schema of a body or an answer its example; for a page, its items, so that it stands once."""
        for part in schema.get("anyOf", [schema]):
            if "$ref" in part:
                held = self.schemas[_name(part)]
                properties = held.get("properties", {})
                if properties.keys() == _PAGE:
                    self.add_example(properties["items"]["items"])
                else:
                    held["examples"] = [example_of(part, self.schemas)]

    def success(self, status: str, answer: Json) -> Json:
        """Refer to the successful response of an operation, named by its status and schema.

        A body with an id and a version is one resource: its version is sent as the ETag.
        """
        is_tagged = answer.pop("x-etag", False)
        content = answer.get("content", {}).get("application/json")
        name = f"{status}.ETag" if is_tagged else status
        if content:
            held = _name(content["schema"])
            name = f"{status}.{held}"
            self.add_example(content["schema"])
            is_tagged = {"id", "version"} <= self.schemas[held].get("properties", {}).keys()
        sent = ["ETag", *(["Location"] if status == "201" else [])] if is_tagged else []
        return self._refer("responses", name, {**answer, "headers": self._headers("X-Request-Id", *sent)})

    def default(self, name: str, classes: Iterable[type[ApiError]]) -> Json:
        """Refer to a response that is one of these problems, of whatever status."""
        return self._refer("responses", name, self._problem_answer(sorted(classes, key=lambda cls: cls.code)))

    def problem(self, classes: Iterable[type[ApiError]]) -> Json:
        """Refer to a response that is one of these problems, all of one status."""
        known = sorted(set(classes), key=lambda cls: cls.code)
        labels = [_label(cls) for cls in known]
        name = str(known[0].status)
        if len(labels) > 1 or labels[0] not in _ONLY_STATUS:
            name += f".{_SHORT_NAMES.get(frozenset(labels)) or '.'.join(labels)}"
        if name not in self._parts["responses"]:
            self._parts["responses"][name] = self._problem_answer(known)
        return _reference("responses", name)

    def share_parameters(self, operations: Iterable[Json]) -> None:
        """Refer to the parameters that several operations take; a parameter of one alone stays with it.

        If parameters of one name differ, the form that most operations take is the component.
        """
        lists: list[list[Json]] = [operation["parameters"] for operation in operations]
        texts = Counter(json.dumps(parameter) for parameters in lists for parameter in parameters)
        shared: Json = {}
        for text, count in texts.most_common():
            parameter = json.loads(text)
            if count > 1:
                shared.setdefault(f"{parameter['in']}.{parameter['name']}", parameter)
        for parameters in lists:
            for at, parameter in enumerate(parameters):
                name = f"{parameter['in']}.{parameter['name']}"
                if shared.get(name) == parameter:
                    parameters[at] = self._refer("parameters", name, parameter)

    def _headers(self, *names: str) -> Json:
        return {name: self._refer("headers", name, _HEADERS[name]) for name in names}

    def _optional_headers(self, *names: str) -> Json:
        optional = {name: {k: v for k, v in _HEADERS[name].items() if k != "required"} for name in names}
        return {name: self._refer("headers", f"{name}.optional", part) for name, part in optional.items()}

    def _refer(self, kind: str, name: str, part: Json) -> Json:
        if self._parts[kind].setdefault(name, part) != part:
            msg = f"two different {kind} of the document are named {name}"
            raise ValueError(msg)
        return _reference(kind, name)

    def _problem_answer(self, classes: list[type[ApiError]]) -> Json:
        names = dict.fromkeys(name for cls in classes for name in (*cls.header_names, *cls.optional_header_names))
        sent = [name for name in names if all(name in cls.header_names for cls in classes)]
        may = [name for name in names if name not in sent]
        schemas = [self._problem_schema(cls) for cls in classes if cls.members]
        if len(schemas) < len(classes):
            schemas.append(_reference("schemas", "Problem"))
        return {
            "description": ", ".join(cls.code for cls in classes),
            "headers": self._headers("X-Request-Id", *sent) | self._optional_headers(*may),
            "content": {
                PROBLEM: {
                    "schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas},
                    "examples": {
                        cls.code: self._refer("examples", f"problem.{_label(cls)}", _problem_example(cls))
                        for cls in classes
                    },
                }
            },
        }

    def _problem_schema(self, cls: type[ApiError]) -> Json:
        """Add the schema of a problem with members of its own, and return a reference to it."""
        properties: Json = {"code": {"const": cls.code}}
        for name, member in cls.members.items():
            schema = TypeAdapter[object](member.kind).json_schema(ref_template="#/components/schemas/{model}")
            for model, part in schema.pop("$defs", {}).items():
                drop_title(part, model)
                if self.schemas.setdefault(model, part) != part:
                    msg = f"two different schemas of the document are named {model}"
                    raise ValueError(msg)
            properties[name] = {**schema, "description": member.description}
        name = f"{cls.__name__}Problem"
        self.schemas[name] = {"allOf": [_reference("schemas", "Problem"), {"type": "object", "properties": properties}]}
        return _reference("schemas", name)


def _label(cls: type[ApiError]) -> str:
    """Return the code; with the class's name if it only says more of a problem whose code another class has."""
    return cls.code if "code" in vars(cls) else f"{cls.code}.{cls.__name__}"


def _reference(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def drop_title(schema: Json, name: str) -> None:
    """Remove a title that only repeats the name, in capitals or brackets."""
    if re.sub(r"[] []", "_", schema.get("title", "")).lower() == name.lower():
        del schema["title"]


def _name(reference: Json) -> str:
    return str(reference["$ref"]).rsplit("/", 1)[-1]


def _problem_example(cls: type[ApiError]) -> Json:
    return {
        "description": cls.remedy,
        "value": {
            "type": "about:blank",
            "title": cls.title,
            "status": cls.status,
            "code": cls.code,
            "detail": cls.default_detail(),
            "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
            "errors": [],
            **{name: member.example for name, member in cls.members.items()},
        },
    }
