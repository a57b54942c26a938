"""`integration-api doctor`: what is wrong with this installation, in plain words."""

import asyncio
import json
from typing import Annotated

import typer

from integration_api.cli.backups import NOT_AS_IT_SHOULD_BE
from integration_api.operating.doctor.examination import examine, read_settings, told


def doctor_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Say what is wrong with this installation, and what to do. It changes nothing, and runs beside a server.

    Exits with 0 if nothing is wrong, and with 3 if something was found.
    """
    settings, found = read_settings()
    if settings is not None:
        found += asyncio.run(examine(settings))
    if as_json:
        typer.echo(json.dumps({"findings": [finding._asdict() for finding in found]}, indent=1))
    else:
        for line in told(found):
            typer.echo(line)
        typer.echo(f"{len(found)} findings" if found else "nothing is wrong that this command can see")
    if found:
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)
