"""Hands in the database: direct SQL on the ledger's tables with what protects them taken off, as its owner could."""

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from integration_api.ledger.protection import ONLY_GROW
from integration_api.settings import Settings
from integration_api.storage import sqlite

Row = dict[str, Any]


def triggers(connection: sqlite3.Connection) -> set[str]:
    """The names of what protects the tables on SQLite."""
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}


class Hands:
    """One connection. Values are the database's own: on SQLite ids are digits and times are text."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.is_sqlite = isinstance(connection, sqlite3.Connection)

    async def run(self, query: str, *values: object) -> list[Row]:
        """One query, its parameters written as PostgreSQL does."""
        if not self.is_sqlite:
            return [dict(row) for row in await self.connection.fetch(query, *values)]
        order = [int(number) for number in re.findall(r"\$(\d+)", query)]
        cursor = self.connection.execute(re.sub(r"\$\d+", "?", query), [self.own(values[at - 1]) for at in order])
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def own(self, value: object) -> object:
        """A value as this database holds it."""
        return value.hex if isinstance(value, UUID) and self.is_sqlite else value

    async def rows(self, table: str, clinic_id: UUID) -> list[Row]:
        """A clinic's rows of one of the ledger's tables, in their own order."""
        order = {"ledger": '"at", id', "ledger_places": "position", "ledger_seals": "number"}[table]
        return await self.run(f"SELECT * FROM {table} WHERE clinic_id = $1 ORDER BY {order}", clinic_id)  # noqa: S608

    async def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Rows as `rows` gives them."""
        if not rows:
            return
        names = list(rows[0])
        places = ", ".join(f"${at}" for at in range(1, len(names) + 1))
        columns = ", ".join(f'"{name}"' for name in names)
        query = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
        values = [[row[name] for name in names] for row in rows]
        if self.is_sqlite:
            self.connection.executemany(re.sub(r"\$\d+", "?", query), values)
        else:
            await self.connection.executemany(query, values)

    async def set(self, table: str, row: Row, **values: object) -> None:
        """Change columns of one row."""
        sets = ", ".join(f'"{name}" = ${at}' for at, name in enumerate(values, 3))
        query = f"UPDATE {table} SET {sets} WHERE clinic_id = $1 AND id = $2"  # noqa: S608
        await self.run(query, row["clinic_id"], row["id"], *values.values())

    async def delete(self, table: str, row: Row) -> None:
        """Remove one row."""
        query = f"DELETE FROM {table} WHERE clinic_id = $1 AND id = $2"  # noqa: S608
        await self.run(query, row["clinic_id"], row["id"])

    async def keep(self, clinic_id: UUID) -> dict[str, list[Row]]:
        """All that is there of a clinic."""
        return {table: await self.rows(table, clinic_id) for table in ONLY_GROW}

    async def restore(self, clinic_id: UUID, kept: dict[str, list[Row]]) -> None:
        """As it was kept; also what went to another clinic."""
        await self.begin()
        for table, rows in kept.items():
            await self.run(f"DELETE FROM {table} WHERE clinic_id = $1", clinic_id)  # noqa: S608
            ids = [row["id"] for row in rows]
            if self.is_sqlite:
                among = "id IN (SELECT value FROM json_each($1))"
                await self.run(f"DELETE FROM {table} WHERE {among}", json.dumps(ids))  # noqa: S608
            else:
                await self.run(f"DELETE FROM {table} WHERE id = ANY($1)", ids)  # noqa: S608
            await self.insert(table, rows)
        await self.commit()

    async def begin(self) -> None:
        """What follows is seen at once."""
        await self.run("BEGIN")

    async def commit(self) -> None:
        """It is seen now."""
        await self.run("COMMIT")


@asynccontextmanager
async def hands(settings: Settings) -> AsyncIterator[Hands]:
    """In a database of a test's own: what is taken off stays off."""
    if settings.database_url is None:
        connection = sqlite.connect(settings.sqlite_path)
        for name in triggers(connection):
            connection.execute(f"DROP TRIGGER {name}")
        try:
            yield Hands(connection)
        finally:
            connection.close()
        return
    owner = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        yield Hands(owner)
    finally:
        await owner.close()
