"""A refusal names each field as the document does, and says what is wrong in the words of JSON."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic_core.core_schema import ErrorType

import integration_api
from integration_api.access.actor import Role
from tests.architecture.test_hostile import WRITING
from tests.databases import on_sqlite
from tests.document import follow, forms, made_document, operations
from tests.scene import Request, Scene, first_case, send
from tests.support import Api, Json, World

DOCUMENT = made_document()
BODIES = {
    operation["operationId"]: operation["requestBody"]["content"]["application/json"]["schema"]
    for _, _, operation in operations(DOCUMENT)
    if "requestBody" in operation
}
Place = tuple[str | int, ...]


def places(schema: Json, at: Place = ()) -> Iterator[tuple[Place, object]]:
    """Each place of a body that the document names, and a value that is wrong there."""
    schema = next(part for part in forms(DOCUMENT, schema) if part != {"type": "null"})
    kind = schema.get("type")
    if at and (kind or "enum" in schema):
        yield at, [] if kind == "object" else {}
    for name, part in schema.get("properties", {}).items():
        yield from places(part, (*at, name))
    for name in follow(DOCUMENT, schema.get("propertyNames", {})).get("enum", ()):
        yield from places(schema["additionalProperties"], (*at, name))
    if "items" in schema:
        yield from places(schema["items"], (*at, 0))
    for index, part in enumerate(schema.get("prefixItems", ())):
        yield from places(part, (*at, index))


def body_with(place: Place, value: object) -> object:
    """A body in which only this place is filled, whatever it must be within."""
    for part in reversed(place):
        value = {part: value} if isinstance(part, str) else [None] * part + [value]
    return value


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """Everything exists once; no request of these tests is done."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


async def refused(scene: Scene, request: Request, body: object) -> list[Json]:
    """The errors of a body."""
    answer = await send(scene.world.api, request._replace(body=body))
    assert answer.status_code == 422, answer.text
    found: list[Json] = answer.json()["errors"]
    return found


@pytest.mark.thorough
@on_sqlite
@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.name)
async def test_an_error_names_the_field_that_the_document_knows(scene: Scene, route: Any) -> None:
    request = await first_case(scene, route.name)
    for place, value in places(BODIES[route.name]):
        errors = await refused(scene, request, body_with(place, value))
        told = {error["field"] for error in errors}
        assert ".".join(("body", *map(str, place))) in told, f"{place}: {errors}"
        assert not [field for field in told if "(unknown)" in field], f"{place}: {errors}"
        for error in errors:
            assert not error["message"].startswith(("Value error", "Input should", "Assertion")), error


async def test_a_key_or_a_field_that_is_invented_is_not_repeated(world: World) -> None:
    for body, field in (
        ({"hours": {"canary": []}}, "body.hours.(unknown)"),
        ({"hours": {"mon": [{"opens": "canary", "closes": "17:00"}]}}, "body.hours.mon.0.opens"),
        ({"policies": {"canary": 1}}, "body.policies"),
        ({"canary": 1}, "body.(unknown)"),
    ):
        answer = await world.admin.send("PATCH", "/clinic", body, match=1)
        assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])
        assert "canary" not in answer.text


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"name": "R", "time_zone": "Mars/Olympus"}, "body.time_zone", "not a time zone of the IANA database"),
        ({"name": "R", "birth_on": "1700-01-01"}, "body.birth_on", "must be a day since 1900 that has come"),
        ({"name": "R", "birth_on": "yesterday"}, "body.birth_on", "must be a date, such as 2026-11-28"),
        ({"name": 7}, "body.name", "must be a string"),
        ({"name": "x" * 201}, "body.name", "must have at most 200 characters"),
        ({"name": ""}, "body.name", "must not be empty"),
        ({}, "body.name", "needed, and not there"),
        ([], "body", "must be an object"),
    ],
    ids=str,
)
async def test_what_is_wrong_is_said_in_the_words_of_json(world: World, body: object, field: str, message: str) -> None:
    answer = await (await world.therapist()).send("POST", "/patients", body)
    [error] = answer.json()["errors"]
    assert (error["field"], error["message"]) == (field, message)


async def test_a_word_that_is_not_known_is_answered_with_those_that_are(world: World) -> None:
    therapist = await world.therapist()
    answer = await therapist.send("GET", "/medicines", params={"kind": "canary"})
    [error] = answer.json()["errors"]
    assert error["message"] == "must be one of 'prescribed', 'over_the_counter', 'supplement' or 'substance'"
    assert "canary" not in answer.text


async def test_a_header_and_a_parameter_are_named_too(world: World) -> None:
    therapist = await world.therapist()
    keyed = await therapist.send("POST", "/patients", {"name": "R"}, key="a b")
    paged = await therapist.send("GET", "/patients", params={"limit": 0})
    told = await therapist.send("GET", "/patients/canary")
    fields = [answer.json()["errors"][0]["field"] for answer in (keyed, paged, told)]
    assert fields == ["header.Idempotency-Key", "query.limit", "path.patient_id"]


def test_our_own_errors_take_no_name_of_pydantic() -> None:
    """A message is made of the members that Pydantic gives to that name; an error of ours has none of them."""
    source = "\n".join(path.read_text("utf-8") for path in Path(integration_api.__path__[0]).rglob("*.py"))
    ours = set(re.findall(r'PydanticCustomError\(\s*"(\w+)"', source))
    assert ours
    assert ours.isdisjoint(get_args(ErrorType))


async def test_an_unknown_event_is_refused_in_words(world: World) -> None:
    auditor = await world.staff(Role.AUDITOR)
    answer = await auditor.send("GET", "/ledger", params={"event": "canary"})
    [error] = answer.json()["errors"]
    assert error == {
        "field": "query.event",
        "code": "enum",
        "message": "must be one of the Events that the API document lists",
    }
