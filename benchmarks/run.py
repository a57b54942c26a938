"""The whole comparison: every variant resident, measured in turn, cell by cell; the table and the ratios.

python -m benchmarks.run            five rounds of 5 s, 200k reflections
python -m benchmarks.run --quick    two rounds of 2 s, the product and the limit; about five minutes
"""

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks import measure, report
from benchmarks.cells import Bench, Cell
from benchmarks.equal import check
from benchmarks.load import load
from benchmarks.postgres import SETTINGS, new_database, postgres
from benchmarks.roundtrips import CountingProxy
from benchmarks.seed import SIZES, seed_postgres
from benchmarks.variants import LIMITS, OURS, UNSEALED, WORKLOADS, Running, Variant, peers, start
from integration_api.storage.migrations import latest_revision

_ORDER = ("W2", "W3", "W4", "W1", "W5")
"""What only reads first: what is written makes the newest rows hot. After each round the database is restored."""
_PACKAGES = ("fastapi", "starlette", "pydantic", "sqlmodel", "sqlalchemy", "asyncpg", "uvicorn", "uvloop", "httptools")


def cores() -> tuple[list[int], list[int]]:
    """For the variant, and for PostgreSQL and the load: one core each where there are two."""
    all_of_them = sorted(os.sched_getaffinity(0))
    return ([all_of_them[0]], [all_of_them[1]]) if len(all_of_them) > 1 else ([], [])


async def database_for(server: str, rows: str, seed: int) -> str:
    """The seeded database of this size on the server; seeded now where there is none, or one that is not whole."""
    name = f"bench_{rows.lower()}_{seed}"
    connection = await asyncpg.connect(server)
    known = await connection.fetchval(
        "SELECT description FROM pg_shdescription WHERE objoid = (SELECT oid FROM pg_database WHERE datname = $1)", name
    )
    await connection.close()
    wanted = f"seeded at {latest_revision()}"
    before, _, query = server.partition("?")
    url = f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    if known != wanted:
        await new_database(server, name)
        await seed_postgres(url, SIZES[rows], seed)
        connection = await asyncpg.connect(server)
        await connection.execute(f"COMMENT ON DATABASE \"{name}\" IS '{wanted}'")
        await connection.close()
    return url


def _commit() -> str:
    words = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


async def _rounds(bench: Bench, running: Sequence[Running], given: argparse.Namespace) -> list[Cell]:
    cells: list[Cell] = []
    for at in range(given.rounds):
        for workload in (w for w in _ORDER if w in given.workloads):
            for connections in given.connections:
                able = [one for one in running if workload in one.variant.workloads]
                for one in reversed(able) if at % 2 else able:
                    cell = await bench.cell(at, one, workload, connections, given.seconds)
                    cells.append(cell)
                    print(
                        f"{at} {workload} c{connections:<3} {cell.variant:<10} {cell.load.rps:>7.0f} rps  "
                        f"p99 {cell.load.p99_ms:>7.1f} ms  {cell.app_us:>6.0f} + {cell.database_us:>5.0f} us"
                        f"{'  ' + cell.trouble if cell.trouble else ''}",
                        flush=True,
                    )
        await bench.restore()
    return cells


async def _trips(bench: Bench, chosen: Sequence[Variant], workloads: Sequence[str], logs: Path) -> report.Trips:
    """Round trips for each request, one at a time and with 16 under way."""
    found: report.Trips = {}
    for variant in chosen:
        with CountingProxy(bench.url) as proxy:
            try:
                running = start(variant, proxy.url, logs)
            except RuntimeError:
                continue
            for workload in (w for w in workloads if w in variant.workloads):
                for connections in (1, 16):
                    await bench.warm(running, workload, connections)
                    path = await bench.drafts(8_000) if workload == "W5" else await bench.file(workload)
                    before = proxy.trips
                    seen = load(running.url, path, connections, 1)
                    await asyncio.sleep(0.2)
                    if seen.requests:
                        found[variant.name, workload, connections] = (proxy.trips - before) / seen.requests
            running.stop()
    await bench.restore()
    return found


def _start_all(chosen: Sequence[Variant], database: str, logs: Path, on: Sequence[int]) -> list[Running]:
    running = []
    for variant in chosen:
        try:
            running.append(start(variant, database, logs, on))
        except RuntimeError as error:
            if variant is OURS:
                raise
            print(f"{variant.name} is left out: {str(error).strip().splitlines()[-1:]}")
    return running


async def _facts(url: str) -> dict[str, Any]:
    connection = await asyncpg.connect(url)
    settings = {name: await connection.fetchval("SELECT current_setting($1)", name) for name in SETTINGS}
    facts = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": measure.load_average(),
        "postgresql": await connection.fetchval("SHOW server_version"),
        "settings": settings,
        "packages": {name: version(name) for name in _PACKAGES},
        "commit": _commit(),
    }
    await connection.close()
    return facts


async def _run(given: argparse.Namespace, server_url: str, server_pid: int | None) -> bool:
    url = given.database_url or await database_for(server_url, given.rows, given.seed)
    app_cores, other_cores = cores()
    chosen = [OURS, *LIMITS, *(peers() if given.peers else [])]
    chosen = [variant for variant in chosen if not given.variants or variant.name in given.variants]
    chosen += [UNSEALED] if given.variants and UNSEALED.name in given.variants else []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(url, Path(folder), app_cores=app_cores, other_cores=other_cores)
        bench.database_pid = server_pid
        await bench.open()
        facts = await _facts(url)
        print(json.dumps(facts, indent=1))
        running = _start_all(chosen, url, Path(folder), app_cores)
        try:
            wrong = await check(bench, running[0], running[1:], given.workloads)
            for name, where in wrong.items():
                print(f"{name} is left out, its answers differ: {where}")
            running = [one for one in running if one.variant.name not in wrong]
            await bench.restore()
            cells = await _rounds(bench, running, given)
            memory = {one.variant.name: measure.memory_mb(one.process.pid) for one in running}
        finally:
            for one in running:
                one.stop()
        counted = [one.variant for one in running if one.variant is OURS or not given.quick]
        trips = await _trips(bench, counted, given.workloads, Path(folder))
        await bench.close()
    python = [variant.name for variant in chosen if variant.language == "python"]
    print(f"\nload at the end: {measure.load_average()}; at the start: {facts['load']}\n")
    for table in (
        report.cells_table(cells),
        report.ratios_table(cells),
        report.goals_table(cells, python),
        report.trips_table(trips),
        report.memory_table(memory),
    ):
        print(table + "\n")
    if given.out:
        found = {"facts": facts, "cells": [cell.plain() for cell in cells], "memory_mb": memory}
        found["trips"] = {" ".join(map(str, key)): value for key, value in trips.items()}
        given.out.write_text(json.dumps(found, indent=1))
    return not any(cell.trouble for cell in cells if cell.variant in ("ours", "a_free", "a_batch"))


def main() -> None:
    """The command line. Ends with 1 where a cell of the product or of the limit is void."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="Two rounds of 2 s, c16 and c64, without peers.")
    parser.add_argument("--rows", choices=SIZES, default="200k")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--connections", type=int, nargs="+")
    parser.add_argument("--workloads", nargs="+", choices=WORKLOADS, default=list(WORKLOADS))
    parser.add_argument("--variants", nargs="+", help="Only these, by name.")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, help="Compare with peers too.")
    parser.add_argument("--folder", type=Path, help="Keep PostgreSQL's data here for the next run.")
    parser.add_argument("--database-url", help="A database that is seeded already.")
    parser.add_argument("--out", type=Path, help="Write everything to this file, as JSON.")
    given = parser.parse_args()
    given.rounds = given.rounds or (2 if given.quick else 5)
    given.seconds = given.seconds or (2 if given.quick else 5)
    given.connections = given.connections or ([16, 64] if given.quick else [1, 16, 64])
    given.peers = not given.quick if given.peers is None else given.peers
    given.variants = set(given.variants) | {"ours"} if given.variants else None
    with postgres(given.folder, cores()[1]) as server:
        is_whole = asyncio.run(_run(given, server.url, server.pid))
    sys.exit(0 if is_whole else 1)


if __name__ == "__main__":
    main()
