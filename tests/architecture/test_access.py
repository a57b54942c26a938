"""Default deny, over every operation: nobody, the wrong role, another clinic, an unknown thing."""

import re
from typing import Any
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.people.accounts import operations as accounts_operations
from integration_api.resources.people.sign_in import operations as sign_in_operations
from integration_api.web.openapi_examples import example_of
from tests.support import Api, Json, Person, World

ROUTES = [route for route in action_routes() if not route.operation.is_public]
STAFF = [role for role in Role if role is not Role.PATIENT]
UNKNOWN = UUID("019ab0de-0000-7000-8000-0000000000ff")


def address(path: str, thing: UUID = UNKNOWN) -> str:
    return re.sub(r"{\w+}", str(thing), path)


def body_of(api: Api, operation_id: str) -> Json | None:
    """The example of an operation's body, with an id of its own."""
    for methods in api.document["paths"].values():
        for operation in methods.values():
            if operation["operationId"] == operation_id and "requestBody" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                found: Json = example_of(schema, api.document["components"]["schemas"])
                return {**found, "id": str(new_id())} if "id" in found else found
    return None


async def ask(person: Person, route: Any, **more: Any) -> Any:
    method = next(iter(route.methods))
    return await person.send(method, address(route.path), body_of(person.api, route.name), match=1, **more)


async def one_of_each(world: World) -> dict[Role, Person]:
    therapist = await world.therapist()
    people: dict[Role, Person] = {role: await world.staff(role) for role in STAFF}
    people[Role.PATIENT] = await world.patient_of(therapist)
    return people


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_nobody_gets_anything(api: Api, route: Any) -> None:
    method = next(iter(route.methods))
    answer = await api.send(method, address(route.path), json=body_of(api, route.name))
    assert answer.status_code == 401


async def test_the_policy_decides_for_every_role_and_operation(world: World) -> None:
    """A role without a grant is refused with 403; one with a grant never is for what it cannot see: that is 404."""
    people = await one_of_each(world)
    for route in ROUTES:
        if route.operation is sign_in_operations.SIGN_OUT:
            continue  # everybody may, and is out then
        for role, person in people.items():
            answer = await ask(person, route)
            granted = role in route.operation.who
            place = f"{route.name} as {role}: {answer.status_code} {answer.text}"
            if not granted:
                assert answer.status_code == 403, place
                assert answer.json()["code"] == "forbidden", place
            elif "{" in route.path and route.operation is not accounts_operations.CREATE_INVITATION:
                assert answer.status_code == 404, place
            else:
                assert answer.status_code < 500, place


async def test_a_thing_of_another_clinic_answers_like_one_that_does_not_exist(world: World) -> None:
    """Byte for byte, over every operation with an id."""
    other = await World.build(world.api)
    therapist = await other.therapist()
    theirs = await other.patient_of(therapist)
    people = await one_of_each(world)
    for route in ROUTES:
        if "{" not in route.path:
            continue
        for role in route.operation.who:
            method = next(iter(route.methods or ()))
            foreign, unknown = [
                await people[role].send(
                    method, address(route.path, thing), body_of(world.api, route.name), match=1, headers=FIXED
                )
                for thing in (theirs.actor.patient_id or UNKNOWN, UNKNOWN)
            ]
            assert foreign.content == unknown.content, route.name
            assert {n: v for n, v in foreign.headers.items() if n != "date"} == dict(unknown.headers), route.name


FIXED = {"X-Request-Id": "same"}


async def test_a_refusal_is_in_the_ledger(world: World) -> None:
    therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
    await therapist.get(f"/patients/{UNKNOWN}", expect=404, headers={"X-Request-Id": "refused-1"})
    rows = (await auditor.get("/ledger"))["items"]
    assert [(row["outcome"], row["reason"], row["subject_id"]) for row in rows if row["request_id"] == "refused-1"] == [
        ("denied", "not-found", str(UNKNOWN))
    ]
