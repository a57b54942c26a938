"""Restoring a backup of the embedded database into an empty folder."""

import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from integration_api.access.sandbox_clock import clock_of_database
from integration_api.core.clock import system_clock
from integration_api.operating import sidecar
from integration_api.operating.aftermath import Aftermath, settle
from integration_api.operating.checks import NotDone, check_is_alone, open_alone, revision_of
from integration_api.operating.object_copies import Copied, copy_objects, folder_of
from integration_api.operating.progress import Begin, silent
from integration_api.settings import Settings
from integration_api.storage.database import Database
from integration_api.storage.key_sources import FileKey
from integration_api.storage.keys import unlock
from integration_api.storage.migrations import is_newer, latest_revision
from integration_api.storage.objects import write_through
from integration_api.storage.sqlite import SqliteDriver, explained
from integration_api.storage.vault import Vault

_ASIDE = ".restore-"
_LEFT = f"{_ASIDE}????????"
_KEY_ADVICE = "; put the master key of the backup there, or set INTEGRATION_API_MASTER_KEY_FILE"


@dataclass(frozen=True, slots=True)
class Made:
    """The database that was made of a backup."""

    revision: str
    attachments: Copied
    recorded: Aftermath | None
    """None if the backup is of an older program: that is recorded after it was migrated."""


async def restore(
    settings: Settings,
    path: Path,
    exported: Path | None = None,
    *,
    ends_sign_ins: bool = False,
    begin: Begin = silent,
) -> Made:
    """Make the database of the settings out of a backup, erase again what `exported` heads name, and record it.

    The data folder may hold keys, files of attachments, records of commands, and nothing else. The database is made
    aside, checked, opened with the master key, and then renamed.
    Raises NotDone, DatabaseUnfit, HeadsBroken, MasterKeyMissing, MasterKeyWrong, OSError.
    """
    if not settings.is_embedded:
        raise NotDone("a PostgreSQL is restored with its own programs: docs/backup.md says how")
    check_is_alone(path)
    if described := sidecar.read(path):
        sidecar.check_is_same(path, described)
    folder = settings.data_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(_LEFT):  # by one that was killed
        rmtree(left)
    keys = _keys(settings)
    if others := sorted(there.name for there in folder.iterdir() if there.resolve() not in keys):
        raise NotDone(f"{folder} holds {others[0]}; a backup is restored into an empty folder only")
    vault = _vault(settings)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        made = aside / settings.sqlite_path.name
        revision = remake(path, made)
        async with opened(made, vault) as database:
            recorded = None
            if revision == latest_revision() or is_newer(revision):
                moment = datetime.fromisoformat(described.made_at) if described else None
                clock = await clock_of_database(database, system_clock)
                recorded = await settle(
                    database, clock, exported, backup_of=moment, ends_sign_ins=ends_sign_ins, begin=begin
                )
        _check_log(made)
        write_through(made)
        attachments = copy_objects(path, folder_of(path), settings.objects_dir)
        made.rename(settings.sqlite_path)
        write_through(folder)
    finally:
        rmtree(aside, ignore_errors=True)
    return Made(revision, attachments, recorded)


def _keys(settings: Settings) -> set[Path]:
    """Return what may be in the data folder already: files of keys, attachments, and records of commands."""
    given = (settings.key_path, settings.master_key_previous_file, settings.master_key_kms_previous_file)
    kms = settings.master_key_kms_file or settings.data_dir / "master.key.wrapped"
    return {path.resolve() for path in (kms, settings.objects_dir, settings.runs_dir, *given) if path}


def _vault(settings: Settings) -> Vault:
    source, previous = settings.key_source, settings.previous_key_source
    if isinstance(source, FileKey):
        source = replace(source, advice=_KEY_ADVICE)
    return Vault(source.read(), previous.read() if previous else None)


def remake(path: Path, target: Path) -> str:
    """Make a database out of a backup, as a new file. Returns its revision. Raises DatabaseUnfit, OSError."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(open_alone(path)) as reading, closing(sqlite3.connect(target)) as writing:
            revision = revision_of(reading, path)
            reading.backup(writing)
            revision_of(writing, target)
    except sqlite3.Error as error:
        raise explained(target, error) from error
    return revision


@asynccontextmanager
async def opened(path: Path, vault: Vault) -> AsyncIterator[Database]:
    """Open a database that is being made, and unlock it. Raises MasterKeyWrong, DatabaseUnfit."""
    driver = SqliteDriver(path)
    await driver.open()
    try:
        database = Database(driver, vault)
        await unlock(database, system_clock())
        yield database
    finally:
        await driver.close()


def _check_log(path: Path) -> None:
    if path.with_name(f"{path.name}-wal").exists():
        raise NotDone(f"the log of {path} was not written back; try it again")
