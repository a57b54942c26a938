"""PostgreSQL through asyncpg: prepared statements on connections that keep no session state.

A step is applied as one data-modifying statement: one round trip, one commit. Each guarded change becomes a CTE, and
the statement fails as a whole if one of them affects an unexpected number of rows. Then the same changes run as a short
transaction, to learn which one. If `apply_as` is "transaction" (for a PostgreSQL distributed by clinic), all steps run
so. No two requests share a statement then, since they may belong to two clinics.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Literal, TypeVar

import asyncpg

from integration_api.storage.batching import Batches
from integration_api.storage.compiling import DialectName
from integration_api.storage.database import WAIT_SECONDS, BrokenReference, DatabaseDown, Duplicate, Missed, Prepared
from integration_api.storage.postgres_sql import Steps, all_together, can_share, many_inserts, many_reads
from integration_api.storage.postgres_tls import tls_for

ApplyAs = Literal["statement", "transaction"]
Result = TypeVar("Result")

_OPEN_SECONDS, _COMMAND_SECONDS = 10.0, 15.0  # at start no request waits yet
_MAX_READS, _MAX_CHANGES, _MAX_APPENDS = 8, 32, 500
_MAX_IN_FLIGHT = 2
_MAX_PREPARED = 1_000
_TRY_AGAIN = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_DOWN = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.LockNotAvailableError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.TransactionRollbackError,
    asyncpg.UndefinedTableError,
)

_ENTER_BY_INDEX = {"enable_seqscan": "off", "enable_bitmapscan": "off", "jit": "off"}
"""Planner settings that make every Statement read an index in the order of its response.

A generic plan does not know the length of a page, so the planner would rather read the whole list and sort it. JIT is
off because compiling a rare sequential scan costs more than running it."""

_Arguments = tuple[object, ...]
_Batch = Sequence[_Arguments]
_Changes = Sequence[Prepared]
_Rows = Sequence[Sequence[object]]


class _BatchRefused(Exception):
    """The shared statement was refused and did nothing; each request must be tried alone."""


class _Connection:
    """One connection and its prepared statements."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401  asyncpg ships no types
        self.raw = connection
        self._prepared: dict[str | tuple[str, str], Any] = {}

    async def prepare(self, sql: str) -> Any:  # noqa: ANN401  as above
        return self._prepared.get(sql) or self._keep(sql, await self.raw.prepare(sql, name=True))

    async def prepare_many(self, sql: str, text: Callable[[Sequence[str]], str]) -> Any:  # noqa: ANN401  as above
        """Prepare a statement for many requests; `text` makes it from the types of the statement's parameters."""
        prepared = self._prepared.get((sql, "many"))
        if prepared is None:
            alone = await self.prepare(sql)
            types = [kind.name for kind in alone.get_parameters()]
            prepared = self._keep((sql, "many"), await self.raw.prepare(text(types), name=True))
        return prepared

    def _keep(self, key: str | tuple[str, str], prepared: Any) -> Any:  # noqa: ANN401  as above
        """Keep a prepared statement, but drop all if there are too many: a step has a shape for each number of rows."""
        if len(self._prepared) >= _MAX_PREPARED:
            self._prepared.clear()
        self._prepared[key] = prepared
        return prepared


class PostgresDriver:
    """A pool of connections. Statements never change session state, so no connection is ever reset."""

    dialect: DialectName = "postgresql"

    def __init__(
        self, url: str, size: int = 10, apply_as: ApplyAs = "statement", wait_seconds: float = WAIT_SECONDS
    ) -> None:
        """Take `url` as libpq does, open at most `size` connections, and refuse work that waits for `wait_seconds`."""
        self._url, self._shares, self._wait_seconds = url, apply_as == "statement", wait_seconds
        self._tls = tls_for(url)
        self._free, self._slots = deque[_Connection](), asyncio.Semaphore(size)
        self._reads: Batches[_Arguments, _Rows] = Batches(self._read_together, _MAX_READS, _MAX_IN_FLIGHT, wait_seconds)
        self._changes: Batches[_Changes, None] = Batches(
            self._apply_together, _MAX_CHANGES, _MAX_IN_FLIGHT, wait_seconds
        )
        self._appends: Batches[_Batch, None] = Batches(self._append_together, _MAX_APPENDS, 1, wait_seconds)

    async def open(self) -> None:
        """Open one connection, to learn early whether the database is reachable. Raises DatabaseDown."""
        async with asyncio.timeout(_OPEN_SECONDS):
            try:
                self._free.append(await self._connect(_OPEN_SECONDS))
            except _DOWN as error:
                raise DatabaseDown from error

    async def close(self) -> None:
        """Let running work end, then disconnect."""
        await asyncio.gather(self._reads.end(), self._changes.end(), self._appends.end())
        while self._free:
            await self._free.pop().raw.close(timeout=2)

    async def read(self, sql: str, arguments: _Arguments) -> _Rows:
        """Run one query, in a round trip shared with concurrent requests for the same Statement."""
        if not self._shares:
            return await self._run(partial(_fetch, sql=sql, arguments=arguments))
        return await self._reads.do(sql, arguments)

    async def apply(self, changes: _Changes) -> None:
        """Apply a step in one round trip, unless a guard misses. Cancelling the caller does not cancel it."""
        steps = tuple((change.sql, change.rows) for change in changes)
        if self._shares and can_share(steps):
            return await self._changes.do(steps, changes)
        return await asyncio.shield(asyncio.ensure_future(self._apply_alone(steps, changes)))

    async def append(self, sql: str, rows: _Batch) -> None:
        """Insert rows in one commit, shared with concurrent appends."""
        try:
            if not self._shares:
                return await self._run(partial(_insert, sql=sql, rows=rows))
            return await self._appends.do(sql, rows)
        except asyncpg.PostgresError as error:
            raise DatabaseDown from error

    async def scrub(self) -> None:
        """Do nothing: VACUUM removes old rows, and the log goes with its archive (see `docs/keys.md`)."""

    async def load(self, first: Prepared, sql: str, rows: _Batch) -> None:
        """Apply a change and insert rows in a short transaction. Cancelling the caller does not cancel it."""

        async def work(connection: _Connection) -> None:
            async with connection.raw.transaction():
                await _change(connection, 0, first)
                await _insert(connection, sql, rows)

        await asyncio.shield(asyncio.ensure_future(self._run(work)))

    async def _read_together(self, sql: str, asked: _Batch) -> Sequence[_Rows | Exception]:
        if len(asked) > 1:
            with suppress(_BatchRefused):
                return await self._run(lambda connection: _fetch_many(connection, sql, asked))
        return await _each(self._run(partial(_fetch, sql=sql, arguments=arguments)) for arguments in asked)

    async def _apply_together(self, steps: Steps, asked: Sequence[_Changes]) -> Sequence[Exception | None]:
        if len(asked) > 1:
            with suppress(_BatchRefused):
                values = [[argument for change in changes for argument in change.arguments] for changes in asked]
                return await self._run(partial(_insert_many, steps=steps, values=values, requests=len(asked)))
        return await _each(self._apply_alone(steps, changes) for changes in asked)

    async def _append_together(self, sql: str, asked: Sequence[_Batch]) -> Sequence[Exception | None]:
        rows = [row for rows in asked for row in rows]
        with suppress(_BatchRefused):
            return await self._run(partial(_insert_many, steps=((sql, 1),), values=rows, requests=len(asked)))
        return await _each(self._run(partial(_insert, sql=sql, rows=rows)) for rows in asked)

    async def _apply_alone(self, steps: Steps, changes: _Changes) -> None:
        if not self._shares:
            return await self._run(lambda connection: _in_transaction(connection, changes))
        return await self._run(lambda connection: _as_statement(connection, steps, changes))

    async def _run(self, work: Callable[[_Connection], Awaitable[Result]]) -> Result:
        """Run `work` on a free connection, and translate the database's errors into the product's."""
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._slots.acquire()
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
            self._slots.release()

    async def _take(self) -> _Connection:
        while self._free:
            connection = self._free.pop()
            if not connection.raw.is_closed():
                return connection
        return await self._connect(self._wait_seconds)

    async def _connect(self, seconds: float) -> _Connection:
        return _Connection(
            await asyncpg.connect(
                self._url,
                ssl=self._tls,
                timeout=seconds,
                command_timeout=_COMMAND_SECONDS,
                statement_cache_size=0,
                server_settings=_ENTER_BY_INDEX
                | {
                    "application_name": "integration-api",
                    "plan_cache_mode": "force_generic_plan" if self._shares else "auto",
                    "timezone": "UTC",
                },
            )
        )


async def _in_transaction(connection: _Connection, changes: _Changes) -> None:
    async with connection.raw.transaction():
        for at, change in enumerate(changes):
            await _change(connection, at, change)


async def _change(connection: _Connection, at: int, change: Prepared) -> None:
    prepared = await connection.prepare(change.sql)
    await prepared.fetch(*change.arguments)
    hit = int(prepared.get_statusmsg().rsplit(" ", 1)[-1])
    if change.rows is not None and hit != change.rows:
        raise Missed(at)


async def _as_statement(connection: _Connection, steps: Steps, changes: _Changes) -> None:
    try:
        prepared = await connection.prepare(all_together(steps))
        await prepared.fetch(*(argument for change in changes for argument in change.arguments))
    except (asyncpg.DivisionByZeroError, asyncpg.UniqueViolationError):  # one by one, to learn which
        await _in_transaction(connection, changes)


async def _fetch(connection: _Connection, sql: str, arguments: _Arguments) -> _Rows:
    found: _Rows = await (await connection.prepare(sql)).fetch(*arguments)
    return found


async def _fetch_many(connection: _Connection, sql: str, asked: _Batch) -> Sequence[_Rows]:
    many = await connection.prepare_many(sql, partial(many_reads, sql))
    rows: list[list[Sequence[object]]] = [[] for _ in asked]
    for row in await _or_batch_refused(many.fetch(*zip(*asked, strict=True))):
        rows[row[-1] - 1].append(row)
    return rows


async def _insert_many(
    connection: _Connection, steps: Steps, values: Sequence[Sequence[object]], requests: int
) -> Sequence[Exception | None]:
    many = await connection.prepare_many(all_together(steps), partial(many_inserts, steps))
    await _or_batch_refused(many.fetch(*zip(*values, strict=True)))
    return [None] * requests


async def _insert(connection: _Connection, sql: str, rows: _Batch) -> None:
    await (await connection.prepare(sql)).executemany(rows)


async def _or_batch_refused(running: Awaitable[Result]) -> Result:
    """Return the result of a shared statement. Raises _BatchRefused if one of its requests made it fail."""
    try:
        return await running
    except (asyncpg.DataError, asyncpg.DivisionByZeroError, asyncpg.IntegrityConstraintViolationError) as error:
        raise _BatchRefused from error
    except ValueError as error:  # a value that cannot be sent
        raise _BatchRefused from error


async def _each(running: Iterable[Awaitable[Result]]) -> Sequence[Result | Exception]:
    """Run all at the same time and return the result or exception of each."""
    ended = await asyncio.gather(*running, return_exceptions=True)
    return [
        end if not isinstance(end, BaseException) or isinstance(end, Exception) else DatabaseDown() for end in ended
    ]
