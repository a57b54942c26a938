"""Rows into a database, many at a time: the product's own Statements say the columns, their types and their seals."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from benchmarks.texts import encoded
from integration_api.storage import migrations
from integration_api.storage.compiling import Compiled, DialectName
from integration_api.storage.sqlite import connect
from integration_api.storage.statements import STATEMENTS, Change, Scope, insert_rows
from integration_api.storage.tables import table_of
from integration_api.storage.vault import DataKey, associated_data

CHUNK = 20_000
_FILL: dict[str, Change] = {}

Keys = Mapping[UUID, DataKey]
Rows = Iterable[Mapping[str, Any]]


def fill(model: type[SQLModel]) -> Change:
    """The plain INSERT of one row of a table, without the guards of a request."""
    name = table_of(model).name
    if name not in _FILL:
        made = Change(f"bench_fill_{name}", insert_rows(model), Scope.SYSTEM, "made up by the benchmark")
        _FILL[name] = made
        del STATEMENTS[made.name]  # it is none of the product's
    return _FILL[name]


def rows_of(compiled: Compiled, rows: Rows, keys: Keys) -> Iterator[tuple[object, ...]]:
    """The driver's values of each row, text encrypted under its owner's key. Bytes are JSON that is encoded already."""
    encrypted = list(compiled.encrypted_parameters.values())
    for row in rows:
        values = dict(row)
        for at in encrypted:
            value = values[at.column]
            if value is not None:
                text = value if isinstance(value, bytes) else encoded(value) if at.is_json else str(value).encode()
                version = values["version"] if at.version_at else 0
                where = associated_data(at.table, values["id"], at.column, version)
                values[at.column] = keys[values[str(at.owner_at)]].encrypt(text, where)
        yield compiled.arguments(values)


class Filling(Protocol):
    """A migrated database that takes rows."""

    dialect: DialectName

    async def add(self, model: type[SQLModel], rows: Rows, keys: Keys) -> int:
        """Add rows, in bounded memory. Returns how many."""

    async def finish(self) -> None:
        """Statistics and visibility map, as a database that has lived has them; then hang up."""


class PostgresFilling:
    """By COPY. Where we may, references are not checked row by row: the rows are ours."""

    dialect: DialectName = "postgresql"

    def __init__(self, url: str) -> None:
        """`url` names an empty database."""
        self._url = url
        self._connection: Any = None
        self._filled: set[str] = set()

    async def open(self) -> None:
        """Migrate and connect."""
        await migrations.migrate_postgres(self._url)
        self._connection = await self.connect()

    async def connect(self) -> Any:  # noqa: ANN401  asyncpg ships no types
        """Connect to what is migrated already."""
        self._connection = await asyncpg.connect(self._url)
        await self._connection.execute("SET synchronous_commit = off")
        try:
            await self._connection.execute("SET session_replication_role = replica")
        except asyncpg.InsufficientPrivilegeError:
            print("not a superuser: references are checked, seeding is slower")
        return self._connection

    async def add(self, model: type[SQLModel], rows: Rows, keys: Keys) -> int:
        """One COPY."""
        compiled = fill(model).compiled(self.dialect)
        self._filled.add(table_of(model).name)
        status: str = await self._connection.copy_records_to_table(
            table_of(model).name, columns=list(compiled.parameters), records=rows_of(compiled, rows, keys)
        )
        return int(status.rsplit(" ", 1)[-1])

    async def finish(self) -> None:
        """VACUUM ANALYZE, CHECKPOINT. Not of empty tables: they would be planned for as if they stayed so."""
        await self._connection.execute(f"VACUUM (ANALYZE, FREEZE) {', '.join(sorted(self._filled))}")
        try:
            await self._connection.execute("CHECKPOINT")
        except asyncpg.InsufficientPrivilegeError:
            print("not a superuser: no checkpoint")
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        await self._connection.close()


class SqliteFilling:
    """By `executemany`."""

    dialect: DialectName = "sqlite"

    def __init__(self, path: Path) -> None:
        """`path` is where there is no file yet."""
        migrations.migrate_sqlite(path)
        self._connection: sqlite3.Connection = connect(path)
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("PRAGMA foreign_keys=OFF")
        self._connection.execute("PRAGMA cache_size=-200000")

    async def add(self, model: type[SQLModel], rows: Rows, keys: Keys) -> int:
        """One transaction for each chunk."""
        compiled = fill(model).compiled(self.dialect)
        values = rows_of(compiled, rows, keys)
        added = 0
        while chunk := list(islice(values, CHUNK)):
            self._connection.execute("BEGIN")
            self._connection.executemany(compiled.sql, _plain(chunk))
            self._connection.execute("COMMIT")
            added += len(chunk)
        return added

    async def finish(self) -> None:
        """ANALYZE, and everything out of the write-ahead log."""
        self._connection.execute("ANALYZE")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()


def _plain(rows: Sequence[tuple[object, ...]]) -> Any:  # noqa: ANN401  sqlite3 wants its own union
    return rows
