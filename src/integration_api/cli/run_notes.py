"""Noting in the data folder that a command ran: for `GET /backups`, for metrics and for `doctor`."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from integration_api.settings import Settings
from integration_api.storage.run_records import Run, RunRecord, recorded


@contextmanager
def noted(settings: Settings, run: Run) -> Iterator[RunRecord]:
    """Note a command that runs meanwhile. What it does stands, also if it cannot be noted: it says so then."""

    def unwritten(error: OSError) -> None:
        typer.echo(f"this is not noted in {settings.runs_dir}: {error.strerror}", err=True)

    with recorded(settings.runs_dir, run, unwritten) as record:
        yield record
