"""`integration-api conformance`: whether a deployment keeps its promises, asked by HTTP alone."""

import asyncio
import json
import os
from pathlib import Path
from typing import Annotated

import httpx
import typer

from integration_api.operating.checks import NotDone
from integration_api.operating.conformance.callers import NotShown
from integration_api.operating.conformance.runs import BROKEN, CANNOT_SHOW, KEPT, NOT_SHOWN, Run, run_kit

PROMISE_BROKEN, NOT_ALL_SHOWN = 3, 4
"""Exit codes: a promise is broken; none is, and one could not be tried. 0: all are kept; 1: the run could not begin."""
TOKEN_VARIABLE = "INTEGRATION_API_CONFORMANCE_TOKEN"  # noqa: S105  the name of a variable
_TIMEOUT_SECONDS = 30.0
_MARKS = {KEPT: "kept     ", BROKEN: "BROKEN   ", NOT_SHOWN: "not shown"}


def conformance_command(
    url: Annotated[str, typer.Argument(help="The address of the deployment, such as https://journal.example.org.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    junit: Annotated[Path | None, typer.Option(help="Write the results in the format of JUnit, too.")] = None,
) -> None:
    """Try every promise against a deployment, with invented people in a clinic that its admin has set aside.

    The access token of that admin is in INTEGRATION_API_CONFORMANCE_TOKEN, or is asked for. Exits with 3 if a promise
    is broken, and with 4 if one could not be tried.
    """
    token = os.environ.get(TOKEN_VARIABLE) or typer.prompt("Access token of the clinic's admin", hide_input=True)
    try:
        run = asyncio.run(_run(url, token))
    except NotShown as error:
        raise NotDone(f"the kit could not begin: {error}") from None
    if junit is not None:
        junit.write_bytes(run.as_junit())
    if as_json:
        typer.echo(json.dumps(run.as_json(), indent=1))
    else:
        _tell(run)
    if run.outcomes(BROKEN):
        raise typer.Exit(PROMISE_BROKEN)
    if run.outcomes(NOT_SHOWN):
        raise typer.Exit(NOT_ALL_SHOWN)


async def _run(url: str, token: str) -> Run:
    async with httpx.AsyncClient(base_url=url.rstrip("/"), timeout=_TIMEOUT_SECONDS) as client:
        return await run_kit(client, token)


def _tell(run: Run) -> None:
    typer.echo(f"{run.url}  version {run.version}  revision {run.revision}  {run.requests} requests")
    for one in run.results:
        typer.echo(f"{_MARKS[one.outcome]}  {one.name}{f': {one.detail}' if one.detail else ''}")
    typer.echo("It cannot show:")
    for what in CANNOT_SHOW:
        typer.echo(f"  {what}")
