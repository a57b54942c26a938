"""Findings about files: who can read them, whether the key lies beside the data, and how full the disk is."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from integration_api.operating.doctor.findings import Finding
from integration_api.operating.file_modes import Openness, open_files, openness_of
from integration_api.settings import Settings
from integration_api.storage.key_sources import FileKey, MasterKeyMissing

MIN_FREE_BYTES = 1024**3
_MIB = 1024**2


def file_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the files of this installation."""
    yield from _key_findings(settings)
    for path, openness in ((settings.data_dir, openness_of(settings.data_dir)), *open_files(settings)):
        if openness != Openness.CLOSED:
            who = "other users of this machine" if openness == Openness.OTHERS else "a group"
            yield Finding(
                f"file-open-to-{openness}",
                f"{path} can be read, written or entered by {who} (mode {path.stat().st_mode & 0o777:o}).",
                f"chmod {'700' if path.is_dir() else '600'} {path}",
            )
    yield from _disk_findings(settings)


def _key_findings(settings: Settings) -> Iterator[Finding]:
    source = settings.key_source
    try:
        source.read()
    except MasterKeyMissing as error:
        yield Finding("key-missing", f"The master key cannot be read: {error}.", "Put it back: docs/keys.md.")
    if settings.is_embedded and isinstance(source, FileKey) and _is_beside(settings.key_path, settings.data_dir):
        yield Finding(
            "key-beside-database",
            f"The master key lies in the folder of the database, {settings.data_dir}: one copy of it is worth both.",
            "Keep it elsewhere, and name it in INTEGRATION_API_MASTER_KEY_FILE.",
        )


def _is_beside(key: Path, folder: Path) -> bool:
    return key.resolve().parent == folder.resolve()


def _disk_findings(settings: Settings) -> Iterator[Finding]:
    """Yield if there is less room than for another copy of the database, and for a day of writing."""
    if not settings.data_dir.is_dir():
        return
    size = settings.sqlite_path.stat().st_size if settings.is_embedded and settings.sqlite_path.exists() else 0
    free, wanted = shutil.disk_usage(settings.data_dir).free, max(MIN_FREE_BYTES, size)
    if free < wanted:
        yield Finding(
            "disk-nearly-full",
            f"{free // _MIB:,} MiB are free where {settings.data_dir} is; {wanted // _MIB:,} MiB should be.",
            "Make room. On a full disk every write is refused with 503; nothing that was acknowledged is lost.",
        )
