"""`make costs`: ask for everything on both databases, and write down what it cost."""

import asyncio
import os
import tempfile
from pathlib import Path

from tests.costs.measuring import on_sqlite, round_trips
from tests.costs.written import PATH, Cost, changed, render, written
from tests.databases import migrated_postgres
from tests.support import BEGINS_AT, SettableClock
from tests.wheel import Cluster


async def main(server_url: str) -> None:
    """Write the file, and say which figures are new or changed."""
    with tempfile.TemporaryDirectory() as folder:
        trips = await round_trips(await migrated_postgres(server_url), Path(folder))
        sqlite = await on_sqlite(Path(folder))
    measured = {name: Cost(trips[name], cost.commits) for name, cost in sqlite.items()}
    for name, what in changed(measured, written() if PATH.exists() else {}).items():
        print(f"{name}: {what}")  # noqa: T201  what is to be read
    PATH.write_text(render(measured), "utf-8")


SettableClock.begins_at = BEGINS_AT
given = os.environ.get("TEST_DATABASE_URL")
if given:
    asyncio.run(main(given))
else:
    cluster = Cluster()
    try:
        asyncio.run(main(cluster.url))
    finally:
        cluster.remove()
