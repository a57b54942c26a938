"""One cell of the table: one variant under one load, its answers checked, its ledger rows counted."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks import measure
from benchmarks.filling import PostgresFilling
from benchmarks.load import Load, load
from benchmarks.targets import People, drafts, people, targets, write
from benchmarks.variants import Running
from benchmarks.world import SEEDED, bench_vault
from integration_api.core.clock import system_clock
from integration_api.ledger.seal import Signer
from integration_api.ledger.sealer import Sealer
from integration_api.storage.database import Database, Driver
from integration_api.storage.postgres import PostgresDriver

LEDGER_ROWS = {"W1": 1, "W2": 1, "W3": 1, "W4": 1, "W5": 2}
"""For each request."""
_TOKENS_LIVE = timedelta(minutes=6)
_FIRST_DRAFTS = 400
_QUIET_SECONDS, _IDLE_SECONDS = 20.0, 0.015
SEALED = (
    "DELETE FROM ledger_places WHERE (clinic_id, seal_number) IN "
    "(SELECT clinic_id, number FROM ledger_seals WHERE sealed_at >= $1)",
    "DELETE FROM ledger_seals WHERE sealed_at >= $1",
    "DELETE FROM changes WHERE at >= $1",
)
"""What was sealed since the benchmark began; what was seeded is sealed before that."""
ADDED = (
    "DELETE FROM ledger WHERE at >= $1",
    "DELETE FROM tasks WHERE opened_at >= $1",
    "DELETE FROM reflection_versions WHERE saved_at >= $1",
    "DELETE FROM reflection_tags WHERE reflection_id IN (SELECT id FROM reflections WHERE created_at >= $1)",
    "DELETE FROM reflections WHERE created_at >= $1",
)
"""What a run added to the seed, children before parents."""
_GROWN = "ledger, ledger_places, ledger_seals, changes, tasks, reflection_versions, reflection_tags, reflections"


@dataclass(frozen=True, slots=True)
class Cell:
    """What was measured. CPU in microseconds for each request; `trouble` says what makes it void."""

    round: int
    workload: str
    connections: int
    variant: str
    load: Load
    app_us: float
    database_us: float
    trouble: str | None

    def plain(self) -> dict[str, object]:
        """For a file."""
        return asdict(self)


async def seal_seeded(driver: Driver) -> datetime:
    """Give what was seeded its seals, as a database that has lived has them. Returns since when others are new."""
    vault = bench_vault()
    await driver.open()
    await Sealer(Database(driver, vault), system_clock, Signer(vault.derive("ledger-signing"))).seal_all(back=None)
    await driver.close()
    return datetime.now(UTC)


class Bench:
    """A seeded database, and what asks for its rows."""

    def __init__(self, url: str, folder: Path, *, app_cores: Sequence[int], other_cores: Sequence[int]) -> None:
        """`folder` takes the targets."""
        self.url, self.folder = url, folder
        self.app_cores, self.other_cores = app_cores, other_cores
        self.database_pid: int | None = None
        self._who: People | None = None
        self._connection: Any = None
        self._filling = PostgresFilling(url)
        self._sealed_at = datetime.now(UTC)
        self._written: dict[str, datetime] = {}
        self._rates: dict[tuple[str, int], float] = {}

    async def open(self) -> None:
        """Connect and read who there is."""
        self._sealed_at = await seal_seeded(PostgresDriver(self.url, 2))
        self._connection = await asyncpg.connect(self.url)
        self._who = await people(self._connection.fetch)
        await self._filling.connect()
        await self.restore()

    async def close(self) -> None:
        """Take away what was added, and hang up."""
        await self.restore()
        await self._connection.close()
        await self._filling.close()

    @property
    def who(self) -> People:
        """Everybody."""
        assert self._who is not None  # noqa: S101  opened first
        return self._who

    async def restore(self) -> None:
        """The database as it was seeded: what a round added is deleted, so that the next one reads the same pages."""
        came: datetime = await self._connection.fetchval("SELECT min(created_at) FROM clinics")
        for sql in SEALED:
            await self._connection.execute(sql, self._sealed_at)
        for sql in ADDED:
            await self._connection.execute(sql, came + SEEDED)
        await self._connection.execute(f"VACUUM (ANALYZE) {_GROWN}")
        await self._connection.execute("CHECKPOINT")

    async def file(self, workload: str) -> Path:
        """The workload's targets, with tokens that outlive a cell."""
        path, now = self.folder / f"{workload}.tsv", datetime.now(UTC)
        if workload not in self._written or now - self._written[workload] > _TOKENS_LIVE:
            write(targets(workload, self.who), path)
            self._written[workload] = now
        return path

    async def drafts(self, count: int) -> Path:
        """W5's targets: fresh drafts, each to be handed in once."""
        path = self.folder / "W5.tsv"
        write(await drafts(self._filling, self.who, count, seed=7), path)
        return path

    async def warm(self, running: Running, workload: str, connections: int) -> None:
        """A second of the same load, which also tells how many drafts the cell may need."""
        if workload != "W5":
            load(running.url, await self.file(workload), connections, 1, self.other_cores)
            return
        known = self._rates.get((running.variant.name, connections))
        path = await self.drafts(_FIRST_DRAFTS if known is None else round(known * 1.5))
        found = load(running.url, path, connections, 1, self.other_cores)
        # Those beyond the drafts there were are refused, which is quick: the rate can only be too high.
        self._rates[running.variant.name, connections] = max(found.rps, 200)

    async def cell(self, at: int, running: Running, workload: str, connections: int, seconds: float) -> Cell:
        """Warm up, ask, count."""
        await self.warm(running, workload, connections)
        if workload == "W5":
            path = await self.drafts(round(self._rates[running.variant.name, connections] * seconds * 1.5) + 200)
        else:
            path = await self.file(workload)
        await self._quiet(running)
        since = datetime.now(UTC)
        app = measure.usage(running.process.pid)
        database = measure.usage(self.database_pid) if self.database_pid else None
        found = load(running.url, path, connections, seconds, self.other_cores)
        app_seconds = measure.usage(running.process.pid).since(app)
        database_seconds = (
            measure.usage(self.database_pid).since(database) if self.database_pid and database else float("nan")
        )
        if workload == "W5":
            self._rates[running.variant.name, connections] = max(found.rps, 50)
        await self._quiet(running)
        rows = await self._count(since)
        requests = max(found.requests, 1)
        return Cell(
            round=at,
            workload=workload,
            connections=connections,
            variant=running.variant.name,
            load=found,
            app_us=app_seconds / requests * 1e6,
            database_us=database_seconds / requests * 1e6,
            trouble=_trouble(found, rows / LEDGER_ROWS[workload], connections),
        )

    async def _count(self, since: datetime) -> int:
        rows: int = await self._connection.fetchval(
            "SELECT count(*) FROM clinics JOIN ledger ON ledger.clinic_id = clinics.clinic_id AND at >= $1", since
        )
        return rows

    async def _quiet(self, running: Running) -> None:
        """Until the variant has done what was still under way, so that it neither counts nor takes the core."""
        before, until = measure.usage(running.process.pid), time.monotonic() + _QUIET_SECONDS
        while time.monotonic() < until:
            await asyncio.sleep(0.2)
            now = measure.usage(running.process.pid)
            if now.since(before) < _IDLE_SECONDS:
                break
            before = now


def _trouble(found: Load, recorded: float, connections: int) -> str | None:
    """What is wrong. Requests still under way at the end are recorded, but `wrk` does not count them."""
    if found.requests == 0:
        return "no answer"
    if found.not_2xx or found.broken:
        return f"{found.not_2xx} refused, {found.broken} broken"
    if not found.requests <= recorded <= found.requests + connections:
        return f"{recorded:.0f} recorded for {found.requests}"
    return None
