"""SQLite through the standard library: one writer thread that commits many requests together, and a few readers.

Every connection has WAL, `synchronous=FULL` (a committed row survives a power cut) and foreign keys on. The changes of
each request are one SAVEPOINT, so that a refused request does not affect the others in the commit. Deleted data is
overwritten with zeros.
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

from integration_api.storage.batching import PLAIN_PARTS, Batches, Parts
from integration_api.storage.compiling import DialectName
from integration_api.storage.database import (
    WAIT_SECONDS,
    BrokenReference,
    DatabaseDown,
    DatabaseUnfit,
    Duplicate,
    Missed,
    Prepared,
    PreparedList,
)

TAKEN = "UNIQUE constraint failed: "
"""The prefix of SQLite's message that names the columns of a violated unique constraint."""

_READERS = 2
_PRIMARY = 0xFF
"""The part of an extended result code that names its kind."""
_UNBOUND = (ValueError, TypeError, OverflowError)
"""Errors of Python for a value that it cannot hand to SQLite."""
_WRONG = (sqlite3.ProgrammingError, sqlite3.DataError, sqlite3.InterfaceError, *_UNBOUND)
"""Errors that are the fault of one change alone."""
_MAX_READS, _MAX_CHANGES = 16, 64
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def connect(path: Path, wait_seconds: float = WAIT_SECONDS) -> sqlite3.Connection:
    """Open a connection with the product's settings; transactions are begun by hand."""
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
    """One file. Other processes may use it too; a writer waits up to `wait_seconds` for another's commit."""

    dialect: DialectName = "sqlite"

    def __init__(self, path: Path, wait_seconds: float = WAIT_SECONDS, parts: Parts = PLAIN_PARTS) -> None:
        """Take the path of a file that the migrations have made, and the parts that the driver is made of."""
        self._path, self._wait_seconds = path, wait_seconds
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._reads: Batches[_Asked, _Rows] = parts.batches(self._read_together, _MAX_READS, _READERS, wait_seconds)
        self._writes: Batches[_Change, None] = parts.batches(self._commit_together, _MAX_CHANGES, 1, wait_seconds)

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
        """Let running work end, then close the file."""
        await asyncio.gather(self._reads.end(), self._writes.end())
        for pool in (self._readers, self._writer):
            await asyncio.to_thread(pool.shutdown)
        for connection in (*self._opened, self._writing):
            _close(connection)

    async def read(self, sql: str, arguments: tuple[object, ...]) -> _Rows:
        """Run one query on a reader's own connection; it sees all that is committed."""
        return await self._reads.do(None, (sql, arguments))

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """Apply a step in the writer's next commit; return after it."""

        def run(connection: sqlite3.Connection) -> None:
            for at, change in enumerate(changes):
                hit = connection.execute(change.sql, change.arguments).rowcount
                if change.rows is not None and hit != change.rows:
                    raise Missed(at)

        await self._writes.do(None, run)

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert rows in the writer's next commit."""

        def run(connection: sqlite3.Connection) -> None:
            connection.executemany(sql, rows)

        await self._writes.do(None, run)

    async def scrub(self) -> None:
        """Write back and empty the log, which still holds old pages. If that fails, closing the file does it."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._empty_log)

    def _empty_log(self) -> None:
        """Empty the write-ahead log, in the writer's thread."""
        with suppress(sqlite3.Error):
            if self._writing is not None:
                self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def load(self, first: Prepared, lists: Sequence[PreparedList]) -> None:
        """Apply the changes in the writer's next commit."""

        def run(connection: sqlite3.Connection) -> None:
            if connection.execute(first.sql, first.arguments).rowcount != (first.rows or 1):
                raise Missed(0)
            for sql, rows in lists:
                connection.executemany(sql, rows)

        await self._writes.do(None, run)

    async def _read_together(self, _: None, asked: Sequence[_Asked]) -> Sequence[_Rows | Exception]:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read_all, asked)

    async def _commit_together(self, _: None, changes: Sequence[_Change]) -> Sequence[Exception | None]:
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write_all, changes)

    def _read_all(self, asked: Sequence[_Asked]) -> Sequence[_Rows | Exception]:
        """Run each query, in a reader's thread."""
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
        """Run each change in its savepoint and commit once, in the writer's thread."""
        try:
            if self._writing is None:
                self._writing = self._connected()
            return _commit(self._writing, changes)
        except Exception as error:  # noqa: BLE001  the connection's state is unknown: the next commit opens a new one
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
    """Run one change and return its own exception, or None. Raises an error that ends the whole commit."""
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
    """Return the product's error. SQLite names the columns of a unique constraint, the product its name."""
    if str(error).startswith(TAKEN):
        return Duplicate(_constraint(str(error).removeprefix(TAKEN)))
    if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return BrokenReference()
    return _down(error)


def _constraint(columns: str) -> str:
    """Return the name of the unique constraint over `table.a, table.b`, or the primary key's if they include it."""
    pairs = [part.strip().split(".") for part in columns.split(",")]
    table = SQLModel.metadata.tables.get(pairs[0][0])
    wanted = {pair[-1] for pair in pairs}
    if table is None:
        return ""
    if {column.name for column in table.primary_key} <= wanted:  # as PostgreSQL does, which checks that one first
        return str(table.primary_key.name)
    uniques = [c for c in table.constraints if isinstance(c, sa.PrimaryKeyConstraint | sa.UniqueConstraint)]
    for item in [*uniques, *(index for index in table.indexes if index.unique)]:
        if {column.name for column in item.columns} == wanted:
            return str(item.name)
    return ""
