"""No input gives a 5xx, whatever is sent to whichever operation; and nothing sent comes back in an error."""

import json
from typing import Any

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.architecture.test_access import ROUTES, address, body_of, one_of_each
from tests.corpus import MARK
from tests.support import Json, Person, World

pytestmark = pytest.mark.thorough

VALUES: list[object] = [
    None,
    True,
    -1,
    2**63 - 1,
    1.5,
    1e300,
    "",
    " ",
    MARK,
    MARK + "\u0000"[:0] + "\r\n\x1b[31m",
    "\u202e" + "é" * 300,
    "x" * 300_000,
    [],
    [[]],
    [None],
    [MARK] * 2_000,
    {},
    {MARK: MARK},
    {"$ref": "#"},
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-22T10:00:00",
    "00000000-0000-0000-0000-000000000000",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "'; DROP TABLE notes; --",
]
WRITING = [route for route in ROUTES if route.body_field is not None]


def actor_for(people: dict[Role, Person], route: Any) -> Person:
    """Somebody whom the policy lets in, so that the body itself is reached."""
    return people[next(role for role in route.operation.who)]


def bodies(good: Json) -> list[object]:
    """The good body with one hostile value in each of its places, and hostile bodies as a whole."""
    spoiled: list[object] = [value for value in VALUES if not isinstance(value, str) or len(value) < 1000]
    spoiled += [{**good, MARK: 1}, {**good, "clinic_id": str(new_id())}, {**good, "version": 1}]
    for name in good:
        spoiled += [{**good, name: value} for value in VALUES]
    return spoiled


@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.name)
async def test_a_hostile_body_is_refused_or_taken_but_never_a_5xx(world: World, route: Any) -> None:
    people = await one_of_each(world)
    person, method = actor_for(people, route), next(iter(route.methods))
    good = body_of(world.api, route.name)
    assert good
    for body in bodies(good):
        if isinstance(body, dict) and "id" in good:
            body = {**body, "id": body["id"] if body.get("id") != good["id"] else str(new_id())}  # noqa: PLW2901
        answer = await person.send(method, address(route.path), body, match=1)
        assert answer.status_code < 500, f"{json.dumps(body)[:200]}: {answer.text}"
        if answer.status_code >= 400:
            assert MARK not in answer.text


@pytest.mark.parametrize("header", ["", "*", '"', '"x"', "W/", '"1"' * 500, "\x7f", '"99999999999999999999"', '"-1"'])
async def test_a_hostile_version_is_412_or_428(world: World, header: str) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    answer = await therapist.send("PATCH", f"/patients/{chart['id']}", {"phone": "+1 555 0100"}, match=header)
    assert answer.status_code in (412, 428)
