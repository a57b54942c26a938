"""`integration-api migrate`: what is to come, and doing it."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer

from integration_api.cli.bars import progress_bar
from integration_api.operating.file_modes import warnings_of_place
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.key_sources import MasterKeyMissing
from integration_api.storage.migration_plans import Plan, postgres_plan, sqlite_plan
from integration_api.storage.sqlite import holds_keys


def migrate_command(
    plan: Annotated[
        bool, typer.Option("--plan", help="Tell what would be done and what it locks; do nothing.")
    ] = False,
    wait_seconds: Annotated[
        int, typer.Option(min=0, help="PostgreSQL: the longest wait for a lock; 0 is without a bound.")
    ] = migrations.WAIT_SECONDS,
    hold_seconds: Annotated[
        int, typer.Option(min=0, help="PostgreSQL: the longest time that a revision holds its locks; 0: no bound.")
    ] = migrations.HOLD_SECONDS,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan, or what was done, as JSON.")] = False,
) -> None:
    """Migrate the database to the revision of this program. Makes the master key of the embedded default.

    Each revision is one transaction. It may be killed at any time and run again. Exits with 0 if it is done, and with 1
    if it is not; then servers go on as before. Leaves a newer database alone that lets this program go on. Any other
    newer database is refused, by the plan too.
    """
    settings = Settings()
    if plan:
        planned = _plan(settings)
        bounds = {"wait_seconds": wait_seconds, "hold_seconds": hold_seconds}
        if as_json:
            typer.echo(json.dumps({**asdict(planned), **bounds}))
        else:
            typer.echo("\n".join(_told(settings, planned, wait_seconds, hold_seconds)))
        return
    newer, latest = migrate(settings, wait_seconds, hold_seconds), migrations.latest_revision()
    if as_json:
        typer.echo(json.dumps({"revision": newer or latest}))
    elif newer:
        typer.echo(f"database at {newer}, newer than this program's {latest}, which it lets go on: nothing was done")
    else:
        typer.echo(f"database at {latest}")


def migrate(
    settings: Settings, wait_seconds: int = migrations.WAIT_SECONDS, hold_seconds: int = migrations.HOLD_SECONDS
) -> str | None:
    """Migrate, with a bar. Returns the revision of a newer database that lets this program go on, else None.

    Raises DatabaseDown, DatabaseUnfit, MasterKeyMissing.
    """
    with progress_bar("revisions") as begin:
        if settings.database_url is None:
            _make_key(settings)
            newer = migrations.migrate_sqlite(settings.sqlite_path, begin=begin)
        else:
            url = settings.database_url.get_secret_value()
            newer = asyncio.run(
                migrations.migrate_postgres(url, begin=begin, wait_seconds=wait_seconds, hold_seconds=hold_seconds)
            )
    for warning in warnings_of_place(settings):
        typer.echo(f"WARNING: {warning}", err=True)
    return newer


def _make_key(settings: Settings) -> None:
    if settings.lacks_key_file and holds_keys(settings.sqlite_path):
        msg = (
            f"no master key at {settings.key_path}, and {settings.sqlite_path} holds data under one: put it back "
            "(INTEGRATION_API_MASTER_KEY_FILE names another place). No new key was made"
        )
        raise MasterKeyMissing(msg)
    settings.make_master_key()


def _plan(settings: Settings) -> Plan:
    if settings.database_url is None:
        return sqlite_plan(settings.sqlite_path)
    return asyncio.run(postgres_plan(settings.database_url.get_secret_value()))


def _told(settings: Settings, planned: Plan, wait_seconds: int, hold_seconds: int) -> list[str]:
    """Tell a plan to people."""
    if not planned.revisions:
        latest = migrations.latest_revision()
        goes_on = "" if planned.present == latest else f", newer than this program's {latest}, which it lets go on"
        return [f"nothing to do: the database is at {planned.present}{goes_on}"]
    lines = []
    for one in planned.revisions:
        goes_on = (
            "servers of the revision before may go on" if one.serves_with else "end servers of the revision before"
        )
        lines += [f"{one.revision}  {one.title}", f"    {goes_on}"]
        if settings.is_embedded:
            continue
        if not one.is_known:
            lines.append("    it reads rows first, so what it locks is not known before")
        lines += [f"    {table}: holds up {what}" for table, what in sorted(one.locks.items())]
    if settings.is_embedded:
        lines.append("SQLite: writes wait until each revision ends. End the server first.")
    else:
        lines.append(
            f"PostgreSQL: waits for a lock {_seconds(wait_seconds)}, and holds those of a revision "
            f"{_seconds(hold_seconds)}. If that is not enough, the revision is undone, and you can run it again."
        )
    return lines


def _seconds(bound: int) -> str:
    return f"for at most {bound} s" if bound else "for as long as it takes"
