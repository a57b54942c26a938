"""Long fills of migrations: page by page, killed and repeated, and a writer waits for one page at most."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.migration_plans import postgres_plan
from tests.processes import ROOT, Child, start
from tests.serving import environment
from tests.storage.hand import Hand
from tests.storage.test_upgrades import BODIES, EXPAND, FILL, OURS, migrate, revision_of, scripts_with, url_of
from tests.waiting import until_async

COUNT, PAGE = 1_000, 100
BODY = """from integration_api.storage.long_fills import fill
    keys = [sa.column(name, sa.Uuid()) for name in ("clinic_id", "id")]
    rows = sa.table("vault_keys", *keys, sa.column("filled", sa.Integer()))
    fill(rows, {"filled": sa.func.coalesce(rows.c.filled, 0) + 1}, rows.c.filled.is_(None), rows=100)
"""
HELD = """    from pathlib import Path
    import threading
    Path({!r}).touch()
    threading.Event().wait()
"""
"""Of SQLite: so that it is killed after its pages and before its commit."""
MIGRATE = """
import sys
from pathlib import Path
from integration_api.storage import migrations
migrations._SCRIPTS = Path(sys.argv.pop(1))
from integration_api.cli.main import main
main()
"""
WRITER_SECONDS = 30 * migrations.PAGE_SECONDS
ROWS = {
    "sqlite": """INSERT INTO vault_keys (clinic_id, id, wrapped_key, created_at)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
        SELECT lower(hex(randomblob(16))), lower(hex(randomblob(16))), x'00', '2026-11-30 12:00:00' FROM n""",
    "postgresql": """INSERT INTO vault_keys (clinic_id, id, wrapped_key, created_at)
        SELECT gen_random_uuid(), gen_random_uuid(), ''::bytea, now() FROM generate_series(1, 1000)""",
}


@pytest.fixture
async def hand(own: Settings) -> Hand:
    """A database with a thousand rows more."""
    found = Hand(own)
    await found.run("DELETE FROM vault_keys")
    await found.run(ROWS["sqlite" if own.is_embedded else "postgresql"])
    return found


@pytest.fixture
def scripts(own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program with two more revisions, a column and a fill of it, on a database that was made before."""
    assert own
    folder = scripts_with(tmp_path / "scripts", {**BODIES, FILL: BODY})
    monkeypatch.setattr(migrations, "_SCRIPTS", folder)
    migrations.latest_revision.cache_clear()
    yield folder
    monkeypatch.undo()
    migrations.latest_revision.cache_clear()


async def filled(hand: Hand) -> int:
    return int(await hand.value("SELECT count(*) FROM vault_keys WHERE filled = 1"))


async def is_whole(hand: Hand) -> bool:
    """Whether each row was filled, and none twice."""
    [[least, most, missing]] = await hand.run(
        "SELECT min(filled), max(filled), count(*) - count(filled) FROM vault_keys"
    )
    return (least, most, missing) == (1, 1, 0)


@asynccontextmanager
async def last_row_held(settings: Settings) -> AsyncIterator[None]:
    """The row that the fill comes to last, in use by somebody."""
    connection = await asyncpg.connect(url_of(settings))
    using = connection.transaction()
    await using.start()
    await connection.fetch("SELECT id FROM vault_keys ORDER BY clinic_id DESC, id DESC LIMIT 1 FOR UPDATE")
    yield
    await using.rollback()
    await connection.close()


@pytest.mark.usefixtures("scripts")
async def test_a_fill_fills_each_row_once_and_is_repeated_without_harm(own: Settings, hand: Hand) -> None:
    await migrate(own)
    assert (await is_whole(hand), (await revision_of(own))[0]) == (True, FILL)
    await hand.run("UPDATE alembic_version SET version_num = ?", EXPAND)
    await hand.run("UPDATE vault_keys SET filled = NULL WHERE id IN (SELECT id FROM vault_keys ORDER BY id LIMIT 250)")
    await migrate(own)
    assert await is_whole(hand)


@pytest.mark.usefixtures("scripts")
async def test_a_plan_says_that_a_fill_holds_a_page(own: Settings) -> None:
    if own.is_embedded:
        return
    last = (await postgres_plan(url_of(own))).revisions[-1]
    assert last.locks == {"vault_keys": f"a page of its rows, for at most {migrations.PAGE_SECONDS} s"}
    assert last.is_known


@pytest.mark.usefixtures("scripts")
async def test_a_writer_waits_for_one_page_at_most(own: Settings, hand: Hand) -> None:
    if own.is_embedded:
        return  # SQLite locks its whole file
    await migrate(own, EXPAND)  # a new column waits for rows in use
    async with last_row_held(own):
        filling = asyncio.create_task(migrations.migrate_postgres(url_of(own), wait_seconds=0))
        await until_async(lambda: _waits(hand), "a page that waits for the row in use")
        assert COUNT - PAGE <= await filled(hand) < COUNT, "earlier pages are there already"
        writer = await asyncpg.connect(url_of(own))
        await writer.execute(f"SET lock_timeout = '{WRITER_SECONDS}s'")
        rows = "SELECT id FROM vault_keys ORDER BY clinic_id DESC, id DESC LIMIT 100 OFFSET 1"
        await writer.execute(f"UPDATE vault_keys SET wrapped_key = '\\x01' WHERE id IN ({rows})")  # noqa: S608  ours
        await writer.close()
        assert not filling.done()
    await filling
    assert (await is_whole(hand), (await revision_of(own))[0]) == (True, FILL)


@pytest.mark.usefixtures("scripts")
async def test_a_row_in_use_ends_the_fill_and_what_is_filled_stays(own: Settings, hand: Hand) -> None:
    if own.is_embedded:
        return  # as above
    await migrate(own, EXPAND)  # a new column waits for rows in use
    async with last_row_held(own):
        with pytest.raises(DatabaseUnfit, match="was in use for more than 2 s; what was filled stays"):
            await migrations.migrate_postgres(url_of(own), wait_seconds=2)
        assert (await filled(hand), (await revision_of(own))[0]) == (COUNT - 1, EXPAND)
    await migrate(own)
    assert (await is_whole(hand), (await revision_of(own))[0]) == (True, FILL)


async def _waits(hand: Hand) -> bool:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE vault_keys%'"
    return bool(await hand.value(f"{waiting} AND datname = current_database()"))


def migrating(settings: Settings, scripts: Path) -> Child:
    """Another process, with these migrations."""
    env = environment(settings.data_dir, None if settings.is_embedded else url_of(settings))
    env |= {"INTEGRATION_API_MASTER_KEY": OURS, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return start("program", [sys.executable, "-c", MIGRATE, str(scripts), "migrate"], env)


async def test_a_fill_that_is_killed_is_run_again(own: Settings, hand: Hand, scripts: Path, tmp_path: Path) -> None:
    file, body = next((scripts / "versions").glob(f"{FILL}*")), None
    if own.is_embedded:
        body, reached = file.read_text("utf-8"), tmp_path / "reached"
        file.write_text(body + HELD.format(str(reached)), "utf-8")
        killed = migrating(own, scripts)
        await until_async(lambda: _exists(reached), "the end of its pages")
        await asyncio.to_thread(killed.kill)
        assert (await revision_of(own))[0] == EXPAND
        assert await filled(hand) == 0, "what the revision did is undone"
        file.write_text(body, "utf-8")
    else:
        await migrate(own, EXPAND)
        async with last_row_held(own):
            killed = migrating(own, scripts)
            await until_async(lambda: _has_filled(hand, COUNT - PAGE), "all pages but the last")
            await asyncio.to_thread(killed.kill)
            assert (await revision_of(own))[0] == EXPAND
            assert COUNT - PAGE <= await filled(hand) < COUNT, "what it filled stays"
    assert await asyncio.to_thread(migrating(own, scripts).wait) == 0
    assert (await is_whole(hand), (await revision_of(own))[0]) == (True, FILL)


async def _exists(path: Path) -> bool:
    return await asyncio.to_thread(path.exists)


async def _has_filled(hand: Hand, count: int) -> bool:
    if (await hand.run("SELECT version_num FROM alembic_version"))[0][0] != EXPAND:
        return False
    return await filled(hand) >= count
