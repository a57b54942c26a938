"""The exact cost of each operation. A number that falls is written down like one that rises: `make costs`.

`round_trips` are on PostgreSQL, counted on the wire between the application and the server, with every statement
prepared and the chart's key known. `commits` are what had to reach the disk, counted on SQLite. The statements that
SQLite runs are not written down: they are those that the product asks for, no more and no fewer.
"""

import asyncio
from pathlib import Path

import pytest

from tests.applications import application, settings_of
from tests.costs.conftest import Told
from tests.costs.counting import Wire
from tests.costs.measuring import on_sqlite
from tests.costs.written import PATH, Cost, changed, render, written
from tests.databases import migrated_postgres
from tests.scene import OPERATIONS, Scene, succeed
from tests.support import World

pytestmark = pytest.mark.thorough

SHARING = ("read_note", "list_reflections", "create_reflection")
AT_ONCE = 16


def test_every_operation_has_its_cost() -> None:
    assert list(OPERATIONS) == list(written()), "run `make costs`"
    assert render(written()) == PATH.read_text("utf-8")


async def test_round_trips_on_postgres(told_postgres: Told) -> None:
    measured = {name: Cost(trips, 0) for name, trips in told_postgres.round_trips.items()}
    assert changed(measured, {name: cost._replace(commits=0) for name, cost in written().items()}) == {}


async def test_commits_and_statements_on_sqlite(tmp_path: Path) -> None:
    found = await on_sqlite(tmp_path)
    measured = {name: Cost(0, cost.commits) for name, cost in found.items()}
    assert changed(measured, {name: cost._replace(round_trips=0) for name, cost in written().items()}) == {}
    assert {name: cost for name, cost in found.items() if cost.ran != cost.asked} == {}
    assert sum(cost.ran for cost in found.values()) > 3 * len(found)


async def test_requests_at_once_share_round_trips(postgres_url: str, tmp_path: Path) -> None:
    """Sixteen at once, with their ledger rows, take fewer than one each."""
    url = await migrated_postgres(postgres_url)
    async with Wire.to(url) as wire, application(settings_of(tmp_path, wire.url)) as api:
        scene = await Scene.build(await World.build(api))
        for name in SHARING:
            ask = await OPERATIONS[name](scene)
            for _ in range(4):  # every connection has its statements prepared
                await asyncio.gather(*(succeed(api, ask) for _ in range(AT_ONCE)))
            before = wire.round_trips
            await asyncio.gather(*(succeed(api, ask) for _ in range(AT_ONCE)))
            assert wire.round_trips - before < AT_ONCE, name
