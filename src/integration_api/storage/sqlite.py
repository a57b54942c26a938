"""SQLite through the standard library: one writer thread that commits many requests together, a few readers.

Every connection: WAL, `synchronous=FULL` (an acknowledged row survives a power cut), foreign keys on. Each
request's changes are one SAVEPOINT, so that one refused request does not touch its neighbours in the commit.
What is deleted is overwritten with zeros.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.storage.batching import Batches
from integration_api.storage.compiling import DialectName
from integration_api.storage.database import (
    WAIT_SECONDS,
    BrokenReference,
    DatabaseDown,
    DatabaseUnfit,
    Duplicate,
    Missed,
    Prepared,
)

TAKEN = "UNIQUE constraint failed: "
"""How SQLite begins to say which key exists already."""

_READERS = 2
_PRIMARY = 0xFF
"""The part of an extended result code that names its kind."""
_UNBOUND = (ValueError, TypeError, OverflowError)
"""Errors of Python for a value that it cannot hand to SQLite."""
_WRONG = (sqlite3.ProgrammingError, sqlite3.DataError, sqlite3.InterfaceError, *_UNBOUND)
"""Errors that are the fault of one change alone."""
_MOST_READS, _MOST_TOGETHER = 16, 64
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def connect(path: Path, wait_seconds: float = WAIT_SECONDS) -> sqlite3.Connection:
    """A connection with the product's settings; transactions are begun by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    for pragma in (*_PRAGMAS, f"busy_timeout={wait_seconds * 1000:.0f}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def explained(path: Path, error: BaseException | str) -> DatabaseUnfit:
    """Say what keeps a database's file from being used, by an error of SQLite or its name."""
    name = error if isinstance(error, str) else str(getattr(error, "sqlite_errorname", type(error).__name__))
    for start, why in _WHY.items():
        if name.startswith(start):
            return DatabaseUnfit(f"{path}: {why} ({name})")
    return DatabaseUnfit(f"{path}: SQLite refuses it ({name})")


def holds_keys(path: Path) -> bool:
    """Return whether a database at this path has keys that a master key wraps. Raises DatabaseUnfit."""
    if not path.exists():
        return False
    connection = sqlite3.connect(path)
    try:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'vault_keys'").fetchone() is None:
            return False
        return connection.execute("SELECT 1 FROM vault_keys LIMIT 1").fetchone() is not None
    except sqlite3.Error as error:
        raise explained(path, error) from error
    finally:
        connection.close()


_WHY = {
    "SQLITE_NOTADB": "this is no SQLite database, or it is broken; restore a backup",
    "SQLITE_CORRUPT": "the database is broken; restore a backup",
    "SQLITE_READONLY": "the file or its folder cannot be written",
    "SQLITE_CANTOPEN": "the file or its folder cannot be opened for writing",
    "SQLITE_PERM": "the file or its folder cannot be opened for writing",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_IOERR": "the disk cannot be read or written",
    "SQLITE_BUSY": "another program holds the database",
}
"""Names of SQLite's errors by their beginning, in the words of an operator."""

_Asked = tuple[str, tuple[object, ...]]
_Rows = Sequence[Sequence[object]]
_Change = Callable[[sqlite3.Connection], None]


class SqliteDriver:
    """One file. Other processes may use it too: a writer waits so many seconds for another's commit."""

    dialect: DialectName = "sqlite"

    def __init__(self, path: Path, wait_seconds: float = WAIT_SECONDS) -> None:
        """The file is made by the migrations, not here."""
        self._path, self._wait_seconds = path, wait_seconds
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._reads: Batches[_Asked, _Rows] = Batches(self._read_together, _MOST_READS, _READERS, wait_seconds)
        self._writes: Batches[_Change, None] = Batches(self._commit_together, _MOST_TOGETHER, 1, wait_seconds)

    async def open(self) -> None:
        """Start the threads. Raises DatabaseUnfit if there is no file: migrations make it."""
        if not await asyncio.to_thread(self._path.exists):
            raise DatabaseUnfit(f"{self._path}: there is no database yet; run `python -m integration_api migrate`")
        self._writing: sqlite3.Connection | None = self._connected()
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")

    def _connected(self) -> sqlite3.Connection:
        try:
            return connect(self._path, self._wait_seconds)
        except sqlite3.Error as error:
            raise _down(error) from error

    async def close(self) -> None:
        """Let what is under way end."""
        await asyncio.gather(self._reads.end(), self._writes.end())
        for pool in (self._readers, self._writer):
            await asyncio.to_thread(pool.shutdown)
        for connection in (*self._opened, self._writing):
            _close(connection)

    async def read(self, sql: str, arguments: tuple[object, ...]) -> _Rows:
        """On a reader's own connection: sees all that is committed."""
        return await self._reads.do(None, (sql, arguments))

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """Resolved after the commit."""

        def run(connection: sqlite3.Connection) -> None:
            for at, change in enumerate(changes):
                hit = connection.execute(change.sql, change.arguments).rowcount
                if change.rows is not None and hit != change.rows:
                    raise Missed(at)

        await self._writes.do(None, run)

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Shares the writer's next commit."""

        def run(connection: sqlite3.Connection) -> None:
            connection.executemany(sql, rows)

        await self._writes.do(None, run)

    async def scrub(self) -> None:
        """The log still holds pages as they were: write it back and empty it; at the latest, closing does."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._empty_log)

    def _empty_log(self) -> None:
        """In the writer's thread."""
        with suppress(sqlite3.Error):
            if self._writing is not None:
                self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def load(self, first: Prepared, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Shares the writer's next commit."""

        def run(connection: sqlite3.Connection) -> None:
            if connection.execute(first.sql, first.arguments).rowcount != (first.rows or 1):
                raise Missed(0)
            connection.executemany(sql, rows)

        await self._writes.do(None, run)

    async def _read_together(self, _: None, asked: Sequence[_Asked]) -> Sequence[_Rows | Exception]:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read_all, asked)

    async def _commit_together(self, _: None, changes: Sequence[_Change]) -> Sequence[Exception | None]:
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write_all, changes)

    def _read_all(self, asked: Sequence[_Asked]) -> Sequence[_Rows | Exception]:
        """In a reader's thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connected()
            self._opened.append(connection)
        ended = [_read(connection, sql, arguments) for sql, arguments in asked]
        if any(isinstance(end, DatabaseDown) for end in ended):
            self._drop(connection)
        return ended

    def _drop(self, connection: sqlite3.Connection) -> None:
        """Close a reader's connection after a failure: the next read makes another one."""
        del self._local.connection
        self._opened.remove(connection)
        _close(connection)

    def _write_all(self, changes: Sequence[_Change]) -> Sequence[Exception | None]:
        """In the writer's thread: run each in its savepoint, commit once."""
        try:
            if self._writing is None:
                self._writing = self._connected()
            return _commit(self._writing, changes)
        except Exception as error:  # noqa: BLE001  its state is not known: the next commit goes on with a fresh one
            _close(self._writing)
            self._writing = None
            return [_down(error)] * len(changes)


def _close(connection: sqlite3.Connection | None) -> None:
    """Close a connection, of a broken file too."""
    if connection is not None:
        with suppress(sqlite3.Error):
            connection.close()


def _read(connection: sqlite3.Connection, sql: str, arguments: tuple[object, ...]) -> _Rows | Exception:
    try:
        return connection.execute(sql, arguments).fetchall()
    except sqlite3.Error as error:
        return _down(error)
    except _UNBOUND as wrong:
        return wrong


def _commit(connection: sqlite3.Connection, changes: Sequence[_Change]) -> Sequence[Exception | None]:
    """Run each change in its savepoint and commit. Raises what leaves the state of the connection unknown."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY:
            raise
        return [_down(error)] * len(changes)  # another process writes: nothing was begun
    ended = [_run_in_savepoint(connection, change) for change in changes]
    connection.execute("COMMIT")
    return ended


def _run_in_savepoint(connection: sqlite3.Connection, change: _Change) -> Exception | None:
    """What went wrong with this one alone. Raises what ends the whole commit."""
    error: Exception | None = None
    connection.execute("SAVEPOINT request")
    try:
        change(connection)
    except sqlite3.IntegrityError as refused:
        error = _refusal(refused)
    except Missed as missed:
        error = missed
    except sqlite3.OperationalError as failed:
        if not connection.in_transaction:  # the disk is full, or the like
            raise
        error = _down(failed)
    except _WRONG as wrong:
        error = wrong
    if error is not None:
        connection.execute("ROLLBACK TO request")
    connection.execute("RELEASE request")
    return error


def _down(error: Exception) -> DatabaseDown:
    """DatabaseDown with SQLite's own name for what went wrong, such as SQLITE_FULL."""
    if isinstance(error, DatabaseDown):
        return error
    down = DatabaseDown(getattr(error, "sqlite_errorname", type(error).__name__))
    down.__cause__ = error
    return down


def _refusal(error: sqlite3.IntegrityError) -> Exception:
    """SQLite, or a trigger in its words, names the columns of a unique constraint; the product knows it by its name."""
    if str(error).startswith(TAKEN):
        return Duplicate(_constraint(str(error).removeprefix(TAKEN)))
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
