"""How the limit speaks with PostgreSQL: connections that are never reset, prepared statements, batches."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from benchmarks.limit_sql import CONSTANTS, Batch, Query

Values = Mapping[str, object]
SIZE = 10
"""As many as the product opens."""
_SETTINGS = {"plan_cache_mode": "force_generic_plan", "timezone": "UTC", "application_name": "limit"}
_BATCH_SETTINGS = {"enable_hashjoin": "off", "enable_mergejoin": "off", "enable_seqscan": "off"}
"""The planner does not know how short the arrays are."""


class Connections:
    """A free-list. Every statement is prepared on a connection the first time it is used there."""

    def __init__(self, url: str, size: int = SIZE, *, for_batches: bool = False) -> None:
        """Not connected until `open`."""
        self._url, self._size = url, size
        self._settings = _SETTINGS | (_BATCH_SETTINGS if for_batches else {})
        self._all: list[Any] = []
        self._free: list[tuple[Any, dict[str, Any]]] = []
        self._waiting: deque[asyncio.Future[tuple[Any, dict[str, Any]]]] = deque()

    async def open(self) -> None:
        """All of them."""
        for _ in range(self._size):
            connection = await asyncpg.connect(self._url, statement_cache_size=0, server_settings=self._settings)
            self._all.append(connection)
            self._free.append((connection, {}))

    async def close(self) -> None:
        """Hang up."""
        for connection in self._all:
            await connection.close(timeout=2)

    async def fetch(self, sql: str, arguments: Sequence[object]) -> list[Any]:
        """The rows. One round trip."""
        if self._free:
            held = self._free.pop()
        else:
            waiting: asyncio.Future[tuple[Any, dict[str, Any]]] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            held = await waiting
        connection, prepared = held
        try:
            statement = prepared.get(sql)
            if statement is None:
                # Without a name it would be parsed and planned anew every time.
                statement = prepared[sql] = await connection.prepare(sql, name=True)
            rows: list[Any] = await statement.fetch(*arguments)
            return rows
        finally:
            while self._waiting:
                next_one = self._waiting.popleft()
                if not next_one.done():
                    next_one.set_result(held)
                    break
            else:
                self._free.append(held)

    async def query(self, query: Query, values: Values) -> list[Any]:
        """The rows of a query for one request."""
        return await self.fetch(query.sql, query.arguments(values))


class Batcher:
    """Requests that come while statements are under way go together in the next one; each waits for its commit."""

    def __init__(self, connections: Connections, batch: Batch, alone: Query, shared: Values, most: int) -> None:
        """`most` in one statement. `alone` is what a request runs by itself where its batch failed."""
        self._connections, self._batch, self._alone, self._most = connections, batch, alone, most
        everything = {**CONSTANTS, **shared}
        self._shared = tuple(everything[name] for name in batch.shared)
        self._base = shared
        self._waiting: list[tuple[Values, asyncio.Future[list[Any]]]] = []
        self._running = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def fetch(self, values: Values) -> list[Any]:
        """The rows of one request."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[list[Any]] = loop.create_future()
        self._waiting.append((values, done))
        if self._running < 2:
            self._running += 1
            task = loop.create_task(self._drain())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await done

    async def _drain(self) -> None:
        try:
            while self._waiting:
                members, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self.all_together(members)
        finally:
            self._running -= 1

    async def all_together(self, members: Sequence[tuple[Values, "asyncio.Future[list[Any]]"]]) -> None:
        arrays = list(zip(*(self._batch.varying(values) for values, _ in members), strict=True))
        try:
            rows = await self._connections.fetch(self._batch.sql, [*arrays, *self._shared])
        except asyncpg.PostgresError:
            for values, done in members:
                await self._by_itself(values, done)
            return
        found: list[list[Any]] = [[] for _ in members]
        for row in rows:
            found[row["ord"] - 1].append(row)
        for (_, done), own in zip(members, found, strict=True):
            if not done.done():
                done.set_result(own)

    async def _by_itself(self, values: Values, done: "asyncio.Future[list[Any]]") -> None:
        try:
            found = await self._connections.query(self._alone, {**CONSTANTS, **self._base, **values})
        except asyncpg.PostgresError as error:
            if not done.done():
                done.set_exception(error)
        else:
            if not done.done():
                done.set_result(found)
