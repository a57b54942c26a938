"""`integration-api move`: the embedded database to PostgreSQL, and back."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from integration_api.operating.checks import NotDone
from integration_api.operating.move import Moved, move, undo_mark
from integration_api.operating.row_copies import Progress
from integration_api.settings import Settings


def move_command(
    to: Annotated[str | None, typer.Option(help="The URL of a new, empty PostgreSQL; or an empty data folder.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Serve the marked database again; its copy was not.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Copy the whole database into one of the other kind, while no server runs, and mark this one as moved.

    It may be killed and run again. Exits with 0 if it is done, and with 1 if it is not.
    """
    settings = Settings()
    if undo:
        asyncio.run(undo_mark(settings))
        typer.echo("the mark is off: this database can be served again")
        return
    if to is None:
        raise NotDone("name the database to move to: --to URL, or --to FOLDER")
    done = asyncio.run(_move(settings, to))
    rows = sum(done.rows.values())
    if as_json:
        typer.echo(json.dumps({"rows": rows, "tables": done.rows, "was_there": done.was_there}))
        return
    typer.echo(
        f"{rows:,} rows of {len(done.rows)} tables {'were there already' if done.was_there else 'moved'}, and are the same"
    )
    typer.echo(
        "This database is marked as moved, and is not served any more. Serve the other one, with the same master key."
    )
    typer.echo(f"Attachments were not moved: they are in {settings.attachments_bucket or settings.objects_dir}.")


async def _move(settings: Settings, to: str) -> Moved:
    from rich.console import Console  # noqa: PLC0415  only here
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar

    columns = ("rows", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, disable=not sys.stderr.isatty(), console=Console(stderr=True)) as bar:

        def told(total: int) -> Progress:
            task = bar.add_task("", total=total)
            return lambda rows: bar.advance(task, rows)

        return await move(settings, to, told)
