"""SQLite through the standard library: one writer thread that commits many requests together, a few readers.

Every connection: WAL, `synchronous=FULL` (an acknowledged row survives a power cut), foreign keys on. Each
request's changes are one SAVEPOINT, so that one refused request does not touch its neighbours in the commit.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.core.database import BrokenReference, DatabaseDown, Duplicate, Missed, Prepared
from integration_api.core.statements import DialectName

__all__ = ["SqliteDriver", "connect"]

_READERS = 2
_MOST_TOGETHER = 64
_MOST_WAITING = 2_000
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the product's settings; transactions are begun by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@dataclass(slots=True)
class _Job:
    """One request's changes, and where to say how they ended."""

    run: Callable[[sqlite3.Connection], None]
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[None]"
    error: Exception | None = None

    def finish(self) -> None:
        """Called on the event loop."""
        if self.done.done():
            return
        if self.error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(self.error)


class SqliteDriver:
    """One file. Other processes may use it too: a writer waits up to 5 s for another's commit."""

    dialect: DialectName = "sqlite"

    def __init__(self, path: Path) -> None:
        """The file is made by the migrations, not here."""
        self._path = path
        self._jobs: queue.Queue[_Job | None] = queue.Queue(_MOST_WAITING)
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._readers: ThreadPoolExecutor | None = None
        self._writer: threading.Thread | None = None

    async def open(self) -> None:
        """Start the threads."""
        try:
            connection = connect(self._path)
        except sqlite3.Error as error:
            raise DatabaseDown from error
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        self._writer = threading.Thread(target=self._write, args=(connection,), name="sqlite-writer", daemon=True)
        self._writer.start()

    async def close(self) -> None:
        """Let the writer finish what was handed to it."""
        if self._writer is not None:
            await asyncio.to_thread(self._jobs.put, None)
            await asyncio.to_thread(self._writer.join)
        if self._readers is not None:
            self._readers.shutdown(wait=True)
        for connection in self._opened:
            connection.close()

    async def read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        """On a reader's own connection: sees all that is committed."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, sql, arguments)

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """Resolved after the commit."""

        def run(connection: sqlite3.Connection) -> None:
            for at, change in enumerate(changes):
                hit = connection.execute(change.sql, change.arguments).rowcount
                if change.rows is not None and hit != change.rows:
                    raise Missed(at)

        await self._submit(run)

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Shares the writer's next commit."""

        def run(connection: sqlite3.Connection) -> None:
            connection.executemany(sql, rows)

        await self._submit(run)

    async def _submit(self, run: Callable[[sqlite3.Connection], None]) -> None:
        loop = asyncio.get_running_loop()
        job = _Job(run, loop, loop.create_future())
        try:
            self._jobs.put_nowait(job)
        except queue.Full as error:
            raise DatabaseDown from error
        await job.done

    def _read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        try:
            if connection is None:
                connection = self._local.connection = connect(self._path)
                self._opened.append(connection)
            return connection.execute(sql, arguments).fetchall()
        except sqlite3.Error as error:
            raise DatabaseDown from error

    def _write(self, connection: sqlite3.Connection) -> None:
        """The writer thread: take what waits, run each in its savepoint, commit once, answer all."""
        is_open = True
        while is_open:
            jobs: list[_Job] = []
            job = self._jobs.get()
            while job is not None:
                jobs.append(job)
                if len(jobs) >= _MOST_TOGETHER:
                    break
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    break
            else:
                is_open = False
            if jobs:
                try:
                    _commit_together(connection, jobs)
                except Exception as error:  # noqa: BLE001  the thread must live, and everybody who waits be told
                    connection = _reopened(connection, self._path)
                    for job in jobs:
                        job.error = job.error or _down(error)
                for job in jobs:
                    with suppress(RuntimeError):  # the loop of this one has ended
                        job.loop.call_soon_threadsafe(job.finish)
        connection.close()


def _reopened(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A fresh connection in the place of one whose state is not known."""
    connection.close()
    return connect(path)


def _commit_together(connection: sqlite3.Connection, jobs: Sequence[_Job]) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        for job in jobs:
            _run_in_savepoint(connection, job)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        for job in jobs:
            job.error = job.error or _down(error)


def _run_in_savepoint(connection: sqlite3.Connection, job: _Job) -> None:
    connection.execute("SAVEPOINT request")
    try:
        job.run(connection)
    except sqlite3.IntegrityError as error:
        job.error = _refusal(error)
    except Missed as error:
        job.error = error
    except sqlite3.OperationalError:
        if not connection.in_transaction:  # the disk is full, or the like: the whole commit failed
            raise
        job.error = DatabaseDown()
    if job.error is not None:
        connection.execute("ROLLBACK TO request")
    connection.execute("RELEASE request")


def _down(error: Exception) -> DatabaseDown:
    down = DatabaseDown()
    down.__cause__ = error
    return down


def _refusal(error: sqlite3.IntegrityError) -> Exception:
    """SQLite names the columns of a unique constraint; the product knows it by the constraint's name."""
    if error.sqlite_errorcode in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return Duplicate(_constraint(str(error).partition(": ")[2]))
    if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return BrokenReference()
    return _down(error)


def _constraint(columns: str) -> str:
    """The name of the unique constraint or index over `table.a, table.b`; the primary key's where they hold it."""
    pairs = [part.strip().split(".") for part in columns.split(",")]
    table = SQLModel.metadata.tables.get(pairs[0][0])
    wanted = {pair[-1] for pair in pairs}
    if table is None:
        return ""
    if {column.name for column in table.primary_key} <= wanted:  # as PostgreSQL does, which looks at that one first
        return str(table.primary_key.name)
    uniques = [c for c in table.constraints if isinstance(c, sa.PrimaryKeyConstraint | sa.UniqueConstraint)]
    for item in [*uniques, *(index for index in table.indexes if index.unique)]:
        if {column.name for column in item.columns} == wanted:
            return str(item.name)
    return ""
