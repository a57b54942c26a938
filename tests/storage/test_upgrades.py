"""Upgrades: which servers may go on, what a migration locks and for how long, and migrations that are killed."""

import asyncio
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import asyncpg
import pytest

from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.migration_plans import postgres_plan, sqlite_plan
from tests.applications import application, settings_of
from tests.architecture.test_schema import constraints_of, schema_of
from tests.databases import migrated_postgres
from tests.keeper import PRODUCT
from tests.processes import ROOT, start
from tests.serving import command, environment
from tests.storage.hand import Hand
from tests.waiting import until_async

EXPAND, FILL = "2099_01_01_01", "2099_01_01_02"
OURS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
_HEAD = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on, serves_with = "{}", "{}", None, None, {}
def downgrade(): pass
def upgrade():
    {}
"""
BODIES = {
    EXPAND: "op.add_column('vault_keys', sa.Column('filled', sa.Integer(), nullable=True))",
    FILL: "op.execute('UPDATE vault_keys SET filled = 1')",
}
SLEEPS = {EXPAND: "op.execute('LOCK TABLE vault_keys'); op.execute('SELECT pg_sleep(600)')"}


def scripts_with(folder: Path, bodies: dict[str, str], serves: bool = True) -> Path:
    """The migrations of the product, and some after them."""
    shutil.copytree(ROOT / "alembic", folder, ignore=shutil.ignore_patterns("__pycache__"))
    before = migrations.latest_revision()
    for revision, body in bodies.items():
        (folder / "versions" / f"{revision}_specimen.py").write_text(_HEAD.format(revision, before, serves, body))
        before = revision
    return folder


@pytest.fixture
def newer(own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program with two more revisions, a column and its values, on a database that was made before."""
    assert own
    folder = scripts_with(tmp_path / "scripts", BODIES)
    monkeypatch.setattr(migrations, "_SCRIPTS", folder)
    migrations.latest_revision.cache_clear()
    yield folder
    monkeypatch.undo()
    migrations.latest_revision.cache_clear()


def url_of(settings: Settings) -> str:
    assert settings.database_url is not None
    return settings.database_url.get_secret_value()


async def migrate(settings: Settings, revision: str = "head") -> None:
    if settings.is_embedded:
        migrations.migrate_sqlite(settings.sqlite_path, revision)
    else:
        await migrations.migrate_postgres(url_of(settings), revision, wait_seconds=1)


async def revision_of(settings: Settings) -> tuple[str, str | None]:
    [[revision, served]] = await Hand(settings).run("SELECT version_num, serves_from FROM alembic_version")
    return revision, served


# ── which servers may go on ──


async def test_a_server_goes_on_if_the_newer_database_says_so(own: Settings) -> None:
    newer = "UPDATE alembic_version SET version_num = '2099_01_01_01', serves_from = ?"
    async with application(own) as api:
        await Hand(own).run(newer, migrations.latest_revision())
        assert (await api.send("GET", "/health/ready")).status_code == 200
    async with application(own) as api:
        assert (await api.send("GET", "/health/ready")).status_code == 200, "one that starts meanwhile too"
        await Hand(own).run(newer, "2099_01_01_01")
        refused = await api.send("GET", "/health/ready")
        assert (refused.status_code, "newer than this program" in refused.json()["detail"]) == (503, True)
        older = "UPDATE alembic_version SET version_num = '2026_11_30_97', serves_from = NULL"
        await Hand(own).run(older)
        refused = await api.send("GET", "/health/ready")
        assert (refused.status_code, "older than this program" in refused.json()["detail"]) == (503, True)
    await Hand(own).run(newer, "2099_01_01_01")
    with pytest.raises(DatabaseUnfit, match="newer than this program"):
        async with application(own):
            pass


async def test_a_migration_keeps_which_servers_may_go_on(own: Settings, newer: Path, tmp_path: Path) -> None:
    before = (await revision_of(own))[0]
    await migrate(own)
    assert await revision_of(own) == (FILL, migrations.serves_from(before)), "each says yes since then"
    await migrate(own, before)
    assert await revision_of(own) == (before, migrations.serves_from(before))
    (newer / "versions" / f"{FILL}_specimen.py").write_text(_HEAD.format(FILL, EXPAND, False, BODIES[FILL]))
    await Hand(own).run("ALTER TABLE vault_keys DROP COLUMN filled")
    await migrate(own, EXPAND)
    assert (await revision_of(own))[1] == migrations.serves_from(before)
    await migrate(own)
    assert await revision_of(own) == (FILL, FILL), "the last one says no"


# ── what it locks, and for how long ──


@pytest.mark.usefixtures("newer")
async def test_a_plan_says_what_is_to_come(own: Settings) -> None:
    latest = (await revision_of(own))[0]
    planned = sqlite_plan(own.sqlite_path) if own.is_embedded else await postgres_plan(url_of(own))
    assert planned.present == latest
    assert [(one.revision, one.serves_with, one.locks, one.is_known) for one in planned.revisions] == [
        (EXPAND, True, {"vault_keys": "reads and writes"}, True),
        (FILL, True, {"vault_keys": "the rows that it changes"}, True),
    ]
    assert (await revision_of(own))[0] == latest, "nothing was done"


async def test_a_plan_of_an_older_database_names_locks(postgres_url: str, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    await migrate(settings, "2026_11_30_95")
    found = {one.revision: one for one in (await postgres_plan(url_of(settings))).revisions}
    assert found["2026_12_01_02"].locks == {"patients": "nothing that you notice"}
    assert found["2026_12_01_02"].serves_with
    assert not found["2026_11_30_97"].serves_with, "it says nothing"
    assert found["2026_11_30_97"].locks["notes"] == "reads and writes"
    assert found["2026_11_30_97"].locks["tombstones"] == "writes"
    assert len(sqlite_plan(tmp_path / "none.sqlite3").revisions) > 50


@pytest.mark.usefixtures("newer")
async def test_a_migration_waits_for_a_lock_no_longer_than_it_says(own: Settings) -> None:
    if own.is_embedded:
        return  # SQLite locks its whole file
    settings, before = own, await revision_of(own)
    reader = await asyncpg.connect(url_of(settings))
    reading = reader.transaction()
    await reading.start()
    await reader.fetch("SELECT count(*) FROM vault_keys")
    with pytest.raises(DatabaseUnfit, match="in use for more than 1 s"):
        await migrate(settings)
    assert await revision_of(settings) == before
    await reading.rollback()
    await reader.close()
    await migrate(settings)
    assert (await revision_of(settings))[0] == FILL


async def test_a_migration_holds_its_locks_no_longer_than_it_says(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    before = await revision_of(settings)
    monkeypatch.setattr(migrations, "_SCRIPTS", scripts_with(tmp_path / "scripts", SLEEPS))
    migrations.latest_revision.cache_clear()
    try:
        with pytest.raises(DatabaseUnfit, match="held its locks for more than 1 s"):
            await migrations.migrate_postgres(url_of(settings), hold_seconds=1)
    finally:
        monkeypatch.undo()
        migrations.latest_revision.cache_clear()
    assert await revision_of(settings) == before
    await Hand(settings).run("SELECT id FROM vault_keys FOR UPDATE NOWAIT")


# ── killed ──


async def declared(settings: Settings) -> object:
    if settings.is_embedded:
        return schema_of(settings.sqlite_path)
    return await constraints_of(url_of(settings))


@pytest.mark.thorough
async def test_a_migration_that_is_killed_leaves_a_whole_revision_and_is_run_again(
    own: Settings, tmp_path: Path
) -> None:
    first, schemas = "2026_11_30_86", dict[str, object]()
    await migrate(own, first)
    to_come = [script.revision for script in migrations.pending(first)]
    for revision in (first, *to_come):
        await migrate(own, revision)
        schemas[revision] = await declared(own)
    await migrate(own, first)
    env = environment(own.data_dir, None if own.is_embedded else url_of(own), INTEGRATION_API_MASTER_KEY=OURS)
    seen = set[str]()
    for wanted in (*to_come[1:-1:2], to_come[1]):
        migrating = start(PRODUCT, ("integration-api", "migrate"), env)
        await until_async(partial(_has_come_to, own, wanted), f"revision {wanted}")
        await asyncio.to_thread(migrating.kill)
        [[revision]] = await Hand(own).run("SELECT version_num FROM alembic_version")
        assert await declared(own) == schemas[revision], f"killed after {revision}"
        seen.add(revision)
    assert seen
    assert (await asyncio.to_thread(command, "migrate", env=env)).returncode == 0
    assert await declared(own) == schemas[to_come[-1]]


async def _has_come_to(settings: Settings, revision: str) -> bool:
    [[found]] = await Hand(settings).run("SELECT version_num FROM alembic_version")
    return str(found) >= revision


async def test_an_index_that_a_killed_build_left_is_built_anew(postgres_url: str, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    await migrate(settings, "2026_11_30_97")
    hand = Hand(settings)
    await hand.run("CREATE INDEX ix_patients_erased ON patients (clinic_id, id)")
    await hand.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_patients_erased'::regclass")
    await migrate(settings)
    [[text, valid]] = await hand.run(
        "SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index WHERE indexrelid = 'ix_patients_erased'::regclass"
    )
    assert ("erased_at IS NOT NULL" in text, valid) == (True, True)
