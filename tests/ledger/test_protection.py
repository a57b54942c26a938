"""The database itself refuses: triggers on SQLite, the rights of the application's role on PostgreSQL."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import sqlalchemy as sa

from integration_api.app import create_app
from integration_api.ledger.protection import ONLY_GROW
from integration_api.settings import Settings
from integration_api.storage import grants, migrations
from integration_api.storage.database import Duplicate, Prepared
from integration_api.storage.sqlite import connect
from integration_api.storage.statements import STATEMENTS
from tests.applications import application, settings_of
from tests.databases import migrated_postgres, migrated_sqlite
from tests.ledger.hands import triggers
from tests.scene import Scene, succeed_all
from tests.support import World

create_app(Settings())


# ── SQLite ──


@pytest.fixture(scope="module")
async def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which everything exists once, and which nobody has opened."""
    settings = settings_of(tmp_path_factory.mktemp("filled"))
    migrated_sqlite(settings.sqlite_path)
    async with application(settings) as api:
        await Scene.build(await World.build(api))
    return settings.sqlite_path


@pytest.mark.parametrize("table", ONLY_GROW)
async def test_sqlite_refuses_to_change_or_remove_a_row(filled: Path, table: str) -> None:
    connection = connect(filled)
    before = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    assert before
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    updates = [f'UPDATE {table} SET "{name}" = "{name}"' for name in columns]  # noqa: S608
    for change in (*updates, f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match=f"rows of {table} are only ever added"):
            connection.execute(change)
    assert connection.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608
    connection.close()


@pytest.mark.parametrize("table", ONLY_GROW)
async def test_sqlite_refuses_to_replace_a_row(filled: Path, table: str) -> None:
    """By any of its keys, in any of SQLite's ways, over a connection that sets nothing."""
    connection = sqlite3.connect(filled, isolation_level=None)
    before = connection.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608
    columns = ["rowid", *(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))]
    indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})") if row[2]]
    keys = [{row[2] for row in connection.execute(f"PRAGMA index_info({index})")} for index in indexes]
    assert len(before) > 1
    assert keys
    other = {"id": "x'00'", "position": "-5", "number": "-5", "rowid": "NULL", "clinic_id": "x'01'"}
    for key in [{"rowid"}, *keys]:
        values = ", ".join(other.get(name, name) if name not in key else name for name in columns)
        for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"):
            change = f"{verb} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} LIMIT 1"  # noqa: S608
            with pytest.raises(sqlite3.IntegrityError, match=f"UNIQUE constraint failed: {table}"):
                connection.execute(change)
    assert connection.execute(f"SELECT rowid, * FROM {table}").fetchall() == before  # noqa: S608
    connection.close()


@pytest.mark.thorough
async def test_a_second_row_is_told_as_a_duplicate(tmp_path: Path) -> None:
    """By the name of the constraint, with the triggers and without."""
    settings = settings_of(tmp_path)
    migrated_sqlite(settings.sqlite_path)
    async with application(settings) as api:
        await Scene.build(await World.build(api))
        connection = connect(settings.sqlite_path)
        new = {"id": "randomblob(16)", "position": "position + 1000000", "number": "number + 1000000"}
        for removed in ((), triggers(connection)):
            for name in removed:
                connection.execute(f"DROP TRIGGER {name}")
            for table, names in {
                "ledger": {"pk_ledger"},
                "ledger_places": {"pk_ledger_places", "uq_ledger_places_clinic_id_position"},
                "ledger_seals": {"pk_ledger_seals", "uq_ledger_seals_clinic_id_number"},
            }.items():
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                found = set()
                for taken in (("id",), ("position", "number"))[: len(names)]:
                    values = ", ".join(new.get(name, name) if name not in taken else name for name in columns)
                    again = f"INSERT INTO {table} SELECT {values} FROM {table} LIMIT 1"  # noqa: S608
                    with pytest.raises(Duplicate) as told:
                        await api.runtime.database.driver.apply([Prepared(again, (), None)])
                    found.add(told.value.constraint)
                assert found == names, removed
        connection.close()


def test_a_migration_that_makes_a_table_anew_leaves_it_protected(tmp_path: Path) -> None:
    """That drops the triggers, as Alembic's batches do; they are there again after the next migration."""
    path = tmp_path / "journal.sqlite3"
    migrated_sqlite(path)
    connection = connect(path)
    columns = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(ledger_seals)"))
    for step in (
        "CREATE TABLE made_anew AS SELECT * FROM ledger_seals",
        "DROP TABLE ledger_seals",
        "ALTER TABLE made_anew RENAME TO ledger_seals",
    ):
        connection.execute(step)
    assert columns
    assert triggers(connection) == {f"tr_{t}_{verb}" for t in ONLY_GROW[:2] for verb in ("update", "delete", "insert")}
    migrations.migrate_sqlite(path)
    assert triggers(connection) == {f"tr_{t}_{verb}" for t in ONLY_GROW for verb in ("update", "delete", "insert")}
    connection.close()


# ── PostgreSQL ──


@pytest.mark.thorough
def test_the_rights_are_what_the_statements_need() -> None:
    found = grants.rights()
    assert {table: found[table] for table in ONLY_GROW} == {table: {"SELECT", "INSERT"} for table in ONLY_GROW}
    assert found["alembic_version"] == {"SELECT"}
    assert found["reflections"] == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    changed = {s.query.table.name for s in STATEMENTS.values() if isinstance(s.query, sa.Update | sa.Delete)}  # type: ignore[union-attr]  # a table of ours
    assert not changed & set(ONLY_GROW)
    assert not any("TRUNCATE" in verbs for verbs in found.values())


@asynccontextmanager
async def application_role(server_url: str) -> AsyncIterator[tuple[str, str, str]]:
    """A migrated database with a role for the application: the owner's address, the role's, and its name."""
    url, name = await migrated_postgres(server_url), f"app_{uuid4().hex}"
    owner = await asyncpg.connect(url)
    await owner.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'secret'")
    await grants.grant_role(url, name, ONLY_GROW)
    try:
        scheme, _, rest = url.partition("://")
        yield url, f"{scheme}://{name}:secret@{rest.rpartition('@')[2]}", name
    finally:
        await owner.execute(f"DROP OWNED BY {name}")
        await owner.execute(f"DROP ROLE {name}")
        await owner.close()


async def test_the_whole_surface_works_as_the_application_s_role(postgres_url: str, tmp_path: Path) -> None:
    """Every operation, and sealing; then what that role must not do is refused."""
    async with application_role(postgres_url) as (_, url, name):
        async with application(settings_of(tmp_path, url)) as api:
            await succeed_all(await Scene.build(await World.build(api)))
        connection = await asyncpg.connect(url)
        try:
            assert await connection.fetchval("SELECT current_user") == name
            for table in ONLY_GROW:
                assert await connection.fetchval(f"SELECT count(*) FROM {table}") > 0  # noqa: S608
                for refused in (
                    f"UPDATE {table} SET clinic_id = clinic_id",  # noqa: S608
                    f"DELETE FROM {table}",  # noqa: S608
                    f"TRUNCATE {table}",
                    f"DROP TABLE {table}",
                    f"ALTER TABLE {table} DISABLE TRIGGER ALL",
                    f"CREATE TRIGGER t BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                ):
                    with pytest.raises(asyncpg.InsufficientPrivilegeError):
                        await connection.execute(refused)
            for refused in (
                "CREATE TABLE mine (id int)",
                "CREATE TEMPORARY TABLE mine (id int)",
                "CREATE SCHEMA mine",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "UPDATE alembic_version SET version_num = 'x'",
                "CREATE ROLE another",
            ):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(refused)
        finally:
            await connection.close()


async def test_the_role_is_nothing_more_than_it_must_be(postgres_url: str) -> None:
    async with application_role(postgres_url) as (owner_url, _, name):
        connection = await asyncpg.connect(owner_url)
        facts = await connection.fetchrow(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication "
            "FROM pg_roles WHERE rolname = $1",
            name,
        )
        owned = await connection.fetchval(
            "SELECT count(*) FROM pg_class JOIN pg_roles ON relowner = pg_roles.oid WHERE rolname = $1", name
        )
        given = await connection.fetch(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = $1", name
        )
        await connection.execute(f"GRANT ALL ON ledger TO {name}")
        await grants.grant_role(owner_url, name, ONLY_GROW)
        again = await connection.fetch(
            "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = $1", name
        )
        await connection.close()
    assert not any(facts.values())
    assert owned == 0
    assert {(table, verb) for table, verb in given} == {(t, v) for t, verbs in grants.rights().items() for v in verbs}
    assert {tuple(row) for row in again} == {tuple(row) for row in given}, "what it had more is taken away"


async def test_a_role_that_could_do_more_is_refused(postgres_url: str) -> None:
    url, name = await migrated_postgres(postgres_url), f"app_{uuid4().hex}"
    owner = await asyncpg.connect(url)
    me = await owner.fetchval("SELECT current_user")
    try:
        with pytest.raises(grants.RoleUnfit, match="there is no role"):
            await grants.grant_role(url, name, ONLY_GROW)
        for unfit in (me, "mighty", "bypassing", "making", "member"):
            role = unfit if unfit == me else f"{unfit}_{name}"
            more = {"mighty": "SUPERUSER", "bypassing": "BYPASSRLS", "making": "CREATEROLE"}.get(unfit, "")
            if unfit != me:
                await owner.execute(f"CREATE ROLE {role} {more}")
            if unfit == "member":
                await owner.execute(f"GRANT {me} TO {role}")
            with pytest.raises(grants.RoleUnfit, match="needs one of its own"):
                await grants.grant_role(url, role, ONLY_GROW)
            if unfit != me:
                await owner.execute(f"DROP ROLE {role}")
    finally:
        await owner.close()
