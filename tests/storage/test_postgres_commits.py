"""PostgreSQL alone: a 2xx means that the commit is durable, whatever the server is set to and warns of."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from integration_api.ledger.append import INSERT_LEDGER
from integration_api.resources.people.clinics import statements as clinics_sql
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown, Rows, Step
from integration_api.storage.postgres import PostgresDriver
from tests.applications import application, settings_of
from tests.databases import migrated_postgres, new_postgres_database
from tests.faults import commits_warning
from tests.storage.test_drivers import ledger_row, new_clinic
from tests.support import Api, World


@pytest.fixture(params=["statement", "transaction"])
async def applying(request: pytest.FixtureRequest, postgres_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    """An application that applies changes this way."""
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    async with application(settings.model_copy(update={"postgres_apply": request.param})) as api:
        yield api


def settings_in(api: Api) -> Settings:
    driver: Any = api.runtime.database.driver
    return settings_of(Path(), driver._arguments["dsn"])


async def test_a_commit_with_a_warning_is_503_and_a_retry_finds_what_became_of_it(applying: Api) -> None:
    world = await World.build(applying)
    patient = await world.patient_of(await world.therapist())
    driver: Any = applying.runtime.database.driver
    key, before = uuid4().hex, set(driver._free)
    async with commits_warning(settings_in(applying)):
        for ask in (
            patient.send("POST", "/reflections", {"text": "The lake was still."}, key=key),
            patient.send("GET", "/reflections"),
        ):
            answer = await ask
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert "retry-after" in answer.headers
        assert not before & set(driver._free)
        assert all(connection.raw.is_closed() for connection in before)
    answer = await patient.send("POST", "/reflections", {"text": "The lake was still."}, key=key)
    assert (answer.status_code, answer.headers["idempotency-replayed"]) == (201, "true")
    assert len((await patient.get("/reflections"))["items"]) == 1


async def test_every_way_to_commit_sees_the_warning(applying: Api) -> None:
    """Alone, together with others, as an append, and as a load."""
    world, database = await World.build(applying), applying.runtime.database
    async with commits_warning(settings_in(applying)):
        steps = [[Step(INSERT_LEDGER, ledger_row(applying, world.clinic_id))] for _ in range(5)]
        ways = [
            database.apply(steps[0]),
            *(database.apply(step) for step in steps[1:4]),
            *(database.append(INSERT_LEDGER, [ledger_row(applying, world.clinic_id)]) for _ in range(5)),
            database.load(steps[4][0], Rows(INSERT_LEDGER, [ledger_row(applying, world.clinic_id)])),
        ]
        ended = await asyncio.gather(*ways, return_exceptions=True)
        assert [str(end) for end in ended] == ["warning 01000"] * len(ways)
        assert {type(end) for end in ended} == {DatabaseDown}


async def test_a_warning_outside_a_commit_is_none_of_it(applying: Api) -> None:
    driver = applying.runtime.database.driver
    await driver.read("DO $$ BEGIN RAISE WARNING 'of something else'; END $$", ())
    assert await driver.read("SELECT 1", ()) == [(1,)]
    work, slug = new_clinic(applying)
    await work.apply()
    assert await applying.runtime.database.one(clinics_sql.CLINIC_BY_SLUG, {"slug": slug}) is not None


async def test_a_transaction_is_read_committed_whatever_the_database_is_set_to(postgres_url: str) -> None:
    url = await new_postgres_database(postgres_url)
    owner = await asyncpg.connect(url)
    name = await owner.fetchval("SELECT current_database()")
    await owner.execute(f"ALTER DATABASE {name} SET default_transaction_isolation = 'repeatable read'")
    await owner.close()
    driver = PostgresDriver(url, 1)
    await driver.open()
    try:
        assert await driver.read("SHOW transaction_isolation", ()) == [("read committed",)]
    finally:
        await driver.close()


@pytest.mark.parametrize(
    ("given", "holds"),
    [("off", "on"), ("local", "on"), ("remote_write", "on"), ("on", "on"), ("remote_apply", "remote_apply")],
)
@pytest.mark.parametrize("on", ["DATABASE", "ROLE"])
async def test_a_commit_waits_for_the_disk_whatever_the_database_or_role_is_set_to(
    postgres_url: str, on: str, given: str, holds: str
) -> None:
    url, role = await new_postgres_database(postgres_url), f"r{uuid4().hex}"
    owner = await asyncpg.connect(url)
    await owner.execute(f"CREATE ROLE {role} LOGIN")
    name = role if on == "ROLE" else await owner.fetchval("SELECT current_database()")
    await owner.execute(f"ALTER {on} {name} SET synchronous_commit = {given}")
    await owner.close()
    driver = PostgresDriver(url.replace("postgres@", f"{role}@"), 1)
    await driver.open()
    try:
        assert await driver.read("SHOW synchronous_commit", ()) == [(holds,)]
    finally:
        await driver.close()
