"""Faults put into the database of a test: commits that wait, commits that fail. Only this database, and only inside."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from integration_api.core import sqlite
from integration_api.settings import Settings

_HOLD = "SELECT pg_advisory_xact_lock(7001)"
_FAIL = "RAISE EXCEPTION 'this commit fails'"


@asynccontextmanager
async def commits_held(settings: Settings) -> AsyncIterator[None]:
    """No transaction that writes to the ledger ends before this does. On SQLite keep it under a second."""
    if settings.database_url is None:
        connection = sqlite.connect(settings.sqlite_path)
        connection.execute("BEGIN IMMEDIATE")
        try:
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


async def somebody_waits(settings: Settings) -> None:
    """Returns once a transaction has done its work and waits for its commit; at once on SQLite, where none can."""
    if settings.database_url is None:
        return
    watcher = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        for _ in range(1000):
            if await watcher.fetchval(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 7001"
            ):
                return
            await asyncio.sleep(0.01)
        raise AssertionError
    finally:
        await watcher.close()


@asynccontextmanager
async def commits_failing(settings: Settings) -> AsyncIterator[None]:
    """Every commit fails although what it writes is right: on SQLite the disk takes no more, on PostgreSQL a
    constraint that is looked at with the commit."""
    if settings.database_url is None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        return
    async with _at_commit(settings, _FAIL):
        yield


@asynccontextmanager
async def _at_commit(settings: Settings, does: str) -> AsyncIterator[None]:
    """PostgreSQL runs `does` in every transaction that wrote to the ledger, as the last thing before its commit."""
    assert settings.database_url is not None
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    await connection.execute(
        f"""CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON ledger
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fault()"""
    )
    try:
        yield
    finally:
        await connection.execute("DROP FUNCTION fault() CASCADE")
        await connection.close()
