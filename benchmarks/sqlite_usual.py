"""One bare application on SQLite, twice: the usual way from asyncio, and on the product's driver; both FULL.

The usual way is one `aiosqlite` connection and a transaction for each request. Work and answers are those of the
limit, with the product's own SQL: `python -m benchmarks.sqlite_usual FILE [driver]`.
"""

import asyncio
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosqlite

from benchmarks.limit import Limit, serve
from benchmarks.limit_values import BASES
from integration_api.access.statements import ACTOR_STANDS
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.resources.attention.worklist.statements import COUNT_TASKS
from integration_api.resources.journal.reflections.statements import (
    INSERT_REFLECTION,
    LIST_REFLECTIONS,
    READ_REFLECTION,
)
from integration_api.resources.views.home.task_statements import LIST_TASKS
from integration_api.storage.compiling import Compiled
from integration_api.storage.database import Prepared
from integration_api.storage.sqlite import SqliteDriver
from integration_api.storage.statements import READ_VAULT_KEY, Read, Statement
from integration_api.storage.vault import DataKey
from integration_api.web.errors import NotFound, Unauthenticated

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")
Values = dict[str, Any]


class _File:
    """One connection, and a lock around each transaction on it."""

    def __init__(self, path: str) -> None:
        """Not open yet."""
        self._path = path
        self._lock = asyncio.Lock()
        self._connection: Any = None

    async def open(self) -> None:
        """With the settings that the product has."""
        self._connection = await aiosqlite.connect(self._path, isolation_level=None, cached_statements=512)
        for pragma in _PRAGMAS:
            await self._connection.execute(f"PRAGMA {pragma}")

    async def close(self) -> None:
        """Hang up."""
        await self._connection.close()

    async def rows(self, read: Read[Any], values: Values) -> list[dict[str, Any]]:
        """The rows of a Statement, their values as Python has them."""
        compiled = read.compiled("sqlite")
        return _spelled(compiled, await self._connection.execute_fetchall(compiled.sql, compiled.arguments(values)))

    async def run(self, statement: Statement, values: Values) -> int:
        """How many rows a change hit."""
        compiled = statement.compiled("sqlite")
        cursor = await self._connection.execute(compiled.sql, compiled.arguments(values))
        return int(cursor.rowcount)

    async def __aenter__(self) -> "_File":
        """Begin."""
        await self._lock.acquire()
        await self._connection.execute("BEGIN IMMEDIATE")
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        """Commit, or take it all back."""
        try:
            await self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
        finally:
            self._lock.release()


class _Driven(SqliteDriver):
    """The same file through the product's driver: what a request changes and adds is durable before its answer."""

    async def rows(self, read: Read[Any], values: Values) -> list[dict[str, Any]]:
        """The rows of a Statement, their values as Python has them."""
        compiled = read.compiled("sqlite")
        return _spelled(compiled, await self.read(compiled.sql, compiled.arguments(values)))

    async def run(self, statement: Statement, values: Values) -> int:
        """Append the ledger row, or apply a change."""
        compiled = statement.compiled("sqlite")
        arguments = compiled.arguments(values)
        if statement is INSERT_LEDGER:
            await self.append(compiled.sql, [arguments])
        else:
            ledger = INSERT_LEDGER.compiled("sqlite")
            row = ledger.arguments(_ledger(values, "W1", [values]))
            await self.apply([Prepared(compiled.sql, arguments, 1), Prepared(ledger.sql, row, 1)])
        return 1

    async def __aenter__(self) -> "_Driven":
        """Nothing begins: each step is one of its own."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing ends."""


def _spelled(compiled: Compiled, found: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    rows = []
    for raw in found:
        row = list(raw)
        for at, reader in compiled.readers:
            if row[at] is not None:
                row[at] = reader(row[at])
        rows.append(dict(zip(compiled.columns, row, strict=True)))
    return rows


class UsualSqlite(Limit):
    """The limit's application on one file."""

    def __init__(self, path: str, *, is_driven: bool = False) -> None:
        """Not open until it starts."""
        super().__init__("", is_batched=False)
        self.file: _File | _Driven = _Driven(Path(path)) if is_driven else _File(path)
        self.pools = [self.file]
        self.read, self.list = self._reading(READ_REFLECTION, "W2"), self._reading(LIST_REFLECTIONS, "W3")
        self.work, self.create = self._reading(LIST_TASKS, "W4"), self._created

    def _reading(self, read: Read[Any], workload: str) -> Any:  # noqa: ANN401  as the limit has it
        async def run(values: Values) -> list[dict[str, Any]]:
            given = BASES[workload] | values
            async with self.file:
                rows = await self.file.rows(read, given)
                if rows and workload == "W4":
                    rows[0]["waiting"] = (await self.file.rows(COUNT_TASKS, given))[0]["waiting"]
                if rows:
                    await self.file.run(INSERT_LEDGER, _ledger(given, workload, rows))
            return rows

        return run

    async def _created(self, values: Values) -> list[bool]:
        given = BASES["W1"] | values | {"clinic_id": values["actor_clinic_id"]}
        async with self.file:
            hit = await self.file.run(INSERT_REFLECTION, given)
            if hit and isinstance(self.file, _File):
                await self.file.run(INSERT_LEDGER, _ledger(given, "W1", [given]))
        return [True] * hit

    async def _key_of(self, clinic_id: UUID, patient_id: UUID) -> DataKey:
        rows = await self.file.rows(READ_VAULT_KEY, {"clinic_id": clinic_id, "id": patient_id})
        if not rows:
            raise NotFound
        key = self.keys[patient_id] = self.unwrap(rows[0]["wrapped_key"], clinic_id, patient_id)
        return key

    async def _confirm(self, values: Values) -> None:
        if not await self.file.rows(ACTOR_STANDS, values):
            raise Unauthenticated


def _ledger(given: Mapping[str, Any], workload: str, rows: Sequence[Mapping[str, Any]]) -> Values:
    named = {name.removeprefix("ledger_"): value for name, value in given.items() if name.startswith("ledger_")}
    return named | {
        "clinic_id": given["actor_clinic_id"],
        "at": given["now"],
        "actor_id": given["actor_id"],
        "actor_role": given["actor_role"],
        "subject_id": rows[0]["id"] if workload in ("W1", "W2") else None,
        "patient_id": rows[0]["patient_id"] if workload != "W4" else None,
    }


def main() -> None:
    """Serve until stopped."""
    serve(UsualSqlite(sys.argv[1], is_driven=sys.argv[2:] == ["driver"]), int(os.environ["PORT"]))


if __name__ == "__main__":
    main()
