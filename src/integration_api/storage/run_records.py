"""Small files that say when a command of the operator last ran, and how it ended: for the API, metrics and `doctor`.

They lie in a folder of the data folder, since each tells of one installation. They hold times and numbers, nothing
else: a backup belongs elsewhere, and so does its path.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from integration_api.core.clock import system_clock


class Run(StrEnum):
    """The commands that are recorded."""

    BACKUP = "backup"
    BACKUP_CHECK = "backup_check"
    HEADS = "ledger_heads"
    VERIFY = "ledger_verify"


@dataclass(slots=True)
class RunRecord:
    """The last run of a command that was done: its end, the number of findings, and what else it counted.

    A run that failed changes none of these.
    """

    at: str
    """Empty if none was done."""
    is_done: bool = True
    """False if a run after it was not done."""
    findings: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Return when it ended, in seconds since 1970; 0 if none was done."""
        return datetime.fromisoformat(self.at).timestamp() if self.at else 0.0

    @property
    def is_well(self) -> bool:
        """Return whether the newest run was done and found nothing."""
        return self.is_done and not self.findings


def _silent(_error: OSError) -> None:
    """Say nothing: what was done stands."""


@contextmanager
def recorded(folder: Path, run: Run, unwritten: Callable[[OSError], None] = _silent) -> Iterator[RunRecord]:
    """Record a command that runs meanwhile; it sets the findings and numbers. An exception is recorded as not done.

    `unwritten` is told if the record cannot be written. The command has done its work all the same.
    """
    ended = replace(last_run(folder, run) or RunRecord(""), is_done=False)
    record = RunRecord("")
    try:
        yield record
        record.at = system_clock().isoformat()
        ended = record
    finally:
        try:
            _write(folder / f"{run}.json", ended)
        except OSError as error:
            unwritten(error)


def read_run(folder: Path, run: Run) -> RunRecord | None:
    """Return how a command last ended here; None if it never did, or if its file is no record.

    Raises OSError if there is a file that this process may not read: then nothing is known.
    """
    try:
        found = RunRecord(**json.loads((folder / f"{run}.json").read_text("utf-8")))
        return found if found.seconds or not found.is_done else None
    except (FileNotFoundError, TypeError, ValueError):
        return None


def last_run(folder: Path, run: Run) -> RunRecord | None:
    """Return as `read_run`; None also if its file cannot be read."""
    with suppress(OSError):
        return read_run(folder, run)
    return None


def _write(path: Path, record: RunRecord) -> None:
    """Write it aside and rename it, so that a server reads the one before or this one, and never a part."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record)) + "\n")
    aside.replace(path)
