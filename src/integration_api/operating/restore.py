"""Restoring a backup of the embedded database into an empty folder."""

import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

from integration_api.core.clock import system_clock
from integration_api.operating import sidecar
from integration_api.operating.checks import NotDone, check_is_alone, open_alone, revision_of
from integration_api.operating.object_copies import Copied, copy_objects, folder_of
from integration_api.settings import Settings
from integration_api.storage.database import Database
from integration_api.storage.key_sources import FileKey
from integration_api.storage.keys import unlock
from integration_api.storage.objects import write_through
from integration_api.storage.sqlite import SqliteDriver, explained
from integration_api.storage.vault import Vault

_KEY_ADVICE = "; put the master key of the backup there, or set INTEGRATION_API_MASTER_KEY_FILE"


async def restore(settings: Settings, path: Path) -> tuple[str, Copied]:
    """Make the database of the settings out of a backup, and return its revision, and what came of attachments.

    The data folder may hold keys, files of attachments, and nothing else. The database is made aside, checked, opened
    with the master key, and then renamed. Raises NotDone, DatabaseUnfit, MasterKeyMissing, MasterKeyWrong, OSError.
    """
    if not settings.is_embedded:
        raise NotDone("a PostgreSQL is restored with its own programs: docs/backup.md says how")
    check_is_alone(path)
    if described := sidecar.read(path):
        sidecar.check_is_same(path, described)
    folder = settings.data_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = _keys(settings)
    if others := sorted(there.name for there in folder.iterdir() if there.resolve() not in keys):
        raise NotDone(f"{folder} holds {others[0]}; a backup is restored into an empty folder only")
    vault = _vault(settings)
    aside = Path(tempfile.mkdtemp(prefix=".restore-", dir=folder))
    try:
        made = aside / settings.sqlite_path.name
        revision = remake(path, made)
        await _check_keys(made, vault)
        write_through(made)
        attachments = copy_objects(path, folder_of(path), settings.objects_dir)
        made.rename(settings.sqlite_path)
        write_through(folder)
    finally:
        rmtree(aside, ignore_errors=True)
    return revision, attachments


def _keys(settings: Settings) -> set[Path]:
    """Return what may be in the data folder already: files of keys, and attachments."""
    given = (settings.key_path, settings.master_key_previous_file, settings.master_key_kms_previous_file)
    kms = settings.master_key_kms_file or settings.data_dir / "master.key.wrapped"
    return {path.resolve() for path in (kms, settings.objects_dir, *given) if path is not None}


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


async def _check_keys(path: Path, vault: Vault) -> None:
    """Raise MasterKeyWrong if the master key is not the one of this database. Leaves no log beside it."""
    driver = SqliteDriver(path)
    await driver.open()
    try:
        await unlock(Database(driver, vault), system_clock())
    finally:
        await driver.close()
    if path.with_name(f"{path.name}-wal").exists():
        raise NotDone(f"the log of {path} was not written back; try it again")
