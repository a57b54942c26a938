"""Copying a whole database into another in one transaction: everything arrives, or nothing."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.vault import NOBODY

Rows = Sequence[tuple[sa.Table, Sequence[dict[str, Any]]]]


def rows_of(path: Path) -> Rows:
    """Return every row of every table of the product, parents first. Text stays encrypted."""
    engine = sa.create_engine(migrations.sqlite_url(path))
    try:
        with engine.connect() as connection:
            return [
                (table, [dict(row) for row in connection.execute(_of_clinics(table)).mappings()])
                for table in SQLModel.metadata.sorted_tables
            ]
    finally:
        engine.dispose()


def _of_clinics(table: sa.Table) -> sa.Select[Any]:
    """SELECT the rows of clinics; the root secret belongs to none and is not copied."""
    return sa.select(table).where(table.c.clinic_id != NOBODY)


async def copy_into(settings: Settings, tables: Rows) -> None:
    """Insert all rows."""
    if settings.database_url is None:
        engine = sa.create_engine(migrations.sqlite_url(settings.sqlite_path))
        try:
            with engine.begin() as connection:
                _insert(connection, tables)
        finally:
            engine.dispose()
        return
    async_engine = migrations.postgres_engine(settings.database_url.get_secret_value())
    try:
        async with async_engine.begin() as connection:
            await connection.run_sync(_insert, tables)
    finally:
        await async_engine.dispose()


async def copy_objects(source: Settings, target: Settings) -> None:
    """Copy the content of files, which is encrypted, from one store into the other. Raises ObjectsDown."""
    with closing(source.objects) as kept, closing(target.objects) as store:
        async for names in kept.pages():
            for name in names:
                await store.put(name, await kept.get(name))


def _insert(connection: sa.Connection, tables: Rows) -> None:
    for table, rows in tables:
        if rows:
            connection.execute(sa.insert(table), rows)
