"""The clock raises what time raises, and tells the next once nobody answers: once, by however many processes."""

import asyncio
from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.access.tables import CareTeamRole
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.escalation_rules import next_to_tell
from integration_api.resources.attention.flags.flag_clock import FlagClock
from integration_api.resources.attention.worklist.statements import Substitute, TeamMember
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.arcs import checked_in, dosed, let_pass
from tests.factories.flags import by_hand, events, flag_tasks, flags, raised, take, tick
from tests.support import Json, Person, World


async def _critical(world: World) -> tuple[Person, Json]:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    return therapist, await by_hand(therapist, chart, "critical")


async def _read(person: Person, flag: Json) -> Json:
    found: Json = await person.get(f"/flags/{flag['id']}")
    return found


async def test_an_unanswered_flag_goes_to_supervisors_then_to_the_owner_then_to_the_admins(world: World) -> None:
    therapist, made = await _critical(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    owner = await world.staff(Role.CLINIC_ADMIN, name="Oda Owner")
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"owner_id": owner.id}, clinic["version"])
    people = (therapist, supervisor, owner, world.admin)
    await let_pass(world.api, *people, minutes=14)
    assert await tick(world) == 0
    await let_pass(world.api, *people, minutes=1)
    assert await tick(world) == 1
    told = await _read(therapist, made)
    assert (told["state"], told["escalations"], told["version"]) == ("escalated", 2, made["version"])
    assert (await flag_tasks(supervisor), await flag_tasks(owner)) == ([("flag_raised", "critical")], [])
    assert await flag_tasks(therapist) == [("flag_raised", "critical")]
    assert await tick(world) == 0
    await let_pass(world.api, *people, minutes=15)
    assert await tick(world) == 1
    assert await flag_tasks(owner) == [("flag_raised", "critical")]
    await let_pass(world.api, *people, minutes=15)
    assert await tick(world) == 1
    notices = (await world.admin.get("/notices"))["items"]
    assert [(one["event"], one["subject_id"], one["patient_id"]) for one in notices if "flag" in one["event"]] == [
        ("flag.unanswered", made["id"], None)
    ]
    await let_pass(world.api, *people, minutes=60)
    assert await tick(world) == 0
    taken = await take(therapist, await _read(therapist, made), "acknowledge")
    assert taken["state"] == "acknowledged"
    assert (await flag_tasks(supervisor), await flag_tasks(owner)) == ([], [])
    kinds = [event["kind"] for event in await events(therapist, made)]
    assert kinds == ["raised", "escalated", "escalated", "escalated", "acknowledged"]


async def test_whoever_was_about_to_acknowledge_still_can(world: World) -> None:
    therapist, made = await _critical(world)
    await world.staff(Role.SUPERVISOR)
    await let_pass(world.api, therapist, minutes=16)
    await tick(world)
    assert (await take(therapist, made, "acknowledge"))["state"] == "acknowledged"


async def test_an_acknowledged_flag_goes_on_until_somebody_was_reached(world: World) -> None:
    therapist, made = await _critical(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    taken = await take(therapist, made, "acknowledge")
    await let_pass(world.api, therapist, minutes=20)
    assert await tick(world) == 0
    await take(therapist, taken, "contact", {"reached": "voicemail"})
    await let_pass(world.api, therapist, supervisor, minutes=40)
    assert await tick(world) == 1
    assert await flag_tasks(supervisor) == [("flag_raised", "critical")]


async def test_the_clock_rests_once_the_patient_was_reached(world: World) -> None:
    therapist, made = await _critical(world)
    await world.staff(Role.SUPERVISOR)
    await take(therapist, made, "contact")
    world.api.clock.advance(hours=3)
    assert await tick(world) == 0


async def test_somebody_escalates_by_hand(world: World) -> None:
    therapist, made = await _critical(world)
    supervisor = await world.staff(Role.SUPERVISOR)
    told = await take(therapist, made, "escalate")
    assert (told["state"], told["escalations"]) == ("escalated", 2)
    assert await flag_tasks(supervisor) == [("flag_raised", "critical")]
    assert [event["kind"] for event in await events(therapist, made)] == ["raised", "escalated"]


async def test_two_processes_escalate_once(own: Settings) -> None:
    async with application(own) as first, application(own, first.clock) as second:
        world = await World.build(first)
        therapist, made = await _critical(world)
        await world.staff(Role.SUPERVISOR)
        await let_pass(first, therapist, minutes=15)
        done = await asyncio.gather(*(FlagClock(api.runtime).turn() for api in (first, second) * 4))
        assert sum(done) == 1
        assert [event["kind"] for event in await events(therapist, made)] == ["raised", "escalated"]


async def test_two_processes_raise_a_missed_window_once_and_a_restart_loses_nothing(own: Settings) -> None:
    async with application(own) as first:
        world = await World.build(first)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await dosed(therapist, world.chart_id(patient))
        await let_pass(first, therapist, patient, hours=40)
        async with application(own, first.clock) as second:
            await asyncio.gather(*(FlagClock(api.runtime).turn() for api in (first, second) * 4))
        assert [flag["rule"] for flag in await flags(therapist, rule="R16")] == ["R16"]
        kinds = [task["kind"] for task in (await therapist.get("/worklist"))["items"]]
        assert kinds.count("flag_raised") == len(await flags(therapist))


async def test_a_missed_check_in_is_a_flag_once_it_closed(world: World) -> None:
    """R16: after a first dose each is high. What is answered late does not take it back."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await dosed(therapist, world.chart_id(patient))
    await let_pass(world.api, therapist, patient, hours=35)
    await tick(world)
    assert "R16" not in await raised(therapist)
    await let_pass(world.api, therapist, patient, hours=5)
    await tick(world)
    [flag] = await flags(therapist, rule="R16")
    assert (flag["severity"], flag["origin"], flag["raised_by_id"]) == ("high", "arc_window", None)
    tasks = [task["kind"] for task in (await therapist.get("/worklist"))["items"]]
    assert "check_in_missed" not in tasks
    assert tasks.count("flag_raised") >= 1
    await checked_in(patient)
    assert (await _read(therapist, flag))["state"] == "open"
    assert await tick(world) == 0


def _member(role: CareTeamRole) -> TeamMember:
    return TeamMember(account_id=new_id(), role=role)


@pytest.mark.parametrize("passed", range(4))
def test_those_who_come_next(passed: int) -> None:
    therapist, on_team = _member(CareTeamRole.THERAPIST), _member(CareTeamRole.SUPERVISOR)
    owner_id = new_id()
    staff = [
        Substitute(account_id=account_id, roles=[role], owner_id=owner_id)
        for account_id, role in (
            (new_id(), "supervisor"),
            (owner_id, "clinic_admin"),
            (on_team.account_id, "supervisor"),
        )
    ]
    told = next_to_tell(passed, [therapist, on_team], staff)
    wanted = {
        0: ([on_team.account_id], [], 1, False),
        1: ([], [staff[0].account_id], 2, False),
        2: ([], [owner_id], 3, True),
        3: ([], [], 3, True),
    }[passed]
    assert (list(told.on_team), list(told.beyond), told.passed, told.is_last) == wanted


async def test_a_flag_of_a_session_says_when_it_is_due(world: World) -> None:
    therapist, made = await _critical(world)
    due_at, alerted_at = (datetime.fromisoformat(made[name]) for name in ("acknowledge_due_at", "alerted_at"))
    assert due_at - alerted_at == timedelta(minutes=15)
    assert datetime.fromisoformat(made["contact_due_at"]) - alerted_at == timedelta(hours=1)
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"critical_answer_minutes": 5}}, clinic["version"])
    again = await by_hand(therapist, made["patient_id"], "critical")
    due_at, alerted_at = (datetime.fromisoformat(again[name]) for name in ("acknowledge_due_at", "alerted_at"))
    assert due_at - alerted_at == timedelta(minutes=5)
