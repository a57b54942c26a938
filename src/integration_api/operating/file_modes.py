"""Modes of files, and who shares a folder: looked at when a server starts, a migration runs or a backup is tried."""

import os
import stat
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from integration_api.core.addresses import is_loopback
from integration_api.operating.checks import NotDone
from integration_api.settings import Settings
from integration_api.storage.key_sources import FileKey, KeySource

_OTHERS, _GROUP, _GROUP_WRITES = 0o007, 0o070, 0o020
_BESIDE = ("", "-wal", "-shm", "-journal")
"""Ends of the names of SQLite's files."""


class Openness(StrEnum):
    """The people, besides its owner, who may read or write a file."""

    CLOSED = "closed"
    GROUP = "group"
    """Its group. Volumes of some container engines always are so: it is warned of."""
    OTHERS = "others"
    """Everybody on this machine; of a key, also a group that may write it."""


def openness_of(path: Path, *, is_key: bool = False) -> Openness:
    """Return who may read or write a file or folder. One that is not there is closed.

    So is what systemd hands over as a credential: its mode is 0440, and an ACL lets this user alone read it.
    """
    given = os.environ.get("CREDENTIALS_DIRECTORY")
    if given and path.resolve().is_relative_to(Path(given).resolve()):
        return Openness.CLOSED
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return Openness.CLOSED
    if mode & _OTHERS or (is_key and mode & _GROUP_WRITES):
        return Openness.OTHERS
    return Openness.GROUP if mode & _GROUP else Openness.CLOSED


def open_files(settings: Settings) -> Iterator[tuple[Path, Openness]]:
    """Yield each file of the database, and each file of a key, that more than its owner may read or write."""
    keys = [*_key_files(settings)]
    for path in (*keys, *_database_files(settings)):
        if (openness := openness_of(path, is_key=path in keys)) != Openness.CLOSED:
            yield path, openness


def check_modes(settings: Settings) -> list[str]:
    """Refuse files of this user that others may read; return warnings about the rest that is open.

    A secret that a container engine mounts belongs to somebody else, who decides on its mode. Raises NotDone.
    """
    found = [*open_files(settings)]
    to_others = [path for path, openness in found if openness == Openness.OTHERS]
    if own := [path for path in to_others if path.stat().st_uid == os.geteuid()]:
        named = " ".join(map(str, own))
        raise NotDone(f"others may read or write {named}; run: chmod 600 {named}")
    return [
        *(f"others on this machine may read {path}, which belongs to another user" for path in to_others),
        *(f"a group may read or write {path}" for path, openness in found if openness == Openness.GROUP),
    ]


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


def _database_files(settings: Settings) -> Iterator[Path]:
    if settings.is_embedded:
        base = settings.sqlite_path
        yield from (base.with_name(f"{base.name}{end}") for end in _BESIDE)


def _key_files(settings: Settings) -> Iterator[Path]:
    sources: tuple[KeySource | None, ...] = (settings.key_source, settings.previous_key_source)
    yield from (source.path for source in sources if isinstance(source, FileKey))
