"""PostgreSQL through asyncpg: prepared statements on connections that keep no session state.

A change is applied as one data-modifying statement (one round trip, one commit): each guarded change becomes a
CTE, and the statement fails as a whole where one of them hit another number of rows than it must. Then, and
where `apply_as` is "transaction" (for a distributed PostgreSQL), the same changes run as a short transaction.
"""

import asyncio
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Any, Literal, TypeVar

import asyncpg

from integration_api.core.database import BrokenReference, DatabaseDown, Duplicate, Missed, Prepared
from integration_api.core.statements import DialectName

__all__ = ["ApplyAs", "PostgresDriver"]

ApplyAs = Literal["statement", "transaction"]
Result = TypeVar("Result")

_PARAMETER = re.compile(r"\$(\d+)")
_WAIT_SECONDS = 5.0
_COMMAND_SECONDS = 15.0
_MOST_APPENDS = 500
_TRY_AGAIN = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_DOWN = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.LockNotAvailableError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.TransactionRollbackError,
)


_Append = tuple[Sequence[tuple[object, ...]], "asyncio.Future[None]"]


class _Connection:
    """One connection and its prepared statements."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401  asyncpg ships no types
        self.raw = connection
        self._prepared: dict[str, Any] = {}

    async def prepare(self, sql: str) -> Any:  # noqa: ANN401  as above
        prepared = self._prepared.get(sql)
        if prepared is None:
            prepared = self._prepared[sql] = await self.raw.prepare(sql)
        return prepared


class PostgresDriver:
    """A bounded free-list of connections. Statements never change session state, so none is ever reset."""

    dialect: DialectName = "postgresql"

    def __init__(self, url: str, size: int = 10, apply_as: ApplyAs = "statement") -> None:
        """`url` as libpq writes it; `size` connections at the most."""
        self._url, self._size, self._apply_as = url, size, apply_as
        self._free: deque[_Connection] = deque()
        self._places = asyncio.Semaphore(size)
        self._waiting: list[tuple[str, Sequence[tuple[object, ...]], asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """One connection, to learn early whether the database is there."""
        async with asyncio.timeout(_WAIT_SECONDS * 2):
            try:
                self._free.append(await self._connect())
            except _DOWN as error:
                raise DatabaseDown from error

    async def close(self) -> None:
        """Let the running append end, then hang up."""
        if self._flushing is not None:
            await asyncio.gather(self._flushing, return_exceptions=True)
        while self._free:
            await self._free.pop().raw.close(timeout=2)

    async def read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        """One round trip."""

        async def run(connection: _Connection) -> Sequence[Sequence[object]]:
            found: Sequence[Sequence[object]] = await (await connection.prepare(sql)).fetch(*arguments)
            return found

        return await self._run(run)

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """One round trip, unless a guard misses."""
        if self._apply_as == "transaction":
            return await self._run(lambda connection: _in_transaction(connection, changes))
        sql = _together(tuple((change.sql, change.rows) for change in changes))
        arguments = [argument for change in changes for argument in change.arguments]

        async def run(connection: _Connection) -> None:
            try:
                await (await connection.prepare(sql)).fetch(*arguments)
            except (asyncpg.DivisionByZeroError, asyncpg.UniqueViolationError):  # one at a time, to see which
                await _in_transaction(connection, changes)

        return await self._run(run)

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Rows of requests that come while a commit is under way go together in the next one."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((sql, rows, done))
        if self._flushing is None:
            self._flushing = asyncio.create_task(self._flush())
        await done

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_MOST_APPENDS], self._waiting[_MOST_APPENDS:]
                by_sql: dict[str, list[_Append]] = {}
                for sql, rows, done in batch:
                    by_sql.setdefault(sql, []).append((rows, done))
                for sql, members in by_sql.items():
                    await self._append_together(sql, members)
        finally:
            self._flushing = None

    async def _append_together(self, sql: str, members: Sequence[_Append]) -> None:
        """One commit for all; where that fails, each alone, so that a bad row fails only its own request."""
        error = await self._insert(sql, [row for rows, _ in members for row in rows])
        is_one_rows_fault = isinstance(error, Duplicate | BrokenReference) and len(members) > 1
        for rows, done in members:
            own = await self._insert(sql, rows) if is_one_rows_fault else error
            if done.done():
                continue
            if own is None:
                done.set_result(None)
            else:
                done.set_exception(own)

    async def _insert(self, sql: str, rows: Sequence[tuple[object, ...]]) -> Exception | None:
        async def run(connection: _Connection) -> None:
            await (await connection.prepare(sql)).executemany(rows)

        try:
            await self._run(run)
        except (DatabaseDown, Duplicate, BrokenReference) as error:
            return error
        except Exception as error:  # noqa: BLE001  whatever it was, everybody who waits must be told
            down = DatabaseDown()
            down.__cause__ = error
            return down
        return None

    async def _run(self, work: Callable[[_Connection], Awaitable[Result]]) -> Result:
        """`work` on a free connection. What the database says becomes one of the product's errors."""
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._places.acquire()
        except TimeoutError as error:
            raise DatabaseDown from error
        connection: _Connection | None = None
        try:
            connection = await self._take()
            try:
                return await work(connection)
            except _TRY_AGAIN:
                return await work(connection)
        except asyncpg.UniqueViolationError as error:
            raise Duplicate(error.constraint_name or "") from error
        except asyncpg.ForeignKeyViolationError as error:
            raise BrokenReference from error
        except _DOWN as error:
            raise DatabaseDown from error
        finally:
            if connection is not None:
                if connection.raw.is_closed() or connection.raw.is_in_transaction():
                    connection.raw.terminate()
                else:
                    self._free.append(connection)
            self._places.release()

    async def _take(self) -> _Connection:
        while self._free:
            connection = self._free.pop()
            if not connection.raw.is_closed():
                return connection
        return await self._connect()

    async def _connect(self) -> _Connection:
        return _Connection(
            await asyncpg.connect(
                self._url,
                timeout=_WAIT_SECONDS,
                command_timeout=_COMMAND_SECONDS,
                statement_cache_size=0,
                server_settings={
                    "application_name": "integration-api",
                    "plan_cache_mode": "auto" if self._apply_as == "transaction" else "force_generic_plan",
                    "timezone": "UTC",
                },
            )
        )


async def _in_transaction(connection: _Connection, changes: Sequence[Prepared]) -> None:
    async with connection.raw.transaction():
        for at, change in enumerate(changes):
            prepared = await connection.prepare(change.sql)
            await prepared.fetch(*change.arguments)
            hit = int(prepared.get_statusmsg().rsplit(" ", 1)[-1])
            if change.rows is not None and hit != change.rows:
                raise Missed(at)


@lru_cache(maxsize=1024)
def _together(changes: tuple[tuple[str, int | None], ...]) -> str:
    """The changes as one statement that divides by zero, and so changes nothing, where a row count is wrong."""
    parts, checks, shift = [], ["true"], 0
    for at, (sql, rows) in enumerate(changes):
        highest = max((int(number) for number in _PARAMETER.findall(sql)), default=0)
        moved = _PARAMETER.sub(lambda found, by=shift: f"${int(found[1]) + by}", sql)  # type: ignore[misc]  # mypy reads the default as part of the signature
        parts.append(f"s{at} AS ({moved} RETURNING 1)")
        if rows is not None:
            checks.append(f"(SELECT count(*) FROM s{at}) = {rows:d}")  # noqa: S608
        shift += highest
    # Only texts of Statements and row counts go in here, never a value.
    return f"WITH {', '.join(parts)} SELECT 1 / (CASE WHEN {' AND '.join(checks)} THEN 1 ELSE 0 END)"
