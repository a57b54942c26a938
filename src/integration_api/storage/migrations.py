"""Migrations: bring a database to a revision, and name the newest."""

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.postgres_url import connect_without_timeout
from integration_api.storage.sqlite import explained

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.ext.asyncio import AsyncEngine

_PACKAGED = Path(__file__).resolve().parents[1] / "alembic"
_SCRIPTS = _PACKAGED if _PACKAGED.exists() else Path(__file__).resolve().parents[3] / "alembic"
"""In a wheel the migrations lie in the package; in the repository beside its sources."""
_REVISION_LENGTH = len("YYYY_MM_DD_NN")
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


def sqlite_url(path: Path) -> sa.URL:
    """Return SQLAlchemy's URL of the embedded database, for any characters in the path."""
    return sa.URL.create("sqlite", database=str(path))


def _migrate(connection: sa.Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415  serving needs no Alembic
    from alembic.migration import MigrationContext  # noqa: PLC0415  serving needs no Alembic

    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and (why := why_not_migratable(present)):
        raise DatabaseUnfit(why)
    alembic = config()
    alembic.attributes["connection"] = connection
    if revision == "base" or (present is not None and revision < present):  # revisions are dates; "head" is later
        command.downgrade(alembic, revision)
    else:
        command.upgrade(alembic, revision)


def migrate_sqlite(path: Path, revision: str = "head") -> None:
    """Bring the embedded database to a revision, and make the file if it is missing. Raises DatabaseUnfit."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    engine = sa.create_engine(sqlite_url(path))
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            _migrate(connection, revision)
            connection.commit()
    except sa.exc.DBAPIError as error:
        raise explained(path, error.orig or error) from error
    finally:
        engine.dispose()


def postgres_engine(url: str) -> "AsyncEngine":
    """Return SQLAlchemy's engine for a PostgreSQL database. Connecting raises DatabaseDown, DatabaseUnfit."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  serving needs no engine

    return create_async_engine(
        "postgresql+asyncpg://", async_creator=partial(connect_without_timeout, url), poolclass=sa.NullPool
    )


async def migrate_postgres(url: str, revision: str = "head") -> None:
    """Migrate a PostgreSQL database to a revision. Raises DatabaseDown or DatabaseUnfit if it cannot be."""
    engine = postgres_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate, revision)
            await connection.commit()
    except sa.exc.DBAPIError as error:
        first_line = str(error.orig).partition("\n")[0]  # later lines may hold values of rows
        raise DatabaseUnfit(f"the migration failed on PostgreSQL: {first_line.rpartition('>: ')[2]}") from error
    finally:
        await engine.dispose()
