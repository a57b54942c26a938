"""The clock takes over the tasks of a lost link although somebody who is asked beyond the team holds one already."""

from integration_api.access.actor import Role
from tests.factories.arcs import let_pass
from tests.factories.doses import dose
from tests.factories.flags import flag_tasks, flags, tick
from tests.factories.readiness import clearing
from tests.factories.remote_sessions import home_session, link
from tests.support import Person, World

RAISED = [("flag_raised", "critical")]


async def critical_tasks(person: Person) -> list[tuple[str, str]]:
    """The critical tasks about flags on somebody's worklist."""
    return [task for task in await flag_tasks(person) if task[1] == "critical"]


async def lost(world: World) -> tuple[Person, Person, str]:
    """A therapist, a prescriber of the team, and a chart with a session at home whose link is lost."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await home_session(therapist, chart)
    await dose(therapist, made)
    event = link("lost", world.api.clock(), "video")
    await therapist.post(f"/sessions/{made['id']}/link-events", {"items": [event]}, expect=200)
    return therapist, await clearing(therapist, chart), chart


async def leave(world: World, chart: str, *people: Person) -> None:
    """Let these leave the care team."""
    for person in people:
        team = (await world.admin.get(f"/patients/{chart}/care-team"))["items"]
        [member] = [one for one in team if one["account_id"] == person.id]
        await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])


async def test_the_only_prescriber_has_left_the_team(world: World) -> None:
    therapist, prescriber, chart = await lost(world)
    other = await world.staff(Role.PRESCRIBER)
    await leave(world, chart, prescriber)
    await let_pass(world.api, therapist, prescriber, other, minutes=6)
    await tick(world)
    assert [flag["severity"] for flag in await flags(therapist, rule="R26")] == ["critical"]
    for person in (therapist, prescriber, other):
        assert await critical_tasks(person) == RAISED
    assert await tick(world) == 0


async def test_it_fell_to_a_supervisor_who_prescribes(world: World) -> None:
    therapist, prescriber, chart = await lost(world)
    both = await world.staff(Role.PRESCRIBER, Role.SUPERVISOR)
    await leave(world, chart, therapist, prescriber)
    await let_pass(world.api, therapist, prescriber, both, minutes=6)
    await tick(world)
    assert await critical_tasks(both) == RAISED
    assert await critical_tasks(prescriber) == RAISED
    assert await critical_tasks(therapist) == []
    assert await tick(world) == 0
