"""SQLite alone: a disk that is full, a lock that is held, a broken file. Each is a 503, and the log says which."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from integration_api.access.actor import Role
from integration_api.settings import Settings
from integration_api.storage import sqlite
from integration_api.storage.database import DatabaseDown
from integration_api.storage.sqlite import SqliteDriver
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.faults import commits_failing
from tests.support import Person, World

TEXT = "The lake was still."


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """Settings of a database that no other test uses."""
    migrated_sqlite(tmp_path / "journal.sqlite3")
    return settings_of(tmp_path)


def reasons(caplog: pytest.LogCaptureFixture) -> set[str]:
    """What the log says of a database that is down, and no more than a name."""
    found = [record for record in caplog.records if record.message == "database_down"]
    assert all(record.exc_info and record.exc_info[0] for record in found)
    return {getattr(record, "fields")["reason"] for record in found}  # noqa: B009  logging adds it to the record


async def is_down(patient: Person, *, reading: bool = True) -> None:
    """Every request is a 503 that says when to come back."""
    posted = await patient.send("POST", "/reflections", {"text": TEXT})
    got = await patient.send("GET", "/reflections") if reading else posted
    for answer in (posted, got):
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert "retry-after" in answer.headers


@pytest.mark.thorough
async def test_a_full_disk_is_503_and_serving_goes_on_afterwards(
    alone: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with application(alone) as api:
        world = await World.build(api)
        patient = await world.patient_of(await world.therapist())
        async with commits_failing(alone):
            await is_down(patient)
            await is_down(patient)
        assert reasons(caplog) <= {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
        await patient.post("/reflections", {"text": TEXT})


async def test_a_lock_that_is_held_is_503(alone: Settings, caplog: pytest.LogCaptureFixture) -> None:
    async with application(alone.model_copy(update={"database_wait_seconds": 0.05})) as api:
        world = await World.build(api)
        patient = await world.patient_of(await world.therapist())
        holder = sqlite.connect(alone.sqlite_path)
        holder.execute("BEGIN IMMEDIATE")
        await is_down(patient)
        holder.execute("ROLLBACK")
        holder.close()
        assert reasons(caplog) <= {"SQLITE_BUSY", "busy"}
        assert "SQLITE_BUSY" in reasons(caplog)
        await patient.post("/reflections", {"text": TEXT})


@contextmanager
def broken(path: Path, table: str) -> Iterator[None]:
    """The first page of a table is overwritten."""
    connection = sqlite3.connect(path)
    [[page]] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    [[size]] = connection.execute("PRAGMA page_size")
    connection.close()
    before = path.read_bytes()
    start = (page - 1) * size
    path.write_bytes(before[:start] + b"\xff" * size + before[start + size :])
    try:
        yield
    finally:
        path.write_bytes(before)


@pytest.mark.thorough
@pytest.mark.parametrize("table", ["ledger", "reflections"])
async def test_a_broken_file_is_503(alone: Settings, caplog: pytest.LogCaptureFixture, table: str) -> None:
    async with application(alone) as api:
        world = await World.build(api)
        patient = await world.patient_of(await world.therapist())
        await patient.post("/reflections", {"text": TEXT})
    with broken(alone.sqlite_path, table):
        async with application(alone) as api:
            patient.api = api
            await is_down(patient)
            assert (await api.send("GET", "/health/live")).status_code == 200
        assert reasons(caplog) == {"SQLITE_CORRUPT"}


async def test_a_file_that_is_no_database_any_more_is_503(alone: Settings, caplog: pytest.LogCaptureFixture) -> None:
    async with application(alone) as api:
        world = await World.build(api)
        staff = await world.staff(Role.THERAPIST)
        patient = await world.patient_of(staff)
        whole = alone.sqlite_path.read_bytes()
        with alone.sqlite_path.open("r+b") as file:
            file.write(b"\0" * 4096)
        driver = api.runtime.database.driver
        assert isinstance(driver, SqliteDriver)
        driver._opened.clear()
        driver._local, driver._writing = threading.local(), None  # as if each of them connected now
        await is_down(patient)
        alone.sqlite_path.write_bytes(whole)
        await patient.get("/reflections")
    assert reasons(caplog) <= {"SQLITE_NOTADB", "SQLITE_CORRUPT"}


async def test_a_value_that_cannot_be_bound_fails_alone(alone: Settings) -> None:
    driver = SqliteDriver(alone.sqlite_path)
    await driver.open()
    try:
        values: list[object] = [1, 2**70, 3, object()]
        ended = await asyncio.gather(*(driver.read("SELECT ?", (value,)) for value in values), return_exceptions=True)
        assert ended[0] == [(1,)]
        assert ended[2] == [(3,)]
        assert isinstance(ended[1], OverflowError)
        assert isinstance(ended[3], Exception)
        with pytest.raises(DatabaseDown) as caught:
            await driver.read("SELECT * FROM nowhere", ())
        assert caught.value.reason == "SQLITE_ERROR"
    finally:
        await driver.close()
