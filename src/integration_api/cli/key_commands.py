"""`integration-api keys status | check | rotate | exchange`: the master key, and the data key of one chart."""

import asyncio
import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from integration_api.app import open_database
from integration_api.cli.backups import NOT_AS_IT_SHOULD_BE
from integration_api.cli.bars import progress_bar
from integration_api.operating.chart_keys import Exchanged, exchange_chart_key
from integration_api.operating.sidecar import missing_keys
from integration_api.settings import Settings
from integration_api.storage.keys import count_by_master_key, rotate
from integration_api.storage.vault import Vault

keys_cli = typer.Typer(
    no_args_is_help=True, help="The master key and the keys of charts: exchanging them. See docs/keys.md."
)


@keys_cli.command("status")
def keys_status() -> None:
    """Show the number of keys that each master key wraps, and whether the second one can be removed.

    Exits with 0 if it can, and with 3 while it is needed.
    """

    async def count() -> tuple[bytes, dict[bytes, int]]:
        async with open_database(Settings()) as database:
            return database.vault.header, await count_by_master_key(database)

    present, counted = asyncio.run(count())
    for header, number in {present: 0, **counted}.items():
        typer.echo(f"{header[1:].hex()}  {number:>9,}  {'wraps' if header == present else 'opens only'}")
    if set(counted) <= {present}:
        typer.echo("Every key is wrapped by the present master key: no other one is needed.")
    else:
        typer.echo("Another master key is still needed: run `integration-api keys rotate`.")
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)


@keys_cli.command("check")
def keys_check(
    sidecar: Annotated[Path, typer.Argument(help="The .json file beside a backup.", exists=True, dir_okay=False)],
) -> None:
    """Say whether the master key of the settings, such as a stored copy of it, is the one that opens a backup.

    It needs no database. Exits with 0 if it is, and with 3 if it is not.
    """
    settings = Settings()
    previous = settings.previous_key_source
    vault = Vault(settings.key_source.read(), previous.read() if previous else None)
    if missing := missing_keys(sidecar, vault):
        typer.echo(f"NOT THIS KEY: the backup also needs master key {' and '.join(missing)}")
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)
    typer.echo("this master key opens every key of the backup")


@keys_cli.command("rotate")
def keys_rotate() -> None:
    """Wrap every key with the present master key. It may be stopped and run again at any time, beside servers."""

    async def run() -> int:
        async with open_database(Settings()) as database:
            counted = await count_by_master_key(database)
            old = sum(number for header, number in counted.items() if header != database.vault.header)
            with progress_bar("keys") as begin:
                return await rotate(database, begin(old))

    typer.echo(f"{asyncio.run(run()):,} keys wrapped anew; see `integration-api keys status`")


@keys_cli.command("exchange")
def keys_exchange(
    patient: Annotated[UUID, typer.Option(help="The id of the chart.")],
    clinic: Annotated[str | None, typer.Option(help="The short name of its clinic, if there are several.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Encrypt every text of one chart anew under a new data key, and destroy the old one.

    It may be killed and run again at any time, beside servers. Near its end it waits for two minutes, until no server
    uses the old key. On PostgreSQL it is run as the owner of the tables. Exits with 0 if it is done, and with 1 if not.
    """

    async def settle(seconds: float) -> None:
        typer.echo(f"waits for {seconds:.0f} s, until no server encrypts under the old key", err=True)
        await asyncio.sleep(seconds)

    async def run() -> Exchanged:
        with progress_bar("rows") as begin:
            return await exchange_chart_key(Settings(), patient, clinic, settle, begin)

    done = asyncio.run(run())
    if as_json:
        typer.echo(json.dumps({"texts": done.texts, "keys": done.keys}))
    else:
        typer.echo(f"{done.texts:,} texts of the chart encrypted anew, {done.keys} keys exchanged")
