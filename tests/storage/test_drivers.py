"""What both databases promise: all or nothing, durable before the answer, neighbours untouched."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.events import Event, Outcome
from integration_api.ledger.tables import LedgerRow
from integration_api.resources.people.clinics import statements as clinics_sql
from integration_api.resources.people.clinics.operations import CREATE_CLINIC
from integration_api.resources.people.clinics.service import create_clinic
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.settings import Settings
from integration_api.storage import postgres
from integration_api.storage.database import BrokenReference, DatabaseDown, Duplicate, Missed, Step
from integration_api.storage.postgres import PostgresDriver
from integration_api.storage.statements import Change
from tests.support import Api, World
from tests.waiting import STUCK_SECONDS, until_async


def ledger_row(api: Api, clinic_id: UUID, request_id: str = "test") -> dict[str, object]:
    work = Work(api.runtime, CREATE_CLINIC, request_id)
    row = LedgerRow(
        clinic_id=clinic_id,
        id=new_id(),
        at=work.now,
        event=Event.known["clinic.read"],
        action="clinic:read",
        outcome=Outcome.DONE,
        request_id=request_id,
    )
    return dict(row.__dict__)


async def clinic_exists(api: Api, slug: str) -> bool:
    return await api.runtime.database.one(clinics_sql.CLINIC_BY_SLUG, {"slug": slug}) is not None


def new_clinic(api: Api) -> tuple[Work, str]:
    work = Work(api.runtime, CREATE_CLINIC, "test")
    slug = f"c{uuid4().hex}"
    create_clinic(work, slug=slug, name="N", time_zone="UTC", country="US")
    return work, slug


async def test_a_step_is_applied_whole(api: Api) -> None:
    work, slug = new_clinic(api)
    await work.apply()
    assert await clinic_exists(api, slug)


async def test_a_missed_guard_applies_nothing(api: Api) -> None:
    work, slug = new_clinic(api)
    work.change(
        patients_sql.END_MEMBER,
        id=uuid4(),
        expected_version=1,
        actor_clinic_id=uuid4(),
        actor_id=uuid4(),
        actor_sign_in_id=uuid4(),
        actor_epoch=1,
        scope_clinic=True,
        scope_team=True,
        scope_patient_id=None,
        missed=RuntimeError,  # type: ignore[arg-type]  # any exception will do
    )
    with pytest.raises(RuntimeError):
        await work.apply()
    assert not await clinic_exists(api, slug)


async def test_a_duplicate_applies_nothing_and_names_its_constraint(api: Api) -> None:
    first, slug = new_clinic(api)
    await first.apply()
    second = Work(api.runtime, CREATE_CLINIC, "test")
    create_clinic(second, slug=slug, name="N", time_zone="UTC", country="US")
    steps = [item.step for item in second._pending]
    with pytest.raises(Duplicate) as caught:
        await api.runtime.database.apply(steps)
    assert caught.value.constraint == "uq_clinics_slug"


async def test_a_broken_reference_applies_nothing(api: Api, world: World) -> None:
    chart = await (await world.therapist()).post("/patients", {"name": "Rowan Sample"})
    part = {
        "clinic_id": world.clinic_id,
        "id": new_id(),
        "patient_id": uuid4(),
        "part_index": b"x" * 16,
        **world.admin.ambient(),
    }
    with pytest.raises(BrokenReference):
        await api.runtime.database.apply([Step(patients_sql.INSERT_FIRST_NAME_PART, part)])
    part["patient_id"] = UUID(chart["id"])
    await api.runtime.database.apply([Step(patients_sql.INSERT_FIRST_NAME_PART, part)])


async def test_a_bad_row_does_not_fail_its_neighbours(api: Api, world: World) -> None:
    """Many requests share one commit; the one whose row exists already fails alone."""
    rows = [ledger_row(api, world.clinic_id) for _ in range(40)]
    rows[17]["id"] = rows[3]["id"]
    database = api.runtime.database
    ended = await asyncio.gather(*(database.append(INSERT_LEDGER, [row]) for row in rows), return_exceptions=True)
    failed = [at for at, result in enumerate(ended) if result is not None]
    assert failed in ([17], [3])
    assert isinstance(ended[failed[0]], Duplicate)


async def test_concurrent_steps_each_end_as_their_own(api: Api, world: World) -> None:
    """One of many is refused by its guard; the others are applied."""
    works = [new_clinic(api) for _ in range(20)]
    works[5][0].change(clinics_sql.UPDATE_CLINIC, **no_clinic(), missed=RuntimeError)  # type: ignore[arg-type]  # as above
    ended = await asyncio.gather(*(work.apply() for work, _ in works), return_exceptions=True)
    assert [isinstance(result, RuntimeError) for result in ended] == [at == 5 for at in range(20)]
    assert [await clinic_exists(api, slug) for _, slug in works] == [at != 5 for at in range(20)]


def no_clinic() -> dict[str, object]:
    return {
        "actor_clinic_id": uuid4(),
        "actor_id": uuid4(),
        "actor_sign_in_id": uuid4(),
        "actor_epoch": 1,
        "expected_version": 1,
        "name": "N",
        "time_zone": "UTC",
        "country": "US",
        "hours": {},
        "policies": {},
    }


@pytest.mark.parametrize("is_shared", [True, False], ids=["shared", "alone"])
async def test_a_cancelled_request_does_not_stop_its_commit(
    api: Api, monkeypatch: pytest.MonkeyPatch, is_shared: bool
) -> None:
    driver: Any = api.runtime.database.driver
    begun, may_go_on = asyncio.Event(), asyncio.Event()
    where, name = (driver, "_commit") if driver.dialect == "postgresql" else (driver._writes, "_run")
    commit = getattr(where, name)

    async def held(*arguments: Any) -> Any:
        begun.set()
        await may_go_on.wait()
        return await commit(*arguments)

    monkeypatch.setattr(where, name, held)
    monkeypatch.setattr(postgres, "can_share", lambda _: is_shared)
    work, slug = new_clinic(api)
    waiting = asyncio.ensure_future(work.apply())
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    may_go_on.set()
    await until_async(lambda: clinic_exists(api, slug), "the commit")


async def test_an_unforeseen_failure_of_an_append_is_told_to_everybody_who_waits(api: Api, world: World) -> None:
    rows = [ledger_row(api, world.clinic_id) for _ in range(5)]
    broken = Change.__new__(Change)
    compiled = INSERT_LEDGER.compiled(api.runtime.database.driver.dialect)
    broken._compiled = {api.runtime.database.driver.dialect: replace(compiled, sql="INSERT INTO nowhere VALUES (1)")}
    ended = await asyncio.wait_for(
        asyncio.gather(*(api.runtime.database.append(broken, [row]) for row in rows), return_exceptions=True),
        STUCK_SECONDS,
    )
    assert all(isinstance(error, DatabaseDown) for error in ended)
    await api.runtime.database.append(INSERT_LEDGER, rows)


async def test_a_job_that_breaks_the_writer_s_rules_fails_alone(api: Api, world: World) -> None:
    """Whatever a request's change raises, the next one is applied."""
    work, slug = new_clinic(api)
    work._pending[1].step.values["slug"] = object()  # type: ignore[index]  # no driver can bind it
    with pytest.raises(Exception):  # noqa: B017, PT011  each driver has its own word for it
        await asyncio.wait_for(work.apply(), STUCK_SECONDS)
    assert not await clinic_exists(api, slug)
    good, other = new_clinic(api)
    await asyncio.wait_for(good.apply(), STUCK_SECONDS)
    assert await clinic_exists(api, other)


async def test_a_connection_that_the_server_has_ended_costs_nobody_an_answer(api: Api, settings: Settings) -> None:
    if settings.database_url is None:
        return  # a file has no connections that another could end
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'integration-api' AND datname = current_database()"
    )
    await connection.close()
    kept: Any = api.runtime.database.driver
    await until_async(lambda: all(free.raw.is_closed() for free in kept._free), "connections to be seen as closed")
    for _ in range(10):
        assert (await api.send("GET", "/health/ready")).status_code == 200


def test_missed_says_which_step() -> None:
    assert Missed(3).step == 3


async def test_a_statement_is_planned_once_for_a_connection(postgres_url: str) -> None:
    """Alone and for many at once, it is a named prepared statement under a generic plan."""
    driver = PostgresDriver(postgres_url, size=1)
    await driver.open()
    try:
        for _ in range(3):
            assert [tuple(row) for row in await driver.read("SELECT $1::int AS a", (1,))] == [(1,)]
            found = await asyncio.gather(*(driver.read("SELECT $1::int AS a", (at,)) for at in range(5)))
            assert [[row[0] for row in rows] for rows in found] == [[at] for at in range(5)]
        planned = await driver.read(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements "
            "WHERE statement LIKE '%int AS a%' AND statement NOT LIKE '%plans%'",
            (),
        )
        assert sorted(tuple(row) for row in planned) == [(3, 0), (3, 0)]
    finally:
        await driver.close()
