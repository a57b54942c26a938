"""`integration-api move`: the embedded database to PostgreSQL, and back."""

import asyncio
import json
from typing import Annotated

import typer

from integration_api.cli.bars import progress_bar
from integration_api.operating.checks import NotDone
from integration_api.operating.move import Moved, move, undo_mark
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
    how = "were there already" if done.was_there else "moved"
    typer.echo(f"{rows:,} rows of {len(done.rows)} tables {how}, and are the same")
    typer.echo(
        "This database is marked as moved, and is not served any more. Serve the other, with the same master key."
    )
    typer.echo(f"Attachments were not moved: they are in {settings.attachments_bucket or settings.objects_dir}.")


async def _move(settings: Settings, to: str) -> Moved:
    with progress_bar("rows") as begin:
        return await move(settings, to, begin)
