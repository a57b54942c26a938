"""Reading the OpenAPI document: what its references lead to."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema_rs import Registry, Validator, validator_for

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.web.errors import catalogue
from integration_api.web.openapi_examples import Json
from integration_api.web.problems import PROBLEM

_ADDRESS = "urn:integration-journal"


@cache
def made_document() -> Json:
    """The document, which is the same whatever the settings; made once a process, as it takes half a second."""
    return create_app(Settings()).openapi()


@cache
def closed_components() -> Json:
    """The components with closed objects: clients are told of open answers, but ours hold no field beside the known."""
    components: Json = deepcopy(made_document()["components"])
    for name, schema in components["schemas"].items():
        if "allOf" in schema and not name.endswith("Problem"):
            components["schemas"][name] = {**whole(components["schemas"], schema), "additionalProperties": False}
        elif "properties" in schema and name != "Problem":  # others extend it
            schema.setdefault("additionalProperties", False)
    return components


@cache
def _known() -> Registry:
    return Registry([(_ADDRESS, {"components": closed_components()})])


def answer_validator(schema: str) -> Validator:
    """Return the validator of an answer: its schema in the document, as JSON text, with closed objects.

    All share one reading of the components: each with a copy of its own takes megabytes, and a hundred times as long.
    """
    return validator_for(json.loads(schema.replace('"#/', f'"{_ADDRESS}#/')), registry=_known())


def whole(schemas: Json, schema: Json) -> Json:
    """An object with the fields of those that it extends."""
    made: Json = {"properties": {}, "required": [], **schema, "type": "object"}
    for part in made.pop("allOf", ()):
        held = whole(schemas, schemas[part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part)
        made["properties"] = {**made["properties"], **held["properties"]}
        made["required"] = [*made["required"], *held["required"]]
    return made


@cache
def status_of(code: str) -> int:
    """The status of the problems that have this code."""
    made_document()  # which knows every room, and so all their errors
    [status] = {cls.status for cls in catalogue() if cls.code == code}
    return status


def follow(document: Json, part: Json) -> Json:
    """A part of the document, or what it refers to."""
    while "$ref" in part:
        found: Any = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def forms(document: Json, schema: Json) -> list[Json]:
    """The schemas of which a value must have one, each of one type."""
    schema = follow(document, schema)
    if isinstance(schema.get("type"), list):
        return [{"type": "null"} if kind == "null" else {**schema, "type": kind} for kind in schema["type"]]
    return [follow(document, part) for part in schema.get("anyOf", [schema])]


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Every operation, with its path and method; its parameters and answers are written out, `default` by status."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            parameters = [follow(document, parameter) for parameter in operation["parameters"]]
            answers = {status: _answer(document, answer) for status, answer in operation["responses"].items()}
            responses = _by_status(answers.pop("default")) | answers
            yield path, method, {**operation, "parameters": parameters, "responses": responses}


def answer_of(document: Json, operation: Json, status: int) -> Json | None:
    """The response of an operation with this status; None if the document names none."""
    answers = operation["responses"]
    found = answers.get(str(status), answers.get("default"))
    return None if found is None else _answer(document, found)


def _answer(document: Json, answer: Json) -> Json:
    """An answer, written out; its codes are those beside the reference, which are some of those of the status."""
    found = follow(document, answer)
    if "description" not in answer or "$ref" not in answer:
        return found
    made = {**found, "description": answer["description"]}
    assert problem_codes(made) <= problem_codes(found), f"unknown codes: {answer}"
    return made


def _by_status(answer: Json) -> Json:
    """A problem answer of several statuses, as one answer for each."""
    by_status: dict[str, list[str]] = {}
    for code in sorted(problem_codes(answer)):
        by_status.setdefault(str(status_of(code)), []).append(f"`{code}`")
    return {status: {**answer, "description": ", ".join(codes)} for status, codes in by_status.items()}


def body_properties(document: Json, operation_id: str) -> Json:
    """The fields of an operation's body, by name; none if it takes no body."""
    [operation] = [
        found
        for methods in document["paths"].values()
        for found in methods.values()
        if found["operationId"] == operation_id
    ]
    if "requestBody" not in operation:
        return {}
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    found: Json = follow(document, schema.get("anyOf", [schema])[0])["properties"]
    return found


def problem_schemas_of(document: Json, schema: Json, code: str) -> list[str]:
    """The references to the schemas of a problem with this code, of those that an answer can have.

    Several classes can have one code: those of `illegal-transition` name the steps of different things.
    """
    found = [
        str(part["$ref"])
        for part in schema.get("anyOf", [schema])
        for extended in follow(document, part).get("allOf", ())
        if extended.get("properties", {}).get("code", {}).get("const") == code
    ]
    return found or ["#/components/schemas/Problem"]


def members_of(document: Json, schema: Json, code: str) -> set[str]:
    """The members that a problem with this code can have beside those that all have."""
    schemas = [follow(document, {"$ref": reference}) for reference in problem_schemas_of(document, schema, code)]
    parts = [part for found in schemas for part in found.get("allOf", ())]
    return {name for part in parts for name in part.get("properties", {})} - {"code"}


def problem_codes(answer: Json) -> set[str]:
    """The codes that an answer can have; none if it is no problem."""
    return set(re.findall(r"`([^`]+)`", answer["description"])) if PROBLEM in answer.get("content", {}) else set()
