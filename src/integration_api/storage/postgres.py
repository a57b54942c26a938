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
from typing import Literal, TypeVar

import asyncpg

from integration_api.storage.batching import PLAIN_PARTS, Batches, Parts
from integration_api.storage.compiling import DialectName
from integration_api.storage.database import WAIT_SECONDS, DatabaseDown, Missed, Prepared, PreparedList
from integration_api.storage.postgres_connection import Connection, connect
from integration_api.storage.postgres_errors import BatchRefused, as_ours, is_repeatable
from integration_api.storage.postgres_sql import Steps, all_together, can_share, many_inserts, many_reads
from integration_api.storage.postgres_url import MAX_OPEN_SECONDS, arguments_of

ApplyAs = Literal["statement", "transaction"]
Result = TypeVar("Result")

_CLOSE_SECONDS = 2.0
_MAX_READS, _MAX_CHANGES, _MAX_APPENDS = 8, 32, 500
_MAX_IN_FLIGHT = 2

_Arguments = tuple[object, ...]
_Batch = Sequence[_Arguments]
_Changes = Sequence[Prepared]
_Rows = Sequence[Sequence[object]]


class PostgresDriver:
    """A pool of connections. Statements never change session state, so no connection is ever reset."""

    dialect: DialectName = "postgresql"

    def __init__(
        self,
        url: str,
        size: int = 10,
        apply_as: ApplyAs = "statement",
        wait_seconds: float = WAIT_SECONDS,
        parts: Parts = PLAIN_PARTS,
    ) -> None:
        """Take `url` as libpq does, open at most `size` connections, and refuse work that waits for `wait_seconds`.

        `parts` are those that it is made of. Raises DatabaseUnfit.
        """
        self._shares, self._wait_seconds = apply_as == "statement", wait_seconds
        self._arguments = arguments_of(url)
        self._free, self._slots = deque[Connection](), parts.slots(size)
        self._reads: Batches[_Arguments, _Rows] = parts.batches(
            self._read_together, _MAX_READS, _MAX_IN_FLIGHT, wait_seconds
        )
        self._changes: Batches[_Changes, None] = parts.batches(
            self._apply_together, _MAX_CHANGES, _MAX_IN_FLIGHT, wait_seconds
        )
        self._appends: Batches[_Batch, None] = parts.batches(self._append_together, _MAX_APPENDS, 1, wait_seconds)

    async def open(self) -> None:
        """Open one connection, to learn early whether the database is there. Raises DatabaseDown, DatabaseUnfit."""
        try:
            async with asyncio.timeout(MAX_OPEN_SECONDS):
                self._free.append(await self._connect(MAX_OPEN_SECONDS))
        except Exception as error:
            raise as_ours(error) from error

    async def close(self) -> None:
        """Let running work end, then disconnect."""
        await asyncio.gather(self._reads.end(), self._changes.end(), self._appends.end())
        goodbyes = [connection.raw.close(timeout=_CLOSE_SECONDS) for connection in self._free]
        self._free.clear()
        await asyncio.gather(*goodbyes, return_exceptions=True)  # some may be ended or stuck

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
                return await self._commit(partial(_insert, sql=sql, rows=rows))
            return await self._appends.do(sql, rows)
        except asyncpg.PostgresError as error:
            raise DatabaseDown(str(error.sqlstate)) from error

    async def scrub(self) -> None:
        """Do nothing: VACUUM removes old rows, and the log goes with its archive (see `docs/keys.md`)."""

    async def load(self, first: Prepared, lists: Sequence[PreparedList]) -> None:
        """Apply the changes in a short transaction. Cancelling the caller does not cancel it."""

        async def work(connection: Connection) -> None:
            async with connection.raw.transaction():
                await _change(connection, 0, first)
                for sql, rows in lists:
                    await _insert(connection, sql, rows)

        await asyncio.shield(asyncio.ensure_future(self._commit(work)))

    async def _read_together(self, sql: str, asked: _Batch) -> Sequence[_Rows | Exception]:
        if len(asked) > 1:
            with suppress(BatchRefused):
                return await self._run(lambda connection: _fetch_many(connection, sql, asked))
        return await _each(self._run(partial(_fetch, sql=sql, arguments=arguments)) for arguments in asked)

    async def _apply_together(self, steps: Steps, asked: Sequence[_Changes]) -> Sequence[Exception | None]:
        if len(asked) > 1:
            with suppress(BatchRefused):
                values = [[argument for change in changes for argument in change.arguments] for changes in asked]
                return await self._commit(partial(_insert_many, steps=steps, values=values, requests=len(asked)))
        return await _each(self._apply_alone(steps, changes) for changes in asked)

    async def _append_together(self, sql: str, asked: Sequence[_Batch]) -> Sequence[Exception | None]:
        rows = [row for rows in asked for row in rows]
        with suppress(BatchRefused):
            return await self._commit(partial(_insert_many, steps=((sql, 1),), values=rows, requests=len(asked)))
        return await _each(self._commit(partial(_insert, sql=sql, rows=rows)) for rows in asked)

    async def _apply_alone(self, steps: Steps, changes: _Changes) -> None:
        if not self._shares:
            return await self._commit(lambda connection: _in_transaction(connection, changes))
        return await self._commit(lambda connection: _as_statement(connection, steps, changes))

    async def _commit(self, work: Callable[[Connection], Awaitable[Result]]) -> Result:
        """Run `work`, which commits. Raises DatabaseDown as well if the server warned: then the outcome is not known.

        A commit whose wait for the synchronous standby was cancelled is such a one. It ends well, with a warning,
        and may be gone after a failover.
        """

        async def watched(connection: Connection) -> Result:
            connection.forget_warning()
            result = await work(connection)
            if connection.warning is not None:
                raise DatabaseDown(f"warning {connection.warning}")
            return result

        return await self._run(watched)

    async def _run(self, work: Callable[[Connection], Awaitable[Result]]) -> Result:
        """Run `work` on a free connection, and translate the database's errors into the product's."""
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._slots.acquire()
        except TimeoutError as error:
            raise DatabaseDown from error
        connection: Connection | None = None
        is_sound = False
        try:
            connection = await self._take()
            try:
                result = await work(connection)
            except asyncpg.PostgresError as error:
                if not is_repeatable(error):
                    raise
                result = await work(connection)
            is_sound = True
            return result
        except Exception as error:
            ours = as_ours(error)
            is_sound = not isinstance(ours, DatabaseDown)
            if ours is error:
                raise
            raise ours from error
        finally:
            if connection is not None:
                if not is_sound or connection.raw.is_closed() or connection.raw.is_in_transaction():
                    connection.raw.terminate()
                else:
                    self._free.append(connection)
            self._slots.release()

    async def _take(self) -> Connection:
        while self._free:
            connection = self._free.pop()
            if not connection.raw.is_closed():
                return connection
        return await self._connect(self._wait_seconds)

    async def _connect(self, seconds: float) -> Connection:
        plans = "force_generic_plan" if self._shares else "auto"
        return await connect(self._arguments, seconds, plans)


async def _in_transaction(connection: Connection, changes: _Changes) -> None:
    async with connection.raw.transaction():
        for at, change in enumerate(changes):
            await _change(connection, at, change)


async def _change(connection: Connection, at: int, change: Prepared) -> None:
    prepared = await connection.prepare(change.sql)
    await prepared.fetch(*change.arguments)
    hit = int(prepared.get_statusmsg().rsplit(" ", 1)[-1])
    if change.rows is not None and hit != change.rows:
        raise Missed(at)


async def _as_statement(connection: Connection, steps: Steps, changes: _Changes) -> None:
    try:
        prepared = await connection.prepare(all_together(steps))
        await prepared.fetch(*(argument for change in changes for argument in change.arguments))
    except (asyncpg.DivisionByZeroError, asyncpg.UniqueViolationError):  # one by one, to learn which
        await _in_transaction(connection, changes)


async def _fetch(connection: Connection, sql: str, arguments: _Arguments) -> _Rows:
    found: _Rows = await (await connection.prepare(sql)).fetch(*arguments)
    return found


async def _fetch_many(connection: Connection, sql: str, asked: _Batch) -> Sequence[_Rows]:
    many = await connection.prepare_many(sql, partial(many_reads, sql))
    rows: list[list[Sequence[object]]] = [[] for _ in asked]
    for row in await _or_batch_refused(many.fetch(*zip(*asked, strict=True))):
        rows[row[-1] - 1].append(row)
    return rows


async def _insert_many(
    connection: Connection, steps: Steps, values: Sequence[Sequence[object]], requests: int
) -> Sequence[Exception | None]:
    many = await connection.prepare_many(all_together(steps), partial(many_inserts, steps))
    await _or_batch_refused(many.fetch(*zip(*values, strict=True)))
    return [None] * requests


async def _insert(connection: Connection, sql: str, rows: _Batch) -> None:
    await (await connection.prepare(sql)).executemany(rows)


async def _or_batch_refused(running: Awaitable[Result]) -> Result:
    """Return the result of a shared statement. Raises BatchRefused if one of its requests made it fail."""
    try:
        return await running
    except (asyncpg.DataError, asyncpg.DivisionByZeroError, asyncpg.IntegrityConstraintViolationError) as error:
        raise BatchRefused from error
    except ValueError as error:  # a value that cannot be sent
        raise BatchRefused from error


async def _each(running: Iterable[Awaitable[Result]]) -> Sequence[Result | Exception]:
    """Run all at the same time and return the result or exception of each."""
    ended = await asyncio.gather(*running, return_exceptions=True)
    return [
        end if not isinstance(end, BaseException) or isinstance(end, Exception) else DatabaseDown() for end in ended
    ]
