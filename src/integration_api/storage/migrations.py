"""Migrations: bring a database to a revision, name the newest, and say which servers may go on.

Each revision is one transaction. A revision says in its file whether servers of the revision before may go on
(`serves_with`). The database keeps what follows from that, for servers that do not have the file.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.postgres_url import connect_without_timeout
from integration_api.storage.sqlite import explained

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import Script, ScriptDirectory
    from sqlalchemy.ext.asyncio import AsyncEngine

_PACKAGED = Path(__file__).resolve().parents[1] / "alembic"
_SCRIPTS = _PACKAGED if _PACKAGED.exists() else Path(__file__).resolve().parents[3] / "alembic"
"""In a wheel the migrations lie in the package; in the repository beside its sources."""
_REVISION_LENGTH = len("YYYY_MM_DD_NN")
SERVES_SINCE = "2026_12_01_02"
"""The revision since which a database keeps the oldest revision whose servers may go on."""
WAIT_SECONDS = 5
"""The longest wait of a migration for a lock on PostgreSQL. What comes after it in the queue waits as long."""
HOLD_SECONDS = 60
"""The longest time for which a transaction of a migration holds its locks on PostgreSQL. Our own choice."""
PAGE_SECONDS = 1
"""The longest time for which a page of a fill holds its rows on PostgreSQL. Our own choice."""
_LOCK_NOT_AVAILABLE, _TIMEOUTS = "55P03", ("57014", "25P04")
_HAS_TRANSACTION_TIMEOUT = 170_000
Advance = Callable[[int], None]
Begin = Callable[[int], Advance]
MOVED = "moved:"
"""Before the revision of a database that `integration-api move` has copied: nothing serves or migrates it."""


def config() -> "Config":
    """Return the configuration of Alembic, instead of an ini file."""
    from alembic.config import Config  # noqa: PLC0415  serving needs no Alembic, which is a sixth of the memory

    found = Config()
    found.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))  # a lone % would be read as a variable
    return found


@lru_cache
def latest_revision() -> str:
    """Return the latest revision that this code contains. Revisions are dates, and file names begin with them."""
    return max(_known())


def _known() -> set[str]:
    return {path.stem[:_REVISION_LENGTH] for path in (_SCRIPTS / "versions").glob("*.py")}


def why_not_migratable(revision: str) -> str | None:
    """Return why a database at this revision cannot be migrated to `latest_revision`, or None if it can be."""
    if revision == latest_revision() or revision in _known():
        return None
    if revision.startswith(MOVED):
        return (
            "this database was moved to another one, which is to be served; `integration-api move --undo` takes the "
            "mark off, if that one was never served"
        )
    if revision > latest_revision():
        return (
            f"the database is at revision {revision}, newer than this program's {latest_revision()}; run the newer "
            "program, or restore a backup made before its migration"
        )
    return (
        f"the database is at revision {revision}, unknown to this program; run the program that made it, "
        "or restore a backup"
    )


def is_newer(revision: str) -> bool:
    """Return whether a database is at a revision that came after this program."""
    return revision > latest_revision() and not revision.startswith(MOVED)


def may_serve(revision: str, serves_from: str | None) -> bool:
    """Return whether this program may serve a database, by its revision and the oldest that it lets go on."""
    if revision == latest_revision():
        return True
    return is_newer(revision) and serves_from is not None and serves_from <= latest_revision()


def serves_from(revision: str) -> str:
    """Return the oldest revision whose servers may go on at this one, by what each file between says."""
    script = scripts().get_revision(revision)
    while says_serves_with(script) and isinstance(script.down_revision, str):
        script = scripts().get_revision(script.down_revision)
    return script.revision


def says_serves_with(script: "Script") -> bool:
    """Return whether servers of the revision before may go on. They may not if its file does not say so."""
    return bool(getattr(script.module, "serves_with", False))


def scripts() -> "ScriptDirectory":
    """Return the migrations of this program."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  serving needs no Alembic

    return ScriptDirectory.from_config(config())


def pending(present: str | None) -> "list[Script]":
    """Return the revisions that are to come, in order. Raises DatabaseUnfit."""
    if present is not None and (why := why_not_migratable(present)):
        raise DatabaseUnfit(why)
    return [*reversed([*scripts().iterate_revisions("head", present or "base")])]


def sqlite_url(path: Path) -> sa.URL:
    """Return SQLAlchemy's URL of the embedded database, for any characters in the path."""
    return sa.URL.create("sqlite", database=str(path))


def present_revision(connection: sa.Connection) -> str | None:
    """Return the revision of a database, or None if it has no tables yet. Raises DatabaseUnfit."""
    from alembic.migration import MigrationContext  # noqa: PLC0415  serving needs no Alembic

    found = MigrationContext.configure(connection).get_current_heads()
    connection.rollback()  # else every revision would be part of the transaction that this read began
    if len(found) > 1:
        raise DatabaseUnfit(
            f"the database names {len(found)} revisions at once, which no program of ours leaves; restore a backup"
        )
    return found[0] if found else None


def newer_but_served(connection: sa.Connection, present: str | None) -> str | None:
    """Return the revision of a newer database that lets this program go on; None if it is of another kind."""
    if present is None or not is_newer(present):
        return None
    told = connection.exec_driver_sql("SELECT serves_from FROM alembic_version").scalar()
    connection.rollback()
    return present if may_serve(present, told) else None


def _migrate(connection: sa.Connection, revision: str, begin: Begin) -> str | None:
    """Migrate, unless the database is newer and lets this program go on. Returns the revision of such a one."""
    from alembic import command  # noqa: PLC0415  serving needs no Alembic

    present = present_revision(connection)
    if revision == "head" and (newer := newer_but_served(connection, present)):
        return newer
    if present is not None and (why := why_not_migratable(present)):
        raise DatabaseUnfit(why)
    alembic = config()
    alembic.attributes["connection"] = connection
    alembic.attributes["begin"] = begin
    if revision == "base" or (present is not None and revision < present):  # revisions are dates; "head" is later
        alembic.attributes["done"] = lambda _: None
        command.downgrade(alembic, revision)
    else:
        alembic.attributes["done"] = begin(len(pending(present)))
        command.upgrade(alembic, revision)
    return None


def _untold(_: int) -> Advance:
    return lambda _done: None


def sqlite_engine(path: Path) -> sa.Engine:
    """Return SQLAlchemy's engine for a file: every transaction is begun at once, and holds what changes tables too."""
    engine = sa.create_engine(sqlite_url(path))

    @sa.event.listens_for(engine, "connect")
    def begin_nothing(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def migrate_sqlite(path: Path, revision: str = "head", begin: Begin = _untold) -> str | None:
    """Bring the embedded database to a revision, and make the file if it is missing. Raises DatabaseUnfit.

    A newer database that lets this program go on is left alone, and its revision returned.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    engine = sqlite_engine(path)
    try:
        with closing(sqlite3.connect(path)) as first:
            first.execute("PRAGMA journal_mode=WAL")
        with engine.connect() as connection:
            newer = _migrate(connection, revision, begin)
            connection.commit()
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        raise explained(path, getattr(error, "orig", None) or error) from error
    finally:
        engine.dispose()
    return newer


def postgres_engine(url: str) -> "AsyncEngine":
    """Return SQLAlchemy's engine for a PostgreSQL database. Connecting raises DatabaseDown, DatabaseUnfit."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  serving needs no engine

    return create_async_engine(
        "postgresql+asyncpg://", async_creator=partial(connect_without_timeout, url), poolclass=sa.NullPool
    )


async def migrate_postgres(
    url: str,
    revision: str = "head",
    begin: Begin = _untold,
    wait_seconds: int = WAIT_SECONDS,
    hold_seconds: int = HOLD_SECONDS,
) -> str | None:
    """Migrate a PostgreSQL database to a revision. Raises DatabaseDown or DatabaseUnfit if it cannot be.

    A newer database that lets this program go on is left alone, and its revision returned.
    It waits `wait_seconds` for a lock, and holds those of a revision for `hold_seconds`; 0 is without a bound. If it
    takes longer, what that revision did is undone, and it can be run again.
    """
    engine = postgres_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_bound_locks, wait_seconds, hold_seconds)
            newer = await connection.run_sync(_migrate, revision, begin)
            await connection.commit()
    except sa.exc.DBAPIError as error:
        raise DatabaseUnfit(why_failed(error, wait_seconds, hold_seconds)) from error
    finally:
        await engine.dispose()
    return newer


def _bound_locks(connection: sa.Connection, wait_seconds: int, hold_seconds: int) -> None:
    [[version]] = connection.exec_driver_sql("SELECT current_setting('server_version_num')::int")
    held = "transaction_timeout" if version >= _HAS_TRANSACTION_TIMEOUT else "statement_timeout"
    connection.exec_driver_sql(f"SET lock_timeout = '{wait_seconds}s'")
    connection.exec_driver_sql(f"SET {held} = '{hold_seconds}s'")
    connection.commit()


def why_failed(error: sa.exc.DBAPIError, wait_seconds: int = WAIT_SECONDS, hold_seconds: int = HOLD_SECONDS) -> str:
    """Return what PostgreSQL said of a migration or its plan, in one line for the operator."""
    code = getattr(error.orig, "sqlstate", None)
    if code == _LOCK_NOT_AVAILABLE:
        return (
            f"a table that the migration changes was in use for more than {wait_seconds} s; the revision was undone, "
            "and servers go on. Run `integration-api migrate` again, in a quiet hour or with a longer --wait-seconds"
        )
    if code in _TIMEOUTS or "transaction timeout" in str(error.orig):  # the connection went with it
        return (
            f"the migration would have held its locks for more than {hold_seconds} s; the revision was undone, and "
            "servers go on. Run `integration-api migrate` again with a longer --hold-seconds, in a quiet hour"
        )
    first_line = str(error.orig).partition("\n")[0]  # later lines may hold values of rows
    return f"the migration failed on PostgreSQL: {first_line.rpartition('>: ')[2]}"
