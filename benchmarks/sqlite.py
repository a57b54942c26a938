"""The product on SQLite against `aiosqlite`, bare and in the application one would write, all `synchronous=FULL`.

python -m benchmarks.sqlite [--rows 200k]
"""

import argparse
import asyncio
import sqlite3
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import measure, report
from benchmarks.cells import ADDED, SEALED, Bench, Cell, seal_seeded
from benchmarks.equal import check
from benchmarks.run import cores
from benchmarks.seed import SIZES, seed_sqlite
from benchmarks.targets import people
from benchmarks.variants import OURS, Variant, peers, start
from benchmarks.world import SEEDED
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.storage.sqlite import SqliteDriver, connect

_WORKLOADS = ("W2", "W3", "W4", "W1")
_GOAL, _FLOOR = 6.0, 3.0


class SqliteBench(Bench):
    """The same cells on one file."""

    def __init__(self, path: Path, folder: Path, *, app_cores: Sequence[int], other_cores: Sequence[int]) -> None:
        """`path` is seeded already."""
        super().__init__("", folder, app_cores=app_cores, other_cores=other_cores)
        self._path, self._file = path, connect(path)

    async def open(self) -> None:
        """Read who there is."""

        async def fetch(sql: str) -> Sequence[Sequence[Any]]:
            return self._file.execute(sql).fetchall()

        self._who = await people(fetch, is_sqlite=True)
        for (name,) in await fetch("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self._file.execute(f"DROP TRIGGER {name}")  # a file of its own, from which what a run adds is taken again
        self._sealed_at = await seal_seeded(SqliteDriver(self._path))
        await self.restore()

    async def close(self) -> None:
        """Hang up."""
        self._file.close()

    async def restore(self) -> None:
        """As it was seeded."""
        for sql in SEALED:
            self._file.execute(sql.replace("$1", "?"), (_stored(self._sealed_at),))
        found = self._file.execute("SELECT min(created_at) FROM clinics").fetchone()[0]
        came = datetime.fromisoformat(found).replace(tzinfo=UTC)
        for sql in ADDED:
            self._file.execute(sql.replace("$1", "?"), (_stored(came + SEEDED),))
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def _count(self, since: datetime) -> int:
        found = self._file.execute("SELECT count(*) FROM ledger WHERE at >= ?", (_stored(since),)).fetchone()
        return int(found[0])


def _stored(at: datetime) -> object:
    """An instant as the file has it."""
    return INSERT_LEDGER.compiled("sqlite").converters["at"](at)


async def _measure(given: argparse.Namespace, folder: Path) -> list[Cell]:
    path = folder / "journal.sqlite3"
    await seed_sqlite(path, SIZES[given.rows], given.seed)
    app_cores, other_cores = cores()
    bench = SqliteBench(path, folder, app_cores=app_cores, other_cores=other_cores)
    await bench.open()
    bare = ("{python}", "-m", "benchmarks.sqlite_usual", str(path))
    usual = Variant("aiosqlite", "raw ASGI + aiosqlite, the usual way", bare, _WORKLOADS)
    driven = Variant("driver", "raw ASGI + the product's driver", (*bare, "driver"), _WORKLOADS)
    ours = replace(OURS, env={"INTEGRATION_API_DATA_DIR": str(folder)})
    session = next(peer for peer in peers() if peer.name == "sqlmodel_session")
    session = replace(session, env={"DATABASE_URL": f"sqlite:///{path}"})
    running = [start(variant, None, folder, app_cores) for variant in (ours, driven, usual, session)]
    cells = []
    try:
        wrong = await check(bench, running[0], running[1:], _WORKLOADS)
        for name, where in wrong.items():
            print(f"{name} answers something else: {where}")
        for at in range(given.rounds):
            for workload in _WORKLOADS:
                for one in reversed(running) if at % 2 else running:
                    cell = await bench.cell(at, one, workload, given.connections, given.seconds)
                    cells.append(cell)
                    print(
                        f"{at} {workload} {cell.variant:<10} {cell.load.rps:>7.0f} rps, p99 {cell.load.p99_ms:.1f} ms, "
                        f"{cell.app_us:.0f} us {cell.trouble or ''}",
                        flush=True,
                    )
            await bench.restore()
    finally:
        for one in running:
            one.stop()
        await bench.close()
    return cells


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", choices=SIZES, default="200k")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--connections", type=int, default=32)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-sqlite-") as folder:
        cells = asyncio.run(_measure(given, Path(folder)))
    print(f"\nSQLite {sqlite3.sqlite_version}; load at the end: {measure.load_average()}\n")
    print(report.cells_table(cells) + "\n\n" + report.ratios_table(cells))
    print(f"\ngoal: {_GOAL}; floor {_FLOOR}")


if __name__ == "__main__":
    main()
