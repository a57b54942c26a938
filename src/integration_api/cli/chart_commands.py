"""`integration-api chart`: moving a chart to another deployment, and taking one in."""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from integration_api.operating.chart_packages import export_chart, import_chart
from integration_api.operating.envelopes import new_identity
from integration_api.settings import Settings

charts = typer.Typer(no_args_is_help=True, help="Move a chart between deployments. See docs/moving-charts.md.")

REFUSED = 3
"""Exit code: some rows cannot be taken, so nothing was. 1: the package or the database cannot be read."""


@charts.command("key")
def chart_key(
    file: Annotated[Path, typer.Argument(help="A file that is not there yet, for the key.", dir_okay=False)],
) -> None:
    """Make the key that packages for this deployment are encrypted to, and show its public name."""
    secret, public = new_identity()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(f"# public key: {public}\n{secret}\n")
    typer.echo(public)
    typer.echo("Give this name to the sending deployment. Keep the file: nothing else opens its packages.", err=True)


@charts.command("export")
def chart_export(
    patient_id: Annotated[UUID, typer.Argument(help="The chart.")],
    file: Annotated[Path, typer.Argument(help="A file that is not there yet.", dir_okay=False)],
    to: Annotated[str, typer.Option(help="The receiving deployment's public key: age1...")],
    clinic: Annotated[str | None, typer.Option(help="The clinic's short name, if there are several.")] = None,
) -> None:
    """Write the whole chart into a package that only the receiving deployment opens.

    Psychotherapy notes and safeguarding reports never go with it.
    """
    written = asyncio.run(export_chart(Settings(), patient_id, to, file, clinic))
    typer.echo(f"{written.rows} rows and {written.attachments} files of attachments written to {file}")
    if written.without_proof:
        typer.echo(f"{written.without_proof} signed notes go without a proof: run `ledger verify`.", err=True)
    typer.echo(f"Manifest   {written.manifest_sha256}\nSigned by  {written.public_key}")
    typer.echo("Tell the receiving deployment the last line by another way than the file.", err=True)


@charts.command("import")
def chart_import(
    file: Annotated[Path, typer.Argument(help="A package.", exists=True, dir_okay=False)],
    identity: Annotated[Path, typer.Option(help="The file with this deployment's key.", exists=True, dir_okay=False)],
    sender: Annotated[str | None, typer.Option(help="The key that the sender says they sign with.")] = None,
    clinic: Annotated[str | None, typer.Option(help="The clinic's short name, if there are several.")] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it. Without it, the report says what would be done.")
    ] = False,
) -> None:
    """Verify a package and report what it would change, as JSON. Nothing is changed without `--apply`.

    Exits with 3 if a row cannot be taken; then nothing is.
    """
    report = asyncio.run(import_chart(Settings(), file, identity, clinic, sender, apply=apply))
    typer.echo(json.dumps(report, indent=1, ensure_ascii=False))
    if report["refused"]:
        raise typer.Exit(REFUSED)
