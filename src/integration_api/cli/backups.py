"""`integration-api backup` and `restore`: the embedded database as one file."""

import asyncio
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from integration_api.access.sandbox_clock import clock_of_database
from integration_api.app import open_database
from integration_api.cli.bars import progress_bar
from integration_api.cli.run_notes import noted
from integration_api.core.clock import system_clock
from integration_api.operating.aftermath import Aftermath, settle
from integration_api.operating.backup import Backup, back_up
from integration_api.operating.backup_check import Checked, check_backup
from integration_api.operating.file_modes import is_beside_key
from integration_api.operating.object_copies import Copied, folder_of
from integration_api.operating.restore import Made, restore
from integration_api.operating.sidecar import sidecar_of
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.run_records import Run

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
        with progress_bar("rows") as begin, noted(settings, Run.BACKUP_CHECK) as record:
            checked = asyncio.run(check_backup(settings, file, begin))
            record.findings, record.numbers = len(checked.findings), {"rows": checked.rows}
        _tell_checked(checked, file, as_json=as_json)
        return
    with progress_bar("pages") as begin, noted(settings, Run.BACKUP) as record:
        made = back_up(settings, file, begin)
        record.findings = made.attachments.missing if settings.attachments_bucket is None else 0
        record.numbers = {"size_bytes": made.described.size_bytes, "files": made.attachments.files}
    if as_json:
        attachments = {"files": made.attachments.files, "missing": made.attachments.missing}
        typer.echo(json.dumps({"path": str(made.path), **asdict(made.described), "attachments": attachments}))
    else:
        _tell_made(settings, made)
    _exit_if_missing(settings, made.attachments)


_Erased = Annotated[
    Path | None,
    typer.Option(
        help="The newest exported heads: the charts that they name as erased are erased again.",
        exists=True,
        dir_okay=False,
    ),
]
_EndSignIns = Annotated[bool, typer.Option("--end-sign-ins", help="End every sign-in: everybody signs in anew.")]


def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `backup` made.", exists=True, dir_okay=False)],
    erased: _Erased = None,
    end_sign_ins: _EndSignIns = False,
    as_json: _AsJson = False,
) -> None:
    """Make the embedded database out of a backup, in an empty data folder, and record that in its ledger.

    The master key must open it. Killed, it leaves no database, and may be run again.
    """
    settings = Settings()
    with progress_bar("charts and clinics") as begin:
        made = asyncio.run(restore(settings, file, erased, ends_sign_ins=end_sign_ins, begin=begin))
    if as_json:
        found = {"files": made.attachments.files, "missing": made.attachments.missing}
        recorded = asdict(made.recorded) if made.recorded else None
        told = {"path": str(settings.sqlite_path), "revision": made.revision, "attachments": found}
        typer.echo(json.dumps({**told, "recorded": recorded}))
    else:
        _tell_restored(settings, made)
    _exit_if_missing(settings, made.attachments)


def restored_command(
    erased: _Erased = None,
    backup_at: Annotated[
        datetime | None,
        typer.Option(help="The moment of the backup (UTC), if a server has written to the database since."),
    ] = None,
    end_sign_ins: _EndSignIns = False,
    as_json: _AsJson = False,
) -> None:
    """Record that the database was restored by other programs, or by an older version, before it is served.

    Charts that were erased since the backup are erased again. It may be killed and run again.
    """
    settings, late = Settings(), None if backup_at is None else backup_at.replace(tzinfo=UTC)

    async def run() -> Aftermath:
        async with open_database(settings) as database:
            clock = await clock_of_database(database, system_clock)
            with progress_bar("charts and clinics") as begin:
                return await settle(
                    database,
                    clock,
                    erased,
                    backup_of=late,
                    is_late=late is not None,
                    ends_sign_ins=end_sign_ins,
                    begin=begin,
                )

    recorded = asyncio.run(run())
    typer.echo(json.dumps(asdict(recorded)) if as_json else _aftermath(recorded))


def _exit_if_missing(settings: Settings, copied: Copied) -> None:
    """Exit with 3 if the database names files that were not there. Those in a bucket are not looked at."""
    if copied.missing and settings.attachments_bucket is None:
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)


def _tell_restored(settings: Settings, made: Made) -> None:
    typer.echo(f"{settings.sqlite_path} restored at revision {made.revision}; the master key opens it")
    _tell_attachments(settings, made.attachments, f"restored to {settings.objects_dir}")
    if made.recorded is not None:
        typer.echo(_aftermath(made.recorded))
        return
    typer.echo(
        f"This program needs revision {migrations.latest_revision()}: run `integration-api migrate`. Then run "
        "`integration-api restored --erased HEADS` before anybody signs in: the restore is NOT recorded yet."
    )


def _aftermath(recorded: Aftermath) -> str:
    """Tell what was done after a restore, and what is left to do."""
    lines = [
        f"The ledger of {recorded.clinics} clinics says that the database is that of {recorded.backup_of}. "
        f"{recorded.ahead} exported heads are of seals that are gone.",
        f"{recorded.erased_again} charts erased again."
        if recorded.knows_erasures
        else "NOT told which charts were erased since: run `integration-api restored --erased HEADS` with the newest "
        "exported heads before anybody signs in (docs/backup.md).",
    ]
    if recorded.are_sign_ins_ended:
        lines.append("Every sign-in has ended.")
    lines.append(
        "NOT ended: accounts, passwords, second factors, service keys and calendar links are as they were in the "
        "backup, also those that were disabled, replaced or revoked since. Do that again (docs/backup.md)."
    )
    return "\n".join(lines)


def _tell_made(settings: Settings, made: Backup) -> None:
    described = made.described
    typer.echo(f"{described.size_bytes:,} bytes at revision {described.revision} written to {made.path}")
    typer.echo(f"{sidecar_of(made.path)} says what it holds: keep both together.")
    _tell_attachments(settings, made.attachments, f"copied to {folder_of(made.path)}")
    typer.echo(
        f"The master key is NOT in it, and without that key it is worth nothing: it is in {settings.key_source.where}. "
        "Keep a copy of it apart from the backups."
    )
    if is_beside_key(settings, made.path):
        typer.echo(f"WARNING: the master key lies in {made.path.parent} too: a copy of that folder opens everything.")


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
