"""Batches of an observer's device of which something is wrong: no alarm is lost, and the rest is stored."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from integration_api.access.actor import Role
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow, TaskTable
from integration_api.resources.care.remote_sessions.observer_batches import BATCHES
from integration_api.resources.care.remote_sessions.rules import MAX_BATCH
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from tests.factories.doses import dose
from tests.factories.readiness import holds_of
from tests.factories.remote_sessions import home_session, link, look, observe, support_token
from tests.support import Json, Person, World

_tasks = table_of(TaskTable)
ALARMS = Read(
    "test_read_alarms",
    sa.select(_tasks).where(_tasks.c.subject_id == param("subject_id", _tasks.c.subject_id)),
    TaskRow,
    Scope.SYSTEM,
    "tests read what waits for nobody yet",
)


async def at_home(world: World) -> tuple[Person, Json, str]:
    """A therapist, a session at home with a dose of now, and the token of its observer."""
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    return therapist, made, await support_token(therapist, made)


async def stored(person: Person, made: Json) -> list[Json]:
    found: list[Json] = (await person.get(f"/sessions/{made['id']}/observer-watch"))["checks"]
    return found


async def assert_alarm(person: Person, made: Json, told: Json) -> None:
    """The card, the task and the hold of an alarming check."""
    assert told["is_alarming"]
    assert told["card"]["text"].startswith("Call 911")
    kinds = [one["kind"] for one in (await person.get("/worklist"))["items"]]
    assert "observer_alarm" in kinds
    assert [one["rule"] for one in await holds_of(person, made)] == ["R10"]


@pytest.mark.parametrize(
    ("numbers", "ignored"),
    [
        ({"pulse": 0}, ["pulse"]),
        ({"spo2": 45}, ["spo2"]),
        ({"systolic": 220}, ["systolic"]),
        ({"systolic": 80, "diastolic": 80}, ["systolic", "diastolic"]),
        ({"distress": 11, "pulse": "none", "spo2": 97.5}, ["distress", "pulse", "spo2"]),
    ],
    ids=str,
)
async def test_a_number_that_cannot_be_hides_no_alarm(world: World, numbers: Json, ignored: list[str]) -> None:
    therapist, made, token = await at_home(world)
    told = await observe(world.api, token, look(world.api.clock(), breathing="none", **numbers))
    assert [(one["outcome"], one["ignored"]) for one in told["checks"]] == [("stored", ignored)]
    await assert_alarm(therapist, made, told)
    [check] = await stored(therapist, made)
    assert check["ignored"] == ignored
    assert [check[name] for name in ignored] == [None] * len(ignored)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"note": "pale"}, "(unknown)"),
        ({"colour": "grey"}, "colour"),
        ({"vomiting": None}, "vomiting"),
        ({"id": "1"}, "id"),
        ({"taken_at": "now"}, "taken_at"),
    ],
    ids=str,
)
async def test_a_check_that_is_not_as_declared_hides_no_alarm(world: World, facts: Json, field: str) -> None:
    therapist, made, token = await at_home(world)
    good, wrong = look(world.api.clock()), {**look(world.api.clock(), responds="no"), **facts}
    told = await observe(world.api, token, good, wrong, events=[{"link": "video"}, link("lost", world.api.clock())])
    assert [one["outcome"] for one in told["checks"]] == ["stored", "unread"]
    assert [one["outcome"] for one in told["link_events"]] == ["unread", "stored"]
    assert told["checks"][1]["fields"] == [field]
    await assert_alarm(therapist, made, told)
    assert [one["id"] for one in await stored(therapist, made)] == [good["id"]]


@pytest.mark.parametrize("wrong", [None, 3, "no", []], ids=str)
async def test_what_is_no_check_keeps_no_other_from_being_stored(world: World, wrong: object) -> None:
    therapist, made, token = await at_home(world)
    body = {"token": token, "checks": [wrong, look(world.api.clock(), responds="no")]}
    answer = await world.api.send("POST", "/observer-checks", json=body)
    assert answer.status_code == 200, answer.text
    await assert_alarm(therapist, made, answer.json())


async def test_the_same_id_with_another_content_is_told_of_that_check_alone(world: World) -> None:
    therapist, made, token = await at_home(world)
    seen, other = look(world.api.clock()), look(world.api.clock())
    await observe(world.api, token, seen)
    told = await observe(world.api, token, other, {**seen, "responds": "no"}, seen)
    assert [one["outcome"] for one in told["checks"]] == ["stored", "differs", "known"]
    await assert_alarm(therapist, made, told)
    assert [one["responds"] for one in await stored(therapist, made)] == ["yes", "yes"]


async def test_an_id_of_another_session_is_told_of_that_check_alone(world: World) -> None:
    _, _, token = await at_home(world)
    therapist, made, other = await at_home(world)
    seen = look(world.api.clock(), responds="no")
    await observe(world.api, token, seen)
    told = await observe(world.api, other, seen, look(world.api.clock()))
    assert [one["outcome"] for one in told["checks"]] == ["id_taken", "stored"]
    await assert_alarm(therapist, made, told)


async def test_the_rest_of_a_long_batch_is_sent_later(world: World) -> None:
    therapist, made, token = await at_home(world)
    looks = [look(world.api.clock()) for _ in range(MAX_BATCH)] + [look(world.api.clock(), responds="no")]
    told = await observe(world.api, token, *looks)
    assert [one["outcome"] for one in told["checks"]] == ["stored"] * MAX_BATCH + ["later"]
    await assert_alarm(therapist, made, told)
    told = await observe(world.api, token, *looks)
    assert [one["outcome"] for one in told["checks"]] == ["known"] * MAX_BATCH + ["stored"]


async def test_an_alarm_waits_for_no_limit_and_each_refusal_names_whom_to_call(world: World) -> None:
    therapist, made, token = await at_home(world)
    for _ in range(BATCHES.burst):
        await observe(world.api, token)
    refused = await observe(world.api, token, look(world.api.clock()), expect=429)
    assert refused["card"].startswith("Call 911")
    assert refused["crisis_lines"]
    await assert_alarm(therapist, made, await observe(world.api, token, look(world.api.clock(), responds="no")))


@pytest.mark.parametrize(
    "body", [{}, [], {"token": 1}, {"token": "x", "checks": {}}, {"token": "x", "more": 1}], ids=str
)
async def test_what_is_no_batch_is_refused_with_whom_to_call(world: World, body: object) -> None:
    answer = await world.api.send("POST", "/observer-checks", json=body)
    assert answer.status_code == 422
    assert answer.json()["crisis_lines"]


async def test_a_critical_pressure_before_the_dose_is_recorded_is_an_alarm(world: World) -> None:
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    token = await support_token(therapist, made)
    told = await observe(world.api, token, look(world.api.clock(), systolic=200, diastolic=120))
    await assert_alarm(therapist, made, told)


@pytest.mark.parametrize("has_supervisor", [True, False])
async def test_an_alarm_falls_to_the_substitutes_if_nobody_is_on_the_team(world: World, has_supervisor: bool) -> None:
    """As each urgent task does: supervisors of the clinic, then its owner, then whoever joins; never twice."""
    _, made, token = await at_home(world)
    chart = made["patient_id"]
    supervisor = await world.staff(Role.SUPERVISOR) if has_supervisor else None
    for member in (await world.admin.get(f"/patients/{chart}/care-team"))["items"]:
        await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    for _ in range(2):
        await observe(world.api, token, look(world.api.clock(), responds="no"))
    if supervisor is not None:
        found = (await supervisor.get("/worklist"))["items"]
        assert [one["kind"] for one in found if one["subject_id"] == made["id"]] == ["observer_alarm"]
    alarms = await world.api.runtime.database.all(ALARMS, {"subject_id": UUID(made["id"])})
    [task] = [one for one in alarms if one.kind is TaskKind.OBSERVER_ALARM]
    assert (task.account_id is None, task.is_beyond_team) == (supervisor is None, supervisor is not None)
