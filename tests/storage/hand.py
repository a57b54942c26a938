"""A test's own hand in the database: what somebody does who can write to it, and has no key."""

import sqlite3
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg

from integration_api.settings import Settings
from tests.waiting import STUCK_SECONDS


class Hand:
    """Direct SQL, alike on both databases: `?` for a value, ids as UUIDs."""

    def __init__(self, settings: Settings) -> None:
        """Of the application with these settings."""
        self._settings = settings

    async def run(self, sql: str, *values: object) -> Sequence[Sequence[Any]]:
        """One statement; the rows it answers."""
        url = self._settings.database_url
        if url is None:
            connection = sqlite3.connect(self._settings.sqlite_path, timeout=STUCK_SECONDS)
            plain = [value.hex if isinstance(value, UUID) else value for value in values]
            try:
                with connection:
                    return connection.execute(sql, plain).fetchall()
            finally:
                connection.close()
        for at in range(len(values)):
            sql = sql.replace("?", f"${at + 1}", 1)
        client = await asyncpg.connect(url.get_secret_value())
        try:
            found: Sequence[Sequence[Any]] = await client.fetch(sql, *values)
            return found
        finally:
            await client.close()

    async def value(self, sql: str, *values: object) -> Any:
        """The first value of the first row."""
        return (await self.run(sql, *values))[0][0]

    async def text(self, table: str, row: str, column: str) -> bytes:
        """The stored ciphertext of a text."""
        return bytes(await self.value(f"SELECT {column} FROM {table} WHERE id = ?", UUID(row)))  # noqa: S608  our names

    async def put(self, table: str, row: str, column: str, value: object) -> None:
        """Write over one column of one row."""
        await self.run(f"UPDATE {table} SET {column} = ? WHERE id = ?", value, UUID(row))  # noqa: S608  our names
