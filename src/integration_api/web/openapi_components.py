"""Shared parts of the OpenAPI document: answers, parameters and headers, each written once.

An operation refers to them by name (`web/openapi_problems.py` says which names the answers of problems have).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from http import HTTPStatus

from integration_api.web.errors import ApiError
from integration_api.web.openapi_examples import Json, example_of, lift, strip
from integration_api.web.openapi_forms import open_answers, write_null_short
from integration_api.web.openapi_problems import (
    codes_phrase,
    described,
    members_schema,
    problem_schemas,
)
from integration_api.web.openapi_references import share_bases, share_fields, share_names, write_once
from integration_api.web.problems import PROBLEM

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
    "Idempotency-Replayed": {
        "description": "`true` if this is the stored response to an earlier request with the same Idempotency-Key.",
        "schema": {"type": "string", "enum": ["true"]},
        "example": "true",
    },
    "WWW-Authenticate": {
        "description": "`Bearer`; with `error` and `error_description` if a token was refused (RFC 6750).",
        "schema": {"type": "string"},
        "example": "Bearer",
    },
}
_PAGE = {"items", "next_cursor"}
_BEARER: Json = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access token: of a sign-in, or of a program.",
}


class Components:
    """The components of one document. Each is added when an operation first refers to it."""

    def __init__(self, schemas: Json) -> None:
        """`schemas` are those of bodies, by name; that of a problem is added to them."""
        self.schemas: Json = {**schemas, **problem_schemas()}
        for name, schema in self.schemas.items():
            drop_title(schema, name)
            lift(schema)
            for field, part in schema.get("properties", {}).items():
                drop_title(part, field)
        self._parts: dict[str, Json] = {"responses": {}, "parameters": {}, "headers": {}}
        self._problems: dict[int, set[type[ApiError]]] = {}
        self._references: list[tuple[Json, frozenset[type[ApiError]]]] = []

    def as_json(self, operations: list[Json]) -> Json:
        """Return the `components` of the document, each kind by name; operations too refer to names of enumerations."""
        self._finish_problems()
        strip(self.schemas.values())
        write_null_short([self.schemas, self._parts])
        open_answers(self.schemas, [self._parts["responses"]])
        share_names(self.schemas, [self.schemas, self._parts, operations])
        share_fields(self.schemas)
        share_bases(self.schemas)
        write_once(self._parts["responses"], operations)
        parts = {kind: dict(sorted(found.items())) for kind, found in self._parts.items()}
        return {"schemas": self.schemas, **parts, "securitySchemes": {"bearer": _BEARER}}

    def add_example(self, schema: Json, *, is_answer: bool = False) -> None:
        """Give the schema of a body or an answer its example; for a page, its items, so that it stands once."""
        for part in schema.get("anyOf", [schema]):
            if "$ref" in part:
                held = self.schemas[_name(part)]
                properties = held.get("properties", {})
                if properties.keys() == _PAGE:
                    self.add_example(properties["items"]["items"], is_answer=is_answer)
                else:
                    held["examples"] = [example_of(part, self.schemas, is_answer=is_answer)]

    def success(self, status: str, answer: Json, *, is_keyed: bool) -> tuple[bool, Json]:
        """Refer to the successful response of an operation, named by its status and schema; return if it has an ETag.

        A body with an id and a version is one resource: its version is sent as the ETag. If `is_keyed`, it may be a
        stored response.
        """
        is_tagged = answer.pop("x-etag", False)
        content = answer.get("content", {}).get("application/json")
        name = f"{status}.ETag" if is_tagged else status
        if not content and "content" in answer:  # bytes or text of one media type
            name = f"{name}.{next(iter(answer['content'])).partition('/')[2]}"
        if content:
            held = _name(content["schema"])
            name = f"{status}.{held}"
            self.add_example(content["schema"], is_answer=True)
            is_tagged |= {"id", "version"} <= self.schemas[held].get("properties", {}).keys()
        sent = ["ETag", *(["Location"] if status == "201" else [])] if is_tagged else []
        headers = self._headers("X-Request-Id", *sent)
        replayed = self._headers("Idempotency-Replayed") if is_keyed else {}
        known = self._parts["responses"].get(name, {}).get("headers", {})
        made = {**answer, "description": HTTPStatus(int(status)).phrase, "headers": {**headers, **replayed, **known}}
        self._parts["responses"].setdefault(name, made)["headers"] |= replayed
        return is_tagged, self._refer("responses", name, made)

    def not_modified(self) -> Json:
        """Refer to the response to a GET whose If-None-Match names the present version."""
        headers = self._headers("X-Request-Id", "ETag")
        return self._refer("responses", "304", {"description": "Not Modified", "headers": headers})

    def default(self, name: str, classes: Iterable[type[ApiError]]) -> Json:
        """Refer to a response that is one of these problems, of whatever status."""
        return self._refer("responses", name, self._problem_answer(sorted(classes, key=lambda cls: cls.code)))

    def problem(self, status: int, classes: Iterable[type[ApiError]]) -> Json:
        """Refer to the response of a status, which has the problems of all operations; the codes of this one beside it.

        In OpenAPI 3.1 a description beside a reference stands for that of what is referred to.
        """
        known = frozenset(classes)
        self._problems.setdefault(status, set()).update(known)
        reference = _reference("responses", str(status))
        self._references.append((reference, known))
        return reference

    def _finish_problems(self) -> None:
        for status, classes in self._problems.items():
            made = self._problem_answer(sorted(classes, key=lambda cls: (cls.code, cls.__name__)))
            self._refer("responses", str(status), made)
        for reference, known in self._references:
            codes = {cls.code for cls in known}
            if codes != {cls.code for cls in self._problems[int(reference["$ref"].rsplit("/", 1)[-1])]}:
                reference["description"] = codes_phrase(codes)

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
                shared.setdefault(_parameter_name(parameter), parameter)
        for parameters in lists:
            for at, parameter in enumerate(parameters):
                name = _parameter_name(parameter)
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
        replayed = ["Idempotency-Replayed"] if any(cls.is_outcome for cls in classes) else []
        schemas = [self._problem_schema(cls) for cls in classes if cls.members]
        if len(schemas) < len(classes):
            schemas.append(_reference("schemas", "Problem"))
        return {
            "description": described(classes),
            "headers": self._headers("X-Request-Id", *sent, *replayed) | self._optional_headers(*may),
            "content": {PROBLEM: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": schemas}}},
        }

    def _problem_schema(self, cls: type[ApiError]) -> Json:
        """Add the schema of a problem with members of its own, and return a reference to it."""
        made, others = members_schema(cls)
        for model, part in others.items():
            for key, field in {model: part, **part.get("properties", {})}.items():
                drop_title(field, key)
            if self.schemas.setdefault(model, part) != part:
                msg = f"two different schemas of the document are named {model}"
                raise ValueError(msg)
        name = f"{cls.__name__}Problem"
        self.schemas[name] = made
        return _reference("schemas", name)


def _parameter_name(parameter: Json) -> str:
    """Return the name of a shared parameter; that of a query is marked, as a path may have one of the same name."""
    return f"query.{parameter['name']}" if parameter["in"] == "query" else str(parameter["name"])


def _reference(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}


def drop_title(schema: Json, name: str) -> None:
    """Remove a title that only repeats the name, in capitals or brackets."""
    if re.sub(r"[] []", "_", schema.get("title", "")).lower() == name.lower():
        del schema["title"]


def _name(reference: Json) -> str:
    return str(reference["$ref"]).rsplit("/", 1)[-1]
