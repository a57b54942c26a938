"""Faults put into the database of a test: commits that wait, commits that fail. Only this database, and only inside."""

import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from integration_api.settings import Settings
from integration_api.storage import sqlite
from tests.inline import with_threads
from tests.waiting import STUCK_SECONDS, until_async

_HOLD = "SELECT pg_advisory_xact_lock(7001)"
_REFUSE = "RAISE EXCEPTION 'this row is refused' USING ERRCODE = 'foreign_key_violation'"
_FAIL = "RAISE EXCEPTION 'this commit fails'"


@asynccontextmanager
async def commits_held(settings: Settings) -> AsyncIterator[None]:
    """No transaction that writes to the ledger ends before this does; on SQLite none that writes anything.

    Who waits for it waits as long as the settings let it (`database_wait_seconds`).
    """
    if settings.database_url is None:
        connection = sqlite.connect(settings.sqlite_path, STUCK_SECONDS)
        connection.execute("BEGIN IMMEDIATE")
        try:
            with with_threads():
                yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()
        return
    holder = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        async with _at_commit(settings, f"PERFORM {_HOLD.removeprefix('SELECT ')}"), holder.transaction():
            await holder.execute(_HOLD)
            yield
    finally:
        await holder.close()


async def somebody_waits(settings: Settings, count: int = 1) -> None:
    """Returns once so many transactions have done their work and wait for their commits.

    At once on SQLite, where none can.
    """
    if settings.database_url is None:
        return
    watcher = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        query = "SELECT count(*) >= $1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 7001"
        await until_async(lambda: watcher.fetchval(query, count), "a transaction to wait for its commit")
    finally:
        await watcher.close()


@asynccontextmanager
async def commits_failing(settings: Settings, table: str = "ledger") -> AsyncIterator[None]:
    """Every commit fails although what it writes is right: on SQLite the disk takes no more, on PostgreSQL a
    constraint of this table that is looked at with the commit."""
    if settings.database_url is None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        return
    async with _at_commit(settings, _FAIL, table):
        yield


@asynccontextmanager
async def rows_failing(settings: Settings, event: str, table: str, when: str) -> AsyncIterator[None]:
    """Each change of such a row is refused, as by a constraint: `when` is as "NEW.kind = 'x'"."""
    if settings.database_url is None:
        connection = sqlite.connect(settings.sqlite_path, STUCK_SECONDS)
        fails = "BEGIN INSERT INTO clinics SELECT * FROM clinics LIMIT 1; END"  # one that is there already
        connection.execute(f"CREATE TRIGGER row_fault BEFORE {event} ON {table} WHEN {when} {fails}")
        try:
            yield
        finally:
            connection.execute("DROP TRIGGER row_fault")
            connection.close()
        return
    admin = await asyncpg.connect(settings.database_url.get_secret_value())
    await admin.execute(
        f"""CREATE FUNCTION row_fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_REFUSE}; END $$;
        CREATE TRIGGER row_fault BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION row_fault()"""
    )
    try:
        yield
    finally:
        await admin.execute("DROP FUNCTION row_fault() CASCADE")
        await admin.close()


@asynccontextmanager
async def commits_warning(settings: Settings, table: str = "ledger") -> AsyncIterator[None]:
    """Every commit to this table ends well, with a warning, as one whose wait for a standby was cancelled.

    On PostgreSQL only.
    """
    async with _at_commit(settings, "RAISE WARNING 'canceling wait' USING ERRCODE = '01000'", table):
        yield


@asynccontextmanager
async def _at_commit(settings: Settings, does: str, table: str = "ledger") -> AsyncIterator[None]:
    """PostgreSQL runs `does` in every transaction that wrote to this table, as the last thing before its commit."""
    assert settings.database_url is not None
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    await connection.execute(
        f"""CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fault()"""
    )
    try:
        yield
    finally:
        await connection.execute("DROP FUNCTION fault() CASCADE")
        await connection.close()
