"""Default deny, over every operation, quickly: nobody, and every role about things that do not exist.

`tests/matrix` asks about real things too, as everybody; it takes longer, and `make test-fast` leaves it out.
"""

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.resources.people.accounts import operations as accounts_operations
from integration_api.resources.people.sign_in import operations as sign_in_operations
from tests.databases import on_sqlite
from tests.scene import Scene, first_case, send
from tests.support import Api, Person, World

ROUTES = [route for route in action_routes() if not route.operation.is_public]


@pytest.fixture(scope="module")
async def scene(api: Api) -> Scene:
    """A clinic in which everything exists once."""
    api.clock.reset()
    return await Scene.build(await World.build(api))


async def one_of_each(scene: Scene) -> dict[Role, Person]:
    """Somebody of each role."""
    people = {role: person for person in scene.people.values() for role in person.actor.roles}
    return {**people, Role.SERVICE: await scene.world.program()}


@on_sqlite
@pytest.mark.thorough
async def test_nobody_gets_anything(scene: Scene) -> None:
    for route in ROUTES:
        request = await first_case(scene, route.name)
        answer = await send(scene.world.api, request._replace(person=None, headers=None))
        assert answer.status_code == 401, route.name


@pytest.mark.thorough
async def test_the_policy_decides_for_every_role_and_operation(scene: Scene) -> None:
    """A role without a grant is refused with 403; one with a grant never is for what it cannot see: that is 404.

    The first is decided before a database is asked, so one kind of database is enough for it.
    """
    people = await one_of_each(scene)
    assert people.keys() == set(Role)
    is_first = scene.world.api.runtime.database.driver.dialect == "sqlite"
    for route in ROUTES:
        if route.operation is sign_in_operations.SIGN_OUT:
            continue  # everybody may, and is out then
        request = (await first_case(scene, route.name)).of_nothing()
        for role, person in people.items():
            if not is_first and role not in route.operation.who:
                continue
            answer = await send(scene.world.api, request._replace(person=person))
            place = f"{route.name} as {role}: {answer.status_code} {answer.text}"
            if role not in route.operation.who:
                assert answer.status_code == 403, place
                assert answer.json()["code"] == "forbidden", place
            elif request.names_a_thing and route.operation is not accounts_operations.CREATE_INVITATION:
                assert answer.status_code == 404, place
            else:
                assert answer.status_code < 500, place
