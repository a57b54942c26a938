"""A sandbox on the command line: its mark, its routes and its clock."""

from datetime import datetime

from fastapi import APIRouter
from typer import BadParameter

from integration_api.access import sandbox_clock
from integration_api.app import open_database
from integration_api.core.clock import system_clock, time_of
from integration_api.settings import Settings


def routes(settings: Settings) -> APIRouter | None:
    """Return the routes of a sandbox, or None if the settings ask for none."""
    if not settings.sandbox:
        return None
    from integration_api.demo.sandbox.router import router  # noqa: PLC0415  no product has these routes

    return router


async def mark(settings: Settings) -> None:
    """Make an empty database a sandbox. Raises NotASandbox."""
    async with open_database(settings) as database:
        await sandbox_clock.mark(database, system_clock())


async def now(settings: Settings, clinic: str | None) -> datetime:
    """Return the time by this machine, or by the clock of a sandbox's clinic. Raises NotASandbox, BadParameter."""
    if clinic is None:
        return system_clock()
    async with open_database(settings) as database:
        await sandbox_clock.check_kind(database, is_sandbox=True)
        clock = sandbox_clock.MovedClock(database, system_clock)
        await clock.follow()
        clinic_id = clock.clinic_named(clinic.encode())
        if clinic_id is None:
            msg = "the sandbox has no clinic of this short name"
            raise BadParameter(msg)
        with time_of(clinic_id):
            return clock()
