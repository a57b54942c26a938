"""Moving a whole database to the other kind and back: the same rows, one of both served, and killed without harm."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import sqlalchemy as sa

from integration_api.operating import move as moving
from integration_api.operating import row_copies
from integration_api.operating.checks import NotDone
from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite, new_postgres_database
from tests.factories import reflections
from tests.ledger.test_commands import run
from tests.support import World, account_for


@pytest.fixture
async def elsewhere(postgres_url: str, tmp_path: Path) -> Settings:
    """Settings of an empty PostgreSQL without tables."""
    return settings_of(tmp_path / "elsewhere", await new_postgres_database(postgres_url))


def url_of(settings: Settings) -> str:
    assert settings.database_url is not None
    return settings.database_url.get_secret_value()


def raw_rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as the file holds it."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}  # noqa: S608


async def written(settings: Settings) -> tuple[str, str]:
    """Write an entry; its path, and the token of who wrote it."""
    async with application(settings) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await account_for(world.admin, therapist, patient)
        made = await reflections.draft(patient, text="The lake was still.")
        await patient.post("/reflections", {"text": "And again.", "elaborates_id": made["id"]})
        return f"/reflections/{made['id']}", patient.token


async def read(settings: Settings, path: str, token: str) -> object:
    async with application(settings) as api:
        answer = await api.send("GET", path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        return answer.json()["text"]


async def test_there_and_back_every_row_is_byte_for_byte_the_same(
    alone: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    path, token = await written(alone)
    before = raw_rows(alone.sqlite_path)
    code, said = await run(alone, "move", "--to", url_of(elsewhere))
    assert (code, "and are the same" in said) == (0, True), said
    assert await read(elsewhere, path, token) == "The lake was still."
    assert (await run(elsewhere, "ledger", "verify"))[0] == 0
    code, said = await run(alone, "serve")
    assert (code, "was moved to another one" in said) == (1, True), said
    assert "was moved" in (await run(alone, "migrate"))[1]
    back = settings_of(tmp_path / "back")
    code, said = await run(elsewhere, "move", "--to", str(back.data_dir))
    assert code == 0, said
    after = raw_rows(back.sqlite_path)
    changed = {name for name, rows in before.items() if after[name] != rows}
    assert changed <= {"ledger", "ledger_places", "ledger_seals", "sign_ins"}, "the reading was accounted for"
    assert set(before["ledger"]) <= set(after["ledger"])
    assert await read(back, path, token) == "The lake was still."
    code, said = await run(elsewhere, "serve")
    assert (code, "was moved to another one" in said) == (1, True), said


async def test_a_server_that_runs_is_not_moved_away_from(alone: Settings, elsewhere: Settings, tmp_path: Path) -> None:
    async with application(alone):
        code, said = await run(alone, "move", "--to", url_of(elsewhere))
    assert (code, "end the server first" in said) == (1, True), said
    moved = settings_of(tmp_path / "moved", url_of(elsewhere))
    await migrations.migrate_postgres(url_of(moved))
    async with application(moved):
        code, said = await run(moved, "move", "--to", str(tmp_path / "back"))
    assert (code, "end the servers first" in said) == (1, True), said
    assert [path.name for path in (tmp_path / "back").iterdir()] == []


@pytest.fixture
async def of_an_owner(elsewhere: Settings, tmp_path: Path) -> Settings:
    """Settings of a migrated PostgreSQL, whose owner sees nothing of other roles' sessions."""
    role, url = f"owner_{uuid4().hex}", sa.make_url(url_of(elsewhere))
    connection = await asyncpg.connect(url_of(elsewhere))
    await connection.execute(f"CREATE ROLE {role} LOGIN")
    await connection.execute(f'ALTER DATABASE "{url.database}" OWNER TO {role}')
    await connection.close()
    owned = settings_of(tmp_path / "owned", url.set(username=role).render_as_string(hide_password=False))
    await migrations.migrate_postgres(url_of(owned))
    return owned


async def test_a_connection_of_another_role_is_seen(elsewhere: Settings, of_an_owner: Settings, tmp_path: Path) -> None:
    other = await asyncpg.connect(url_of(elsewhere))
    try:
        with pytest.raises(NotDone, match="1 other connections"):
            await moving.move(of_an_owner, str(tmp_path / "to"))
    finally:
        await other.close()


async def test_a_server_that_starts_meanwhile_is_seen_and_waits(
    elsewhere: Settings, of_an_owner: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One connects after the first look: it cannot read its revision, and the second look sees it."""
    look, waited, runner = moving._check_is_unused, list[bool](), asyncio.Runner()
    with ThreadPoolExecutor(1) as thread:
        others = list[asyncpg.Connection]()

        async def connect() -> None:
            others.append(await asyncpg.connect(url_of(elsewhere)))

        async def is_locked() -> bool:
            await others[0].execute("SET lock_timeout = '50ms'")
            try:
                await others[0].fetch("SELECT version_num FROM alembic_version")
            except asyncpg.LockNotAvailableError:
                return True
            return False

        def looked(source: sa.Connection) -> None:
            if others:
                waited.append(thread.submit(lambda: runner.run(is_locked())).result())
            look(source)
            if not others:
                thread.submit(lambda: runner.run(connect())).result()

        monkeypatch.setattr(moving, "_check_is_unused", looked)
        with pytest.raises(NotDone, match="1 other connections"):
            await moving.move(of_an_owner, str(tmp_path / "to"))
        thread.submit(lambda: runner.run(others[0].close())).result()
        thread.submit(runner.close).result()
    assert waited == [True]


class Killed(BaseException):
    """The process ended here."""


async def test_killed_before_its_mark_it_can_be_run_again(
    alone: Settings, elsewhere: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await written(alone)

    def ended(*_: object) -> None:
        raise Killed

    for name in ("check_same", "copy"):  # after all rows, and before any
        with monkeypatch.context() as patch:
            patch.setattr(row_copies, name, ended)
            with pytest.raises(Killed):
                await moving.move(alone, url_of(elsewhere))
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_mark", ended)
        with pytest.raises(Killed):
            await moving.move(alone, url_of(elsewhere))
    moved = await moving.move(alone, url_of(elsewhere))
    assert moved.was_there
    with pytest.raises(NotDone, match="was moved"):
        await moving.move(alone, url_of(elsewhere))


async def test_a_database_that_holds_something_else_is_left_alone(
    alone: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    await written(alone)
    await migrations.migrate_postgres(url_of(elsewhere))
    await written(elsewhere)
    with pytest.raises(NotDone, match="not empty, and holds something else"):
        await moving.move(alone, url_of(elsewhere))
    other = settings_of(tmp_path / "other")
    migrated_sqlite(other.sqlite_path)
    await written(other)
    before = raw_rows(other.sqlite_path)
    with pytest.raises(NotDone, match="not empty, and holds something else"):
        await moving.move(elsewhere, str(other.data_dir))
    assert raw_rows(other.sqlite_path) == before
    assert (await run(alone, "ledger", "verify"))[0] == 0, "and so is the one that was to be moved"


async def test_the_mark_can_be_taken_off(alone: Settings, elsewhere: Settings) -> None:
    path, token = await written(alone)
    await moving.move(alone, url_of(elsewhere))
    assert (await run(alone, "move", "--undo"))[0] == 0
    assert await read(alone, path, token) == "The lake was still."
    code, said = await run(alone, "move", "--undo")
    assert (code, "not marked as moved" in said) == (1, True), said
