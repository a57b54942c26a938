"""Origins of imported things: who reads which, by list and by id. `tests/operating` tells how they come to be."""

import pytest

from tests.scene import Scene
from tests.support import Person, World

CHART, TEAM, OWN = ["score_total", "session"], ["note"], ["reflection"]


@pytest.fixture
async def scene(world: World) -> Scene:
    """A chart with an origin of a session, of a total, of a note and of a private entry."""
    return await Scene.build(world)


async def kinds_of(person: Person, **params: str) -> list[str]:
    """The kinds of those in a list, and of each as it is read by its id."""
    found = (await person.get("/imported-records", params=params))["items"]
    for one in found:
        assert await person.get(f"/imported-records/{one['id']}") == one
    return sorted(one["kind"] for one in found)


async def test_staff_see_no_private_entry_and_the_patient_sees_no_note(scene: Scene) -> None:
    of_chart = {"patient_id": scene.chart}
    assert await kinds_of(scene.therapist, **of_chart) == sorted(CHART + TEAM)
    assert await kinds_of(scene.supervisor) == sorted(CHART + TEAM)
    assert await kinds_of(scene.patient) == sorted(CHART + OWN)
    assert await kinds_of(scene.therapist, **of_chart, kind="note") == TEAM
    assert await kinds_of(scene.therapist, **of_chart, kind="reflection") == []


async def test_an_origin_that_is_not_theirs_is_not_found(scene: Scene) -> None:
    [note] = (await scene.therapist.get("/imported-records", params={"kind": "note"}))["items"]
    [entry] = (await scene.patient.get("/imported-records", params={"kind": "reflection"}))["items"]
    await scene.patient.get(f"/imported-records/{note['id']}", expect=404)
    await scene.therapist.get(f"/imported-records/{entry['id']}", expect=404)
    newcomer = await scene.world.therapist()
    await newcomer.get(f"/imported-records/{note['id']}", expect=404)
    assert await kinds_of(newcomer) == []
