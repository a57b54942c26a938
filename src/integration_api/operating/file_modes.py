"""Modes of files, and who shares a folder: looked at when a server starts, a migration runs or a backup is tried."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from integration_api.core.addresses import is_loopback
from integration_api.operating.checks import NotDone
from integration_api.settings import Settings
from integration_api.storage.key_sources import FileKey, KeySource

_OTHERS = 0o077
_BESIDE = ("", "-wal", "-shm", "-journal")
"""Ends of the names of SQLite's files."""


def is_open_to_others(path: Path) -> bool:
    """Return whether anybody but its owner may read or write a file. False if there is none."""
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)
    except OSError:
        return False


def check_modes(settings: Settings) -> list[str]:
    """Refuse files of this user that others may read; return warnings about what somebody else has placed so.

    A secret that a container engine mounts belongs to somebody else, who decides on its mode. Raises NotDone.
    """
    open_files = [path for path in _files(settings) if is_open_to_others(path)]
    if own := [path for path in open_files if path.stat().st_uid == os.geteuid()]:
        named = " ".join(map(str, own))
        raise NotDone(f"others may read or write {named}; run: chmod 600 {named}")
    return [f"others on this machine may read {path}, which belongs to another user" for path in open_files]


def warnings_of_place(settings: Settings) -> Iterator[str]:
    """Yield a warning if the master key lies beside the database and others than this machine are served."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if not settings.is_embedded or is_loopback(f"http://{host}"):
        return
    folder = settings.sqlite_path.parent.resolve()
    for path in _key_files(settings):
        if path.exists() and path.resolve().parent == folder:
            yield (
                f"{path} lies in one folder with the database: a copy of the folder opens everything. Keep the key "
                "apart from it (INTEGRATION_API_MASTER_KEY_FILE; docs/keys.md)"
            )


def is_beside_key(settings: Settings, backup: Path) -> bool:
    """Return whether a backup lies in one folder with the master key."""
    folder = backup.parent.resolve()
    return any(path.exists() and path.resolve().parent == folder for path in _key_files(settings))


def _files(settings: Settings) -> Iterator[Path]:
    yield from _key_files(settings)
    if settings.is_embedded:
        base = settings.sqlite_path
        yield from (base.with_name(f"{base.name}{end}") for end in _BESIDE)


def _key_files(settings: Settings) -> Iterator[Path]:
    sources: tuple[KeySource | None, ...] = (settings.key_source, settings.previous_key_source)
    yield from (source.path for source in sources if isinstance(source, FileKey))
