"""A backup of the embedded database: one whole file, made beside a running server."""

import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from integration_api.core.clock import system_clock
from integration_api.operating.checks import NotDone, revision_of
from integration_api.operating.leftovers import sweep_leftovers
from integration_api.operating.object_copies import Copied, copy_objects, folder_of
from integration_api.operating.progress import Begin, counted_down, silent
from integration_api.operating.sidecar import Sidecar, describe, sidecar_of, write
from integration_api.settings import Settings
from integration_api.storage import sqlite
from integration_api.storage.objects import write_through

_PAGES = 2_000
"""Pages that are copied before the progress is told."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was made, and what is in it."""

    path: Path
    described: Sidecar
    attachments: Copied


def back_up(settings: Settings, path: Path, begin: Begin = silent) -> Backup:
    """Copy the database as it is now into a new file, readable by its owner only.

    The copy is made under a temporary name and checked. The files of attachments that it names are copied into a folder
    beside it, and what it holds is written beside it too. Only then it is renamed: a backup that is there has both.
    `begin` is told how many pages there are. Raises NotDone, DatabaseUnfit, OSError.
    """
    if not settings.is_embedded:
        raise NotDone("a PostgreSQL is backed up with its own programs: docs/backup.md says how")
    source = settings.sqlite_path
    if not source.exists():
        raise NotDone(f"{source}: there is no database to back up")
    if not path.parent.is_dir():
        raise NotDone(f"{path.parent}: there is no such folder")
    if _is_taken(path):
        raise NotDone(f"{path} exists, and a backup overwrites nothing; name another file")
    sweep_leftovers(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(descriptor)
    part, files, told = Path(name), Path(f"{name}.attachments"), Path(f"{name}.json")
    moment = system_clock()  # before the copy begins: what is sealed from now on may be missing in it
    try:
        revision = copy(source, part, source, begin)
        write_through(part)
        attachments = copy_objects(part, settings.objects_dir, files)
        described = describe(part, revision, moment)
        write(described, told)
        if _is_taken(path):
            raise NotDone(f"{path} was made meanwhile, and a backup overwrites nothing; name another file")
        if attachments.files:
            files.rename(folder_of(path))
        told.rename(sidecar_of(path))
        part.rename(path)
        write_through(path.parent)
    finally:
        part.unlink(missing_ok=True)
        told.unlink(missing_ok=True)
        rmtree(files, ignore_errors=True)
    return Backup(path, described, attachments)


def _is_taken(path: Path) -> bool:
    return any(one.exists() for one in (path, folder_of(path), sidecar_of(path)))


def copy(source: Path, target: Path, called: Path, begin: Begin) -> str:
    """Copy a database with what is in its log, as of one moment, into an empty file that needs none.

    Returns its revision. `called` is the name for messages. Raises DatabaseUnfit.
    """
    try:
        reading = sqlite.connect(source)
        writing = sqlite3.connect(target, isolation_level=None)
    except sqlite3.Error as error:
        raise sqlite.explained(source, error) from error
    try:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()  # others write on; this moment is kept
        reading.backup(writing, pages=_PAGES, progress=counted_down(begin))
        writing.execute("PRAGMA journal_mode=DELETE")
        return revision_of(writing, called)
    except sqlite3.Error as error:
        raise sqlite.explained(called, error) from error
    finally:
        writing.close()
        reading.close()
