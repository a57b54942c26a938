"""Copying the files of attachments with a backup, and back. They are ciphertext, and never change."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from integration_api.operating.checks import open_alone
from integration_api.storage.objects import ObjectName, write_through
from integration_api.storage.sqlite import explained

_ID_BYTES = 16
_HAS_ATTACHMENTS = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'attachments'"
_OBJECTS = "SELECT clinic_id, id, objects FROM attachments"


@dataclass(frozen=True, slots=True)
class Copied:
    """The number of files that were copied, and of those that the database names and that were not there."""

    files: int
    missing: int


def folder_of(backup: Path) -> Path:
    """Return the folder of attachments beside a backup."""
    return backup.with_name(f"{backup.name}.attachments")


def copy_objects(database: Path, source: Path, target: Path) -> Copied:
    """Copy each file that a database names from one folder into another, and write it through.

    An attachment that was deleted after the database was copied may have lost its files meanwhile. Raises OSError,
    DatabaseUnfit.
    """
    copied = missing = 0
    for name in _named(database):
        found, made = source / name.path, target / name.path
        if not found.exists():
            missing += 1
            continue
        made.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(found, made)
        made.chmod(0o600)
        for path in (made, made.parent):
            write_through(path)
        copied += 1
    if copied:
        write_through(target)
    return Copied(copied, missing)


def missing_objects(database: Path, folder: Path) -> int:
    """Return how many files that a database names are not in a folder. Raises DatabaseUnfit."""
    return sum(not (folder / name.path).is_file() for name in _named(database))


def _named(database: Path) -> Iterator[ObjectName]:
    """Yield the names of all objects that a database names; none if it is older than attachments.

    Raises DatabaseUnfit.
    """
    try:
        with closing(open_alone(database)) as connection:
            if connection.execute(_HAS_ATTACHMENTS).fetchone() is None:
                return
            for clinic_id, attachment_id, objects in connection.execute(_OBJECTS):
                for at in range(0, len(objects), _ID_BYTES):
                    yield ObjectName(UUID(clinic_id), UUID(attachment_id), UUID(bytes=objects[at : at + _ID_BYTES]))
    except sqlite3.Error as error:
        raise explained(database, error) from error
