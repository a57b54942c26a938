"""The small file in the data folder that says when the last backup was made, and when one was last checked.

The command writes it, and servers read it. It names no place: a backup belongs elsewhere, and so does its path.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from integration_api.storage.objects import write_through

FILE_NAME = "backups.json"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made."""

    at: datetime
    database_bytes: int
    files: int
    missing_files: int


@dataclass(frozen=True, slots=True)
class BackupCheck:
    """A backup that was checked: the rows of its ledger, and the number of findings."""

    at: datetime
    rows: int
    findings: int


@dataclass(frozen=True, slots=True)
class BackupRecord:
    """The last of each; None if there was none."""

    made: BackupMade | None = None
    checked: BackupCheck | None = None
    is_readable: bool = True


_FILE = TypeAdapter(BackupRecord)


def read_record(path: Path) -> BackupRecord:
    """Return what is recorded. A file that is not there, or that is no such record, says nothing.

    One that is there and cannot be read is unknown, and not none: `is_readable` is false.
    """
    try:
        return _FILE.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return BackupRecord()
    except OSError:
        return BackupRecord(is_readable=False)


def record_made(path: Path, made: BackupMade) -> None:
    """Record a backup that was made. Raises OSError."""
    _change(path, lambda record: replace(record, made=made))


def record_checked(path: Path, checked: BackupCheck) -> None:
    """Record a check of a backup. Raises OSError."""
    _change(path, lambda record: replace(record, checked=checked))


def aside_of(path: Path) -> Path:
    """Return where the file is written before it is renamed."""
    return path.with_name(f"{path.name}.new")


def _change(path: Path, change: Callable[[BackupRecord], BackupRecord]) -> None:
    """Write it aside and rename it, so that a server reads the one before or this one, and never a part."""
    aside = aside_of(path)
    with suppress(FileNotFoundError):
        aside.unlink()
    aside.touch(mode=0o600)
    aside.write_bytes(_FILE.dump_json(change(read_record(path)), exclude={"is_readable"}, indent=1) + b"\n")
    write_through(aside)
    aside.replace(path)
