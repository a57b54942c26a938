"""`integration-api backup` and `restore`: the embedded database as one file."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from integration_api.operating.backup import back_up
from integration_api.operating.object_copies import Copied, folder_of
from integration_api.operating.restore import restore
from integration_api.settings import Settings
from integration_api.storage import migrations


def backup_command(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.", dir_okay=False)],
) -> None:
    """Copy the embedded database into a new file, beside a running server too. The master key is not in it."""
    settings = Settings()
    made = back_up(settings, file)
    typer.echo(f"{made.size_bytes:,} bytes at revision {made.revision} written to {made.path}")
    _tell_attachments(settings, made.attachments, f"copied to {folder_of(made.path)}")
    typer.echo(
        f"The master key is NOT in it, and without that key it is worth nothing: it is in {settings.key_source.where}. "
        "Keep a copy of it apart from the backups."
    )


def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `backup` made.", exists=True, dir_okay=False)],
) -> None:
    """Make the embedded database out of a backup, in an empty data folder, and check that the master key opens it."""
    settings = Settings()
    revision, attachments = asyncio.run(restore(settings, file))
    typer.echo(f"{settings.sqlite_path} restored at revision {revision}; the master key opens it")
    _tell_attachments(settings, attachments, f"restored to {settings.objects_dir}")
    if revision != migrations.latest_revision():
        typer.echo(f"This program needs revision {migrations.latest_revision()}: run `integration-api migrate`.")
    typer.echo("Before anybody signs in: erase again what was erased after the backup (docs/backup.md).")


def _tell_attachments(settings: Settings, copied: Copied, done: str) -> None:
    if settings.attachments_bucket is not None:
        typer.echo(f"Attachments are in the bucket {settings.attachments_bucket}, which is backed up by its own means.")
        return
    if copied.files or copied.missing:
        typer.echo(f"{copied.files} files of attachments {done}")
    if copied.missing:
        typer.echo(f"{copied.missing} files that the database names were NOT there: those attachments cannot be read.")
