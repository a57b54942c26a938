"""Small files that say when a command of the operator last ran, and how it ended: for metrics and for `doctor`.

They lie in the data folder, since a backup or a check of the ledger is of one installation. They hold times and
numbers, nothing else. A command does its work also if it cannot write one.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from integration_api.core.clock import system_clock
from integration_api.settings import Settings

FOLDER = "runs"


class Run(StrEnum):
    """The commands that are recorded."""

    BACKUP = "backup"
    BACKUP_CHECK = "backup_check"
    HEADS = "ledger_heads"
    VERIFY = "ledger_verify"


@dataclass(slots=True)
class RunRecord:
    """The last run of a command that was done: its end, and the number of findings.

    A run that failed changes neither.
    """

    at: str
    """Empty if none was done."""
    is_done: bool = True
    """False if a run after it was not done."""
    findings: int = 0

    @property
    def seconds(self) -> float:
        """Return when it ended, in seconds since 1970; 0 if none was done."""
        return datetime.fromisoformat(self.at).timestamp() if self.at else 0.0

    @property
    def is_well(self) -> bool:
        """Return whether the newest run was done and found nothing."""
        return self.is_done and not self.findings


@contextmanager
def recorded(settings: Settings, run: Run) -> Iterator[RunRecord]:
    """Record a command that runs meanwhile; it sets the findings. An exception is recorded as not done."""
    ended = replace(last_run(settings, run) or RunRecord(""), is_done=False)
    record = RunRecord("")
    try:
        yield record
        record.at = system_clock().isoformat()
        ended = record
    finally:
        with suppress(OSError):
            _write(_path(settings, run), ended)


def last_run(settings: Settings, run: Run) -> RunRecord | None:
    """Return how a command last ended here; None if it never did, or if its file cannot be read."""
    try:
        found = RunRecord(**json.loads(_path(settings, run).read_text("utf-8")))
        return found if found.seconds or not found.is_done else None
    except (OSError, TypeError, ValueError):
        return None


def _path(settings: Settings, run: Run) -> Path:
    return settings.data_dir / FOLDER / f"{run}.json"


def _write(path: Path, record: RunRecord) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(asdict(record)) + "\n")
    aside.replace(path)
