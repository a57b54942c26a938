"""A check-in that is about to close unanswered is on the worklist until it is answered or over."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.actor import Role
from integration_api.resources.attention.flags.clock_statements import NEXT_WATCHED_CLINIC
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow, TaskTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.telemetry.statements import OVERDUE_STATE
from tests.factories.arcs import STEP, checked_in, dosed, let_pass, protocol, windows
from tests.factories.care_teams import join
from tests.factories.doses import dose
from tests.factories.feeds import Client, seal
from tests.factories.flags import tick
from tests.resources.care.test_arc_windows import CORRECTION
from tests.support import Api, Json, Person, World

_tasks = table_of(TaskTable)
TASKS = Read(
    "test_read_tasks",
    sa.select(_tasks).where(_tasks.c.clinic_id == param("clinic_id", _tasks.c.clinic_id)),
    TaskRow,
    Scope.SYSTEM,
    "tests read what nobody is shown any more",
)


async def tasks_of(world: World) -> list[TaskRow]:
    """The rows of all tasks of the clinic."""
    return await world.api.runtime.database.all(TASKS, {"clinic_id": world.clinic_id})


async def rows_of(world: World) -> list[TaskRow]:
    """The rows of tasks about check-ins that are about to close, those that are over among them."""
    return [row for row in await tasks_of(world) if row.kind is TaskKind.CHECK_IN_CLOSING]


async def over(world: World, *people: Person) -> tuple[Person, Person]:
    """A therapist and the patient, whose check-ins have all closed unanswered."""
    await protocol(world.admin, {**STEP, "is_followed_up": False})
    therapist, patient, found = await asked(world)
    last = max(found.values(), key=lambda window: window["closes_at"])
    await at_hours_before(world.api, last, -0.1, therapist, patient, world.admin, *people)
    return therapist, patient


async def asked(world: World) -> tuple[Person, Person, dict[str, Json]]:
    """A therapist, the patient, and the windows after a dose."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await dosed(therapist, world.chart_id(patient))
    return therapist, patient, await windows(patient)


async def closing(person: Person) -> list[Json]:
    found = (await person.get("/worklist"))["items"]
    return [task for task in found if task["kind"] == "check_in_closing"]


async def at_hours_before(api: Api, window: Json, hours: float, *people: Person) -> None:
    """Let the clock go on until so many hours before a window closes."""
    closes_at = datetime.fromisoformat(window["closes_at"])
    await let_pass(api, *people, seconds=(closes_at - timedelta(hours=hours) - api.clock()).total_seconds())


async def test_it_waits_from_twelve_hours_before_until_it_closes(world: World, api: Api) -> None:
    therapist, patient, found = await asked(world)
    t24 = found["t24"]
    assert await closing(therapist) == []
    await at_hours_before(api, t24, 12.01, therapist, patient)
    assert await closing(therapist) == []
    await at_hours_before(api, t24, 11.99, therapist, patient)
    [task] = await closing(therapist)
    assert (task["subject_id"], task["due_at"], task["urgency"]) == (t24["id"], t24["closes_at"], "routine")
    await at_hours_before(api, t24, -0.01, therapist, patient)
    assert await closing(therapist) == []


async def test_an_answer_settles_it(world: World, api: Api) -> None:
    therapist, patient, found = await asked(world)
    await at_hours_before(api, found["t24"], 2, therapist, patient)
    assert len(await closing(therapist)) == 1
    await checked_in(patient, arc_window_id=found["t24"]["id"])
    assert await closing(therapist) == []


async def test_the_clinic_says_how_long_before_or_never(world: World, api: Api) -> None:
    clinic = await world.admin.get("/clinic")
    clinic = await world.admin.patch("/clinic", {"policies": {"check_in_closing_hours": 0}}, clinic["version"])
    therapist, patient, found = await asked(world)
    await at_hours_before(api, found["t24"], 1, therapist, patient, world.admin)
    assert await closing(therapist) == []
    await world.admin.patch("/clinic", {"policies": {"check_in_closing_hours": 20}}, clinic["version"])
    second = await world.patient_of(therapist)
    await dosed(therapist, world.chart_id(second))
    t24 = (await windows(second))["t24"]
    await at_hours_before(api, t24, 19.9, therapist, second)
    assert [task["subject_id"] for task in await closing(therapist)] == [t24["id"]]


async def test_a_window_that_moves_where_the_clinic_wants_none_any_more_waits_no_longer(world: World, api: Api) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosed(therapist, world.chart_id(patient))
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"check_in_closing_hours": 0}}, clinic["version"])
    [first] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    earlier = (datetime.fromisoformat(first["given_at"]) - timedelta(minutes=50)).isoformat()
    await dose(therapist, made, given_at=earlier, corrects_id=first["id"], **CORRECTION)
    await at_hours_before(api, (await windows(patient))["t24"], 1, therapist, patient)
    assert await closing(therapist) == []


async def test_the_feed_tells_when_it_begins_and_when_it_is_over(world: World, api: Api) -> None:
    await protocol(world.admin, {**STEP, "is_followed_up": False})  # no other task opens when it closes
    therapist, patient, found = await asked(world)
    client, chart = Client(therapist), found["t24"]["patient_id"]
    await seal(world)
    await client.poll()
    for hours in (11.9, -0.1):
        await at_hours_before(api, found["t24"], hours, therapist, patient)
        for _ in range(2):
            await seal(world)
        assert ("worklist", chart) in {(item["kind"], item["id"]) for item in await client.poll()}, hours


async def test_the_next_turn_of_the_clock_deletes_those_that_are_over_and_no_other(world: World) -> None:
    """Until then nobody is shown them; afterwards they fall to nobody, and count nowhere."""
    supervisor = await world.staff(Role.SUPERVISOR)
    therapist, patient = await over(world, supervisor)
    await dosed(therapist, world.chart_id(await world.patient_of(therapist)))
    found = await rows_of(world)
    gone = {row.id for row in found if row.due_at <= world.api.clock()}
    assert gone
    assert await closing(therapist) == []
    await tick(world)
    stays = await rows_of(world)
    assert stays
    assert {row.id for row in stays} == {row.id for row in found} - gone
    state = await world.api.runtime.database.all(
        OVERDUE_STATE, {"clinic_id": world.clinic_id, "now": world.api.clock()}
    )
    late = [row for row in await tasks_of(world) if row.due_at < world.api.clock()]
    assert [one.waiting for one in state] == [len(late)]
    assert "check_in_closing" not in {row.kind.value for row in late}
    colleague = await world.therapist()
    await join(therapist, world.chart_id(patient), colleague)
    assert {row.id for row in await rows_of(world)} == {row.id for row in stays}


async def test_the_clock_looks_at_a_clinic_for_what_is_over_alone(world: World) -> None:
    """Although nothing there is to be raised."""
    await over(world)
    asked = {"last_clinic_id": UUID(int=world.clinic_id.int - 1), "now": world.api.clock()}
    [next_clinic] = await world.api.runtime.database.all(NEXT_WATCHED_CLINIC, asked)
    assert next_clinic.clinic_id == world.clinic_id
    await tick(world)
    assert await rows_of(world) == []
    assert world.clinic_id not in {
        one.clinic_id for one in await world.api.runtime.database.all(NEXT_WATCHED_CLINIC, asked)
    }
