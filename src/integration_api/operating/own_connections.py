"""Connections of a command to a database that servers use: short work, past the Statements, as the tables' owner."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from integration_api.operating.checks import NotDone
from integration_api.settings import Settings
from integration_api.storage import migrations

T = TypeVar("T")
Work = Callable[[sa.Connection], T]


class OwnConnection:
    """One connection. On SQLite each work is a transaction; on PostgreSQL each change is, so that it locks one row."""

    def __init__(self, embedded: sa.Connection | None, postgres: AsyncConnection | None) -> None:
        """Take the one that is open."""
        self._embedded, self._postgres = embedded, postgres

    async def run(self, work: Work[T]) -> T:
        """Do short work. Raises NotDone if the database refuses it."""
        try:
            if self._embedded is not None:
                with self._embedded.begin():
                    return work(self._embedded)
            assert self._postgres is not None  # noqa: S101  there is one of both
            return await self._postgres.run_sync(work)
        except sa.exc.DBAPIError as error:
            first_line = str(error.orig).partition("\n")[0]  # later lines may hold values of rows
            said = first_line.rpartition(">: ")[2]
            raise NotDone(f"the database refused it ({said}); run this again, as the owner of the tables") from error


@asynccontextmanager
async def own_connection(settings: Settings) -> AsyncIterator[OwnConnection]:
    """Connect. Raises DatabaseDown, DatabaseUnfit."""
    if settings.database_url is None:
        engine = migrations.sqlite_engine(settings.sqlite_path)
        try:
            with engine.connect() as connection:
                yield OwnConnection(connection, None)
        finally:
            engine.dispose()
        return
    several = migrations.postgres_engine(settings.database_url.get_secret_value())
    try:
        async with several.connect() as opened:
            yield OwnConnection(None, await opened.execution_options(isolation_level="AUTOCOMMIT"))
    finally:
        await several.dispose()
