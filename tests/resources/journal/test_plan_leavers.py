"""Plans that somebody began alone and left: the successor has them, and nobody else is let in before."""

from dataclasses import replace
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.policy import grant
from integration_api.access.work import Work
from integration_api.resources.journal.plans import operations
from integration_api.resources.journal.plans import statements as sql
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.web.errors import StaleVersion
from tests.applications import application
from tests.factories import care_teams, notes
from tests.factories.leavers import WAYS, Leaver
from tests.factories.plans import WHOLE, draft, plan, step, strategy
from tests.resources.people.test_emergencies import WHY
from tests.storage.hand import Hand
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


@pytest.mark.thorough
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


async def test_a_supervisor_who_is_a_therapist_too_reads_it_and_changes_nothing(world: World) -> None:
    leaver = await Leaver.of(world)
    both = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    await world.admin.post(f"/patients/{leaver.chart}/care-team", {"account_id": both.id, "role": "supervisor"})
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    path, [kept] = f"/plans/{made['id']}", made["strategies"]
    await leaver.leave("disabled")
    seen = await both.get(path)
    [listed] = (await both.get("/plans", params={"patient_id": leaver.chart}))["items"]
    assert (seen["allowed_actions"], listed["allowed_actions"]) == ([], [])
    version, one = made["version"], f"{path}/strategies/{kept['id']}"
    refused = [
        await both.send("PATCH", path, {"title": "Mine"}, match=version),
        await both.send("POST", f"{path}/strategies", WHOLE, match=version),
        await both.send("PATCH", one, {"title": "Mine"}, match=version),
        await both.send("DELETE", one, match=version),
        await both.send("POST", f"{path}/propose", match=version),
        await both.send("POST", f"{path}/archive", match=version),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(403, "not-your-draft")}
    assert (await both.send("PATCH", path, {"title": "Mine"}, match=version + 1)).status_code == 412
    paused = await both.send("POST", f"{path}/pause", match=version)
    assert (paused.json()["code"], paused.json()["allowed"]) == ("illegal-transition", [])
    given = grant(operations.UPDATE_PLAN, both.actor.roles)
    work = Work(world.api.runtime, operations.UPDATE_PLAN, "test", both.actor, given)
    work.revise(sql.UPDATE_PLAN, await work.get(sql.READ_PLAN, id=UUID(made["id"])), {"title": "Mine"})
    work.record(UUID(made["id"]), UUID(leaver.chart))
    with pytest.raises(StaleVersion):  # the database itself refuses
        await work.apply()
    assert await both.get(path) == seen
    await leaver.change(successor_id=both.id)
    assert (await both.patch(path, {"title": "Mine"}, version))["allowed_actions"] != []


async def test_a_supervisor_in_an_emergency_reads_no_draft_and_co_signs_nothing(
    world: World, settings: Settings
) -> None:
    leaver = await Leaver.of(world)
    other = await world.staff(Role.THERAPIST, Role.SUPERVISOR)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    note = await notes.sign(leaver.therapist, await notes.draft(leaver.therapist, leaver.chart), needs_cosign=True)
    await leaver.leave("disabled")
    opened = await other.post(f"/patients/{leaver.chart}/emergency-access", WHY)
    # No operation opens a chart as a supervisor today: the rule must hold on the day on which one does.
    await Hand(settings).run("UPDATE care_team SET role = 'supervisor' WHERE id = ?", UUID(opened["id"]))
    await other.get(f"/patients/{leaver.chart}")
    for path in (f"/plans/{made['id']}", f"/notes/{note['id']}"):
        await leaver.supervisor.get(path)
        await other.get(path, expect=404)
    assert await _ids(other, leaver.chart) == []


@pytest.mark.thorough
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


@pytest.mark.thorough
@WAYS
async def test_a_private_draft_is_among_what_a_leaver_leaves_open(world: World, way: str) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    await draft(leaver.therapist, leaver.chart)  # both sides see it
    await plan(leaver.patient, leaver.chart, is_shared=False)
    wanted = ("plan_to_finish", made["id"], "Quieter evenings")
    assert await _tasks(leaver.therapist) == [wanted]
    await leaver.change(successor_id=leaver.successor.id)
    listed = await world.admin.get(f"/accounts/{leaver.therapist.id}/worklist")
    assert [(task["kind"], task["subject_id"], task["title"]) for task in listed["items"]] == [(*wanted[:2], None)]
    assert await _tasks(leaver.successor) == []
    await leaver.leave(way)
    assert await _tasks(leaver.successor) == [wanted]
    await step(leaver.successor, await leaver.successor.get(f"/plans/{made['id']}"), "propose")
    assert await _tasks(leaver.successor) == []


async def test_without_a_successor_a_private_draft_falls_to_the_supervisors_without_a_word(world: World) -> None:
    leaver = await Leaver.of(world)
    made = await draft(leaver.therapist, leaver.chart, is_shared=False)
    other = await world.staff(Role.SUPERVISOR)
    await leaver.leave("disabled")
    assert await _tasks(other) == [("plan_to_finish", made["id"], None)]


@pytest.mark.thorough
async def test_a_draft_waits_with_its_author_until_it_is_shared_proposed_or_put_away(world: World) -> None:
    leaver = await Leaver.of(world)
    for end in ("share", "propose", "archive"):
        made = await draft(leaver.therapist, leaver.chart, is_shared=False)
        [(kind, subject_id, _)] = await _tasks(leaver.therapist)
        assert (kind, subject_id) == ("plan_to_finish", made["id"])
        [task] = (await leaver.therapist.get("/worklist"))["items"]
        refused = await leaver.therapist.send("POST", f"/worklist/{task['id']}/done")
        assert refused.json()["code"] == "settled-by-step"
        if end == "share":
            await leaver.therapist.patch(f"/plans/{made['id']}", {"is_shared": True}, made["version"])
        else:
            await step(leaver.therapist, made, end)
        assert await _tasks(leaver.therapist) == []


@pytest.mark.thorough
async def test_drafts_that_were_begun_before_the_migration_wait_too(own: Settings) -> None:
    before = "2026_11_28_09"
    async with application(own) as api:
        world = await World.build(api)
        leaver = await Leaver.of(world)
        made = await draft(leaver.therapist, leaver.chart, is_shared=False)
        await draft(leaver.therapist, leaver.chart)
        await plan(leaver.patient, leaver.chart, is_shared=False)
    for revision in (before, "head"):
        if own.database_url is None:
            migrations.migrate_sqlite(own.sqlite_path, revision)
        else:
            await migrations.migrate_postgres(own.database_url.get_secret_value(), revision)
    async with application(own) as api:
        found = await _tasks(replace(leaver.therapist, api=api))
    assert found == [("plan_to_finish", made["id"], "Quieter evenings")]


async def _tasks(person: Person) -> list[tuple[str, str, str | None]]:
    return [(t["kind"], t["subject_id"], t["title"]) for t in (await person.get("/worklist"))["items"]]


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
