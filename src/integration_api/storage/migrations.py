"""Migrations: bring a database to a revision, and name the newest."""

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.postgres_url import connect_alone
from integration_api.storage.sqlite import explained

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.ext.asyncio import AsyncEngine

_SCRIPTS = Path(__file__).resolve().parents[3] / "alembic"
_REVISION = len("YYYY_MM_DD_NN")


def config() -> "Config":
    """Return Alembic's configuration; there is no ini file. A server that only serves never loads Alembic."""
    from alembic.config import Config  # noqa: PLC0415  a sixth of the process's memory

    made = Config()
    made.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))  # a lone % would be read as a variable
    return made


@lru_cache
def head() -> str:
    """Return the newest revision of the code: revisions are dates, and the files are named after them."""
    return max(_known())


def _known() -> set[str]:
    return {path.stem[:_REVISION] for path in (_SCRIPTS / "versions").glob("*.py")}


def unfit(revision: str) -> str | None:
    """Say why a database at this revision is beyond this program, or return None if it can be migrated to head."""
    if revision == head() or revision in _known():
        return None
    if revision > head():
        return (
            f"the database is at revision {revision}, and this program ends at {head()}: a newer program has migrated "
            "it, so run that one, or restore a backup made before"
        )
    return f"the database is at revision {revision}, which this program does not know"


def sqlite_url(path: Path) -> sa.URL:
    """Return SQLAlchemy's URL of the embedded database, for any characters in the path."""
    return sa.URL.create("sqlite", database=str(path))


def _migrate(connection: sa.Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415  as above
    from alembic.migration import MigrationContext  # noqa: PLC0415  as above

    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and (why := unfit(present)):
        raise DatabaseUnfit(why)
    alembic = config()
    alembic.attributes["connection"] = connection
    if revision == "base":
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
    """Return SQLAlchemy's engine for a PostgreSQL. Connecting raises DatabaseDown, DatabaseUnfit."""
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415  as above

    return create_async_engine(
        "postgresql+asyncpg://", async_creator=partial(connect_alone, url), poolclass=sa.NullPool
    )


async def migrate_postgres(url: str, revision: str = "head") -> None:
    """Bring a PostgreSQL to a revision. Raises DatabaseDown, DatabaseUnfit."""
    engine = postgres_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_migrate, revision)
            await connection.commit()
    except sa.exc.DBAPIError as error:
        said = str(error.orig).partition("\n")[0]  # what follows may hold values
        raise DatabaseUnfit(f"the PostgreSQL refuses the migration: {said.rpartition('>: ')[2]}") from error
    finally:
        await engine.dispose()
