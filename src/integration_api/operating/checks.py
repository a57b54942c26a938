"""Whether a file is a whole database of the product."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from integration_api.storage import migrations
from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.sqlite import explained

_WAL = 2
"""The format of a file whose last changes may be in a log beside it; bytes 18 and 19 of its head say so."""
_FORMAT_AT = slice(18, 20)
_HEAD_BYTES = 100
_MAGIC = b"SQLite format 3\0"


class NotDone(Exception):
    """A backup or a restore was refused, and nothing was changed; the message says why."""


def open_alone(path: Path) -> sqlite3.Connection:
    """Open a file that has no log beside it and that nobody changes, to read it."""
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None)


def check_is_alone(path: Path) -> None:
    """Raise NotDone for what is no backup: another file, or the main file of a database copied without its log."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.startswith(_MAGIC):
        raise NotDone(f"{path} is no backup of this program")
    if _WAL in head[_FORMAT_AT]:
        raise NotDone(
            f"{path} is a copy of a database's file. The last writes may be missing: they are in the -wal file that "
            "belongs to it. Use a file that `integration-api backup` made; docs/backup.md says what else helps"
        )


def revision_of(connection: sqlite3.Connection, path: Path) -> str:
    """Check a whole database and return its revision. It may be newer if it lets this program go on.

    `path` is what to call it. Raises DatabaseUnfit.
    """
    try:
        [[said]] = connection.execute("PRAGMA integrity_check(1)")
        strays = connection.execute("PRAGMA foreign_key_check").fetchmany(1)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise explained(path, error) from error
    if said != "ok" or strays:
        raise DatabaseUnfit(f"{path}: the database is broken (integrity_check)")
    if found is None:
        raise DatabaseUnfit(f"{path}: this is no database of this program")
    why = migrations.why_not_migratable(found[0])
    if why and not (migrations.is_newer(found[0]) and migrations.may_serve(found[0], _serves_from(connection))):
        raise DatabaseUnfit(why)
    return str(found[0])


def _serves_from(connection: sqlite3.Connection) -> str | None:
    """Return the oldest revision whose servers may go on; each newer database says it."""
    try:
        [[told]] = connection.execute("SELECT serves_from FROM alembic_version")
    except sqlite3.Error:
        return None
    return told if isinstance(told, str) else None
