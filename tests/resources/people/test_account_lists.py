"""Lists of the clinic's staff."""

import pytest

from integration_api.access.actor import Role
from tests.support import Person, World


async def ids(person: Person, **params: object) -> list[str]:
    return [item["id"] for item in (await person.get("/accounts", params=params))["items"]]


async def test_staff_are_listed_by_role(world: World) -> None:
    therapist = await world.therapist()
    both = await world.staff(Role.SUPERVISOR, Role.THERAPIST)
    supervisor = await world.staff(Role.SUPERVISOR)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    await world.patient_of(therapist)
    await world.program()
    assert await ids(therapist, role="therapist") == [both.id, therapist.id]
    assert await ids(therapist, role="supervisor") == [supervisor.id, both.id]
    assert await ids(world.admin, role="clinic_admin") == [world.admin.id]
    assert await ids(therapist, role="auditor") == []
    assert await ids(therapist) == [officer.id, supervisor.id, both.id, therapist.id, world.admin.id]


async def test_those_of_the_role_that_goes_with_no_other_are_listed_by_it(world: World) -> None:
    therapist, outside = await world.therapist(), await world.staff(Role.OUTSIDE_THERAPIST)
    assert await ids(world.admin, role="outside_therapist") == [outside.id]
    assert await ids(world.admin, role="therapist") == [therapist.id]


async def test_pages_of_a_role_go_on_within_it(world: World) -> None:
    therapists = [await world.therapist() for _ in range(3)]
    await world.staff(Role.AUDITOR)
    page = await world.admin.get("/accounts", params={"role": "therapist", "limit": 2})
    assert [item["id"] for item in page["items"]] == [therapists[2].id, therapists[1].id]
    more = {"cursor": page["next_cursor"]}
    assert await ids(world.admin, role="therapist", **more) == [therapists[0].id]
    for other in ({}, {"role": "supervisor"}):
        await world.admin.get("/accounts", params={**other, **more}, expect=422)


@pytest.mark.parametrize("wrong", ["patient", "service", "%", "therapist%", "therapis_"])
async def test_only_roles_of_staff_are_asked_for(world: World, wrong: str) -> None:
    refused = await world.admin.get("/accounts", params={"role": wrong}, expect=422)
    assert [error["field"] for error in refused["errors"]] == ["query.role"]
