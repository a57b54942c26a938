"""The OpenAPI document: complete, valid, and nothing in it twice."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema_rs import Registry, Validator, validator_for
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from integration_api.access.route import ActionRoute
from integration_api.app import action_routes
from integration_api.resources.people.sign_in.codes import NotACode
from integration_api.resources.people.sign_in.service import SecondFactorNeeded
from integration_api.web.errors import ApiError, catalogue
from integration_api.web.idempotency import METHODS
from integration_api.web.openapi import declared_problems
from integration_api.web.openapi_problems import problem_example
from integration_api.web.problems import PROBLEM
from tests.declared import PROBLEM_MEMBERS
from tests.document import (
    follow,
    made_document,
    members_of,
    operations,
    problem_codes,
    problem_schemas_of,
    status_of,
    whole,
)
from tests.words import MAX_WORDS

DOCUMENT = made_document()
EVERYWHERE = {"malformed", "invalid", "internal", "overloaded", "unavailable"}
SIGNED_IN = {
    *("unauthenticated", "token-invalid", "token-expired", "sign-in-ended", "too-many-requests"),
    *("forbidden", "second-factor-required", "not-found"),
}
WITH_BODY = {"too-large", "unsupported-media-type"}
ROUTES = action_routes()
NEEDED: dict[type[ApiError], tuple[Any, ...]] = {SecondFactorNeeded: ((),), NotACode: ("body.code", "as it was shown")}
"""Arguments that the constructors of some errors require."""


def declared(route: ActionRoute) -> set[tuple[int, str]]:
    """The problems that an operation can answer with: those that its route names, and those of its kind."""
    method = next(iter(route.methods or ()))
    codes = {cls.code for cls in declared_problems(route.responses)}
    codes |= EVERYWHERE
    if route.dependant.body_params:
        codes |= WITH_BODY
    if not route.operation.is_public:
        codes |= SIGNED_IN
        if method in METHODS:
            codes |= {"request-in-progress", "idempotency-key-reused"}
    if any(d.name == "expected_version" for d in route.dependant.dependencies):
        codes |= {"stale-version", "version-required"}
    return {(status_of(code), code) for code in codes}


def test_each_operation_tells_exactly_the_problems_that_it_can_answer_with() -> None:
    told = {
        operation["operationId"]: {
            (int(status), code) for status, answer in operation["responses"].items() for code in problem_codes(answer)
        }
        for _, _, operation in operations(DOCUMENT)
    }
    assert told == {route.name: declared(route) for route in ROUTES}


def test_each_operation_says_which_tokens_it_needs() -> None:
    """The document as a whole says "a bearer": only operations that need none say something else."""
    said = {operation["operationId"]: operation.get("security", "bearer") for _, _, operation in operations(DOCUMENT)}
    assert DOCUMENT["security"] == [{"bearer": []}]
    assert said == {route.name: security_of(route) for route in ROUTES}
    assert said["list_crisis_resources"] == [{}, {"bearer": []}], "the lines of a clinic's country"


def security_of(route: ActionRoute) -> str | list[dict[str, list[str]]]:
    if route.operation.takes_any_token:
        return [{}, {"bearer": []}]
    return [] if route.operation.is_public else "bearer"


def test_an_answer_of_a_status_has_that_status_alone() -> None:
    for name, answer in DOCUMENT["components"]["responses"].items():
        statuses = {status_of(code) for code in problem_codes(answer)}
        assert name.startswith("default") or statuses <= {int(name.split(".")[0])}


KNOWN = Registry([("urn:open", {"components": DOCUMENT["components"]})])
"""Read once: a copy of the components for each validator takes a hundred times as long."""


@cache
def validator_of(reference: str) -> Validator:
    """Return the validator of a schema of the document."""
    return validator_for({"$ref": f"urn:open{reference}"}, registry=KNOWN, validate_formats=True)


@pytest.mark.parametrize("cls", catalogue(), ids=lambda cls: cls.code)
def test_an_error_is_what_the_document_says(cls: type[ApiError]) -> None:
    """The schema of a problem with members of its own stands in each answer that names its code."""
    problem, schema = problem_example(cls), f"#/components/schemas/{cls.__name__ if cls.members else ''}Problem"
    if schema.rsplit("/", 1)[-1] in DOCUMENT["components"]["schemas"]:
        validator_of(schema).validate(problem)
        assert set(problem) - PROBLEM_MEMBERS == members_of(DOCUMENT, {"$ref": schema}, cls.code)
        answers = [operation["responses"].get(str(cls.status), {}) for _, _, operation in operations(DOCUMENT)]
        named = [answer["content"][PROBLEM]["schema"] for answer in answers if cls.code in problem_codes(answer)]
        assert not cls.members or all(schema in problem_schemas_of(DOCUMENT, one, cls.code) for one in named)


def test_every_example_of_a_parameter_or_header_is_what_its_schema_says() -> None:
    parts = [*DOCUMENT["components"]["headers"].values()]
    parts += [parameter for _, _, operation in operations(DOCUMENT) for parameter in operation["parameters"]]
    for part in parts:
        if "example" in part:
            validator_for(follow(DOCUMENT, part["schema"])).validate(part["example"])


def test_no_example_is_the_name_of_a_type() -> None:
    """An example is made of those of the fields; a field without one must not be filled with its type."""
    schemas = DOCUMENT["components"]["schemas"].values()
    said = {text for schema in schemas for example in schema.get("examples", ()) for text in strings(example)}
    assert said.isdisjoint({"string", "integer", "number", "boolean", "object", "array", "null", "…"})


def strings(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


@pytest.mark.parametrize(
    "name", [name for name, schema in DOCUMENT["components"]["schemas"].items() if "examples" in schema]
)
def test_an_example_of_a_schema_is_what_the_schema_says(name: str) -> None:
    for example in DOCUMENT["components"]["schemas"][name]["examples"]:
        validator_of(f"#/components/schemas/{name}").validate(example)


def test_the_document_is_valid_openapi() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    OPENAPI_31_VALIDATOR.validate(DOCUMENT)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for kind in DOCUMENT["components"].values() for name in kind)


def references(part: Any) -> Iterator[str]:
    """What a part of the document refers to."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for inner in part.values():
            yield from references(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from references(inner)


def test_every_reference_leads_to_a_component_and_every_component_is_referred_to() -> None:
    components = DOCUMENT["components"]
    there = {
        f"#/components/{kind}/{name}" for kind in components if kind != "securitySchemes" for name in components[kind]
    }
    assert set(references(DOCUMENT)) == there


def test_a_parameter_of_several_operations_stands_once() -> None:
    """What an operation takes alone, and other forms of what has the same name, stay with the operation."""
    inline = Counter(
        json.dumps(parameter)
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        for parameter in operation["parameters"]
        if "$ref" not in parameter
    )
    assert [text for text, count in inline.items() if count > 1] == []
    assert {"query.limit", "query.cursor", "If-Match", "Idempotency-Key"} <= set(DOCUMENT["components"]["parameters"])


def test_an_error_names_the_headers_that_it_has() -> None:
    """`tests/support.py` holds every answer to the headers of the document, which come from these names."""
    for cls in catalogue():
        made = cls(*NEEDED.get(cls, ()))
        assert set(made.headers) == set(cls.header_names), cls.code


@pytest.mark.parametrize("cls", catalogue(), ids=lambda cls: cls.code)
def test_an_error_says_what_is_wrong_and_what_to_do(cls: type[ApiError]) -> None:
    """In whole sentences, for a developer at midnight; a code has its own advice, which `docs/errors.md` has too."""
    for text in (cls.default_detail(), cls.remedy):
        assert re.fullmatch(r"[A-Z`].*\.", text), text
        assert all(len(sentence.split()) <= MAX_WORDS for sentence in re.split(r"(?<=[.:;]) ", text)), text
    assert "remedy" in vars(cls)
    assert cls.remedy != cls.default_detail()


def test_no_title_says_a_name_again() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        titles = {name: schema, **whole(DOCUMENT["components"]["schemas"], schema)["properties"]}
        said = [key for key, part in titles.items() if part.get("title", "").replace(" ", "_").lower() == key.lower()]
        assert said == [], f"{name} repeats {said}"
