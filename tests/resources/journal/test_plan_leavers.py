"""Plans that somebody began alone and left: the successor has them, and nobody else is let in before."""

from integration_api.access.actor import Role
from tests.factories import care_teams
from tests.factories.leavers import WAYS, Leaver
from tests.factories.plans import draft, plan, step, strategy
from tests.support import Person, World


async def _ids(person: Person, chart: str) -> list[str]:
    return [item["id"] for item in (await person.get("/plans", params={"patient_id": chart}))["items"]]


@WAYS
async def test_a_successor_goes_on_with_a_private_draft(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    path, successor = f"/plans/{made['id']}", leaver.successor
    await leaver.change(successor_id=successor.id)
    assert await _ids(successor, leaver.chart) == []  # its author is still there
    await successor.get(path, expect=404)
    await leaver.leave(way)
    assert await _ids(successor, leaver.chart) == [made["id"]]
    seen = await successor.get(path)
    assert (seen["created_by_id"], seen["strategies"]) == (leaver.therapist.id, made["strategies"])
    more = await strategy(successor, made["id"], seen["version"])
    changed = await successor.patch(path, {"title": "Evenings"}, more["plan_version"])
    await leaver.patient.get(path, expect=404)
    proposed = await step(successor, changed, "propose")
    assert (proposed["proposed_by"], proposed["created_by_id"]) == ("clinician", leaver.therapist.id)
    await step(leaver.patient, proposed, "accept", {"revision": proposed["revision"]})


@WAYS
async def test_without_a_successor_a_supervisor_of_the_team_reads_it(world: World, way: str) -> None:
    """So the clinic knows of it, and can name a successor, who may put it away."""
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    path = f"/plans/{made['id']}"
    for person in (leaver.supervisor, leaver.successor, leaver.patient):
        await person.get(path, expect=404)
    await leaver.leave(way)
    assert (await leaver.supervisor.get(path))["allowed_actions"] == []
    await leaver.supervisor.post(f"{path}/archive", match=made["version"], expect=403)
    for person in (leaver.successor, leaver.patient):
        await person.get(path, expect=404)
    await leaver.change(successor_id=leaver.successor.id)
    archived = await step(leaver.successor, await leaver.successor.get(path), "archive")
    assert archived["state"] == "archived"
    await leaver.patient.get(path, expect=404)


async def test_a_supervisor_of_another_chart_reads_nothing(world: World) -> None:
    leaver, elsewhere = await Leaver.of(world), await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    for of, role in ((leaver, "therapist"), (elsewhere, "supervisor")):
        await world.admin.post(f"/patients/{of.chart}/care-team", {"account_id": both.id, "role": role})
        await draft(of.successor, of.chart)
    await leaver.leave("disabled")
    await both.get(f"/plans/{made['id']}", expect=404)


async def test_an_author_who_is_back_has_the_draft_alone(world: World) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    await leaver.change(successor_id=leaver.successor.id)
    await leaver.leave("removed")
    await leaver.successor.get(f"/plans/{made['id']}")
    await care_teams.join(leaver.successor, leaver.chart, leaver.therapist)
    await leaver.successor.get(f"/plans/{made['id']}", expect=404)
    await leaver.supervisor.get(f"/plans/{made['id']}", expect=404)


async def test_a_draft_of_the_patient_is_left_to_nobody(world: World) -> None:
    """Their account may be disabled, and is on no care team: it is theirs alone all the same."""
    leaver = await Leaver.of(world)
    made = await plan(leaver.patient, leaver.chart, is_shared=False)
    await world.admin.patch(f"/accounts/{leaver.patient.id}", {"state": "disabled"}, 1)
    for person in (leaver.therapist, leaver.supervisor, leaver.successor):
        await person.get(f"/plans/{made['id']}", expect=404)
        assert await _ids(person, leaver.chart) == []


async def test_a_successor_off_the_team_sees_nothing(world: World) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    outsider = await world.staff(Role.THERAPIST)
    await leaver.change(successor_id=outsider.id)
    await leaver.leave("disabled")
    await outsider.get(f"/plans/{made['id']}", expect=404)
