"""Counting what an application asks of its database, from outside it: on the wire, and at SQLite's own door."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from integration_api.storage.database import Database, Prepared

_ROUND_TRIPS = (b"S"[0], b"Q"[0], b"F"[0])
"""Sync, a simple query, a function call: what a PostgreSQL client sends and then waits for an answer."""


@dataclass
class Wire:
    """A server between an application and PostgreSQL that hands on every byte and counts round trips."""

    url: str = ""
    round_trips: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    @asynccontextmanager
    async def to(cls, server_url: str) -> AsyncIterator["Wire"]:
        """Between `url` of what is yielded and `server_url`; on loopback, and therefore without TLS."""
        wire = cls()
        parts, options = urlsplit(server_url), parse_qs(urlsplit(server_url).query)

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            folder = options.get("host", [""])[0]
            if folder.startswith("/"):
                port = options.get("port", ["5432"])[0]
                behind = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
            else:
                host = options.get("host", [parts.hostname or "localhost"])[0]
                behind = await asyncio.open_connection(host, parts.port or 5432)
            for pump in (wire._ask(reader, behind[1]), _hand_on(behind[0], writer)):
                task = asyncio.create_task(pump)
                wire._tasks.add(task)
                task.add_done_callback(wire._tasks.discard)

        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        user, password = unquote(parts.username or "postgres"), unquote(parts.password or "")
        name = f"{quote(user, '')}:{quote(password, '')}" if password else quote(user, "")
        wire.url = f"postgresql://{name}@127.0.0.1:{port}{parts.path}?sslmode=disable"
        try:
            yield wire
        finally:
            server.close()
            for task in list(wire._tasks):
                task.cancel()
            await asyncio.gather(*wire._tasks, return_exceptions=True)

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What the application says. The first message of a connection has no type byte, every other one has."""
        is_first = True
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind = b"" if is_first else await reader.readexactly(1)
                length = await reader.readexactly(4)
                rest = await reader.readexactly(int.from_bytes(length) - 4)
                self.round_trips += not is_first and kind[0] in _ROUND_TRIPS
                is_first = False
                writer.write(kind + length + rest)
        writer.close()


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while read := await reader.read(65536):
            writer.write(read)
    writer.close()


class Asked:
    """A driver that counts what the product asks of it: calls, and the Statements that it takes from them to run."""

    def __init__(self, driver: Any) -> None:
        self.driver, self.calls, self.statements = driver, 0, 0
        self.texts: list[str] = []
        """The Statements that it was asked, in order; of rows that are added, once."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.driver, name)

    async def read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        self.calls += 1
        self.statements += 1
        self.texts.append(sql)
        found: Sequence[Sequence[object]] = await self.driver.read(sql, arguments)
        return found

    async def apply(self, changes: Sequence[Prepared]) -> None:
        self.calls += 1
        self.texts.extend(change.sql for change in changes)
        await self.driver.apply(_Taken(self, changes))

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        self.calls += 1
        self.texts.append(sql)
        await self.driver.append(sql, _Taken(self, rows))


class _Taken(list[Any]):
    """A list that counts the steps a driver takes from it. It takes none behind one that was refused."""

    def __init__(self, asked: Asked, changes: Sequence[Any]) -> None:
        super().__init__(changes)
        self._asked = asked

    def __iter__(self) -> Iterator[Any]:
        for change in super().__iter__():
            self._asked.statements += 1
            yield change


@contextmanager
def counted(database: Database) -> Iterator[Asked]:
    """Count the Statements that a database is asked meanwhile."""
    driver = database.driver
    counting = Asked(driver)
    database.driver = counting
    try:
        yield counting
    finally:
        database.driver = driver


class Statements:
    """What SQLite was asked, and how often it had to bring something to the disk."""

    def __init__(self) -> None:
        self.statements = 0
        self.commits = 0
        self._last = ""

    def see(self, sql: str) -> None:
        """One statement that SQLite runs. Called from the threads of a driver, one at a time under the GIL."""
        word = sql.split(None, 1)[0].upper()
        if word == "INSERT" and sql == self._last:  # told again for each step of a trigger: no row is added twice
            return
        self._last = sql
        self.commits += word == "COMMIT"
        self.statements += word not in _AROUND


_AROUND = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA"}


@contextmanager
def traced() -> Iterator[Statements]:
    """Every connection that the standard library opens meanwhile tells its statements."""
    seen, connect = Statements(), sqlite3.connect
    patch = pytest.MonkeyPatch()

    def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(seen.see)
        return connection

    opener: Callable[..., sqlite3.Connection] = connected
    patch.setattr(sqlite3, "connect", opener)
    try:
        yield seen
    finally:
        patch.undo()
