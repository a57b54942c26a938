"""`integration-api backup` and `restore`: the embedded database as one file."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from integration_api.cli.bars import progress_bar
from integration_api.operating.backup import Backup, back_up
from integration_api.operating.backup_check import Checked, check_backup
from integration_api.operating.object_copies import Copied, folder_of
from integration_api.operating.restore import restore
from integration_api.operating.sidecar import sidecar_of
from integration_api.settings import Settings
from integration_api.storage import migrations

NOT_AS_IT_SHOULD_BE = 3
"""Exit code of what is done and found something. 0 means done, 1 not done, 2 that the command was used wrongly."""
_AsJson = Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")]


def backup_command(
    file: Annotated[
        Path, typer.Argument(help="A file that is not there yet; with --check, one that is.", dir_okay=False)
    ],
    check: Annotated[bool, typer.Option("--check", help="Look at a backup instead: can it be restored now?")] = False,
    as_json: _AsJson = False,
) -> None:
    """Copy the embedded database into a new file, beside a running server too. The master key is not in it.

    With --check, restore a backup aside, open every key, and verify the ledger. Exits with 0 if all is well, and with
    3 if something is not as it should be; with 1 if it was not tried.
    """
    settings = Settings()
    if check:
        with progress_bar("rows") as begin:
            checked = asyncio.run(check_backup(settings, file, begin))
        _tell_checked(checked, file, as_json=as_json)
        return
    with progress_bar("pages") as begin:
        made = back_up(settings, file, begin)
    if as_json:
        attachments = {"files": made.attachments.files, "missing": made.attachments.missing}
        typer.echo(json.dumps({"path": str(made.path), **asdict(made.described), "attachments": attachments}))
    else:
        _tell_made(settings, made)
    _exit_if_missing(settings, made.attachments)


def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `backup` made.", exists=True, dir_okay=False)],
    as_json: _AsJson = False,
) -> None:
    """Make the embedded database out of a backup, in an empty data folder, and check that the master key opens it."""
    settings = Settings()
    revision, attachments = asyncio.run(restore(settings, file))
    if as_json:
        found = {"files": attachments.files, "missing": attachments.missing}
        typer.echo(json.dumps({"path": str(settings.sqlite_path), "revision": revision, "attachments": found}))
    else:
        _tell_restored(settings, revision, attachments)
    _exit_if_missing(settings, attachments)


def _exit_if_missing(settings: Settings, copied: Copied) -> None:
    """Exit with 3 if the database names files that were not there. Those in a bucket are not looked at."""
    if copied.missing and settings.attachments_bucket is None:
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)


def _tell_restored(settings: Settings, revision: str, attachments: Copied) -> None:
    typer.echo(f"{settings.sqlite_path} restored at revision {revision}; the master key opens it")
    _tell_attachments(settings, attachments, f"restored to {settings.objects_dir}")
    if revision != migrations.latest_revision():
        typer.echo(f"This program needs revision {migrations.latest_revision()}: run `integration-api migrate`.")
    typer.echo("Before anybody signs in: erase again what was erased after the backup (docs/backup.md).")


def _tell_made(settings: Settings, made: Backup) -> None:
    described = made.described
    typer.echo(f"{described.size_bytes:,} bytes at revision {described.revision} written to {made.path}")
    typer.echo(f"{sidecar_of(made.path)} says what it holds: keep both together.")
    _tell_attachments(settings, made.attachments, f"copied to {folder_of(made.path)}")
    typer.echo(
        f"The master key is NOT in it, and without that key it is worth nothing: it is in {settings.key_source.where}. "
        "Keep a copy of it apart from the backups."
    )


def _tell_checked(checked: Checked, file: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(checked)))
    else:
        for finding in checked.findings:
            typer.echo(finding)
        typer.echo(f"{file}: {checked.rows:,} rows of the ledger verified, {checked.keys:,} keys opened")
        typer.echo("NOT AS IT SHOULD BE" if checked.findings else "it can be restored, and is as it was made")
    if checked.findings:
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)


def _tell_attachments(settings: Settings, copied: Copied, done: str) -> None:
    if settings.attachments_bucket is not None:
        typer.echo(f"Attachments are in the bucket {settings.attachments_bucket}, which is backed up by its own means.")
        return
    if copied.files or copied.missing:
        typer.echo(f"{copied.files} files of attachments {done}")
    if copied.missing:
        typer.echo(f"{copied.missing} files that the database names were NOT there: those attachments cannot be read.")
