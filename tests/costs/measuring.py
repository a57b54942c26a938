"""Every operation, asked of one application of each kind, and what it cost."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.applications import application, settings_of
from tests.costs.counting import Wire, counted, traced
from tests.databases import migrated_sqlite
from tests.scene import OPERATIONS, Scene, succeed
from tests.support import Api, World


class OnSqlite(NamedTuple):
    """The commits of an operation, the statements that SQLite ran, and those that the product asked for."""

    commits: int
    ran: int
    asked: int


async def round_trips(url: str, folder: Path) -> dict[str, int]:
    """Return the round trips of each operation between an application and this migrated PostgreSQL."""
    async with Wire.to(url) as wire, application(settings_of(folder, wire.url)) as api:
        return {name: count for name, (count,) in (await _measure(api, lambda: (wire.round_trips,))).items()}


async def on_sqlite(folder: Path) -> dict[str, OnSqlite]:
    """Return what each operation costs on a new SQLite."""
    settings = settings_of(folder)
    migrated_sqlite(settings.sqlite_path)
    with traced() as seen:
        async with application(settings) as api:
            with counted(api.runtime.database) as asked:
                found = await _measure(api, lambda: (seen.commits, seen.statements, asked.statements))
    return {name: OnSqlite(*counts) for name, counts in found.items()}


async def _measure(api: Api, counters: Callable[[], tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """By how much the counters go up in each operation, in a new clinic, the second time that it is asked."""
    scene, measured = await Scene.build(await World.build(api)), {}
    for name, prepare in OPERATIONS.items():
        await succeed(api, await prepare(scene))
        ask = await prepare(scene)
        before = counters()
        await succeed(api, ask)
        measured[name] = tuple(after - was for after, was in zip(counters(), before, strict=True))
    return measured
