"""Measure the longest stalls of the event loop under a load, and name the function that held it.

python -m benchmarks.stalls      W1 from 64 connections, on a ledger that grows, with and without sealing
"""

import argparse
import asyncio
import json
import signal
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from benchmarks.cells import Bench
from benchmarks.load import load
from benchmarks.postgres import Postgres, postgres
from benchmarks.run import cores, database_for
from benchmarks.seed import SIZES
from benchmarks.variants import OURS, WORKLOADS, Running, start

_WRITE_SECONDS = 10.0
_PLACES = 6


def stalls_of(running: Running, report: Path) -> list[tuple[float, str]]:
    """Return the stalls that the watched server saw since it was asked last. Raises TimeoutError."""
    report.unlink(missing_ok=True)
    running.process.send_signal(signal.SIGUSR1)
    latest = time.monotonic() + _WRITE_SECONDS
    while time.monotonic() < latest:
        if report.exists() and (text := report.read_text()):
            return [(seconds, place) for seconds, place in json.loads(text)]
        time.sleep(0.05)
    raise TimeoutError


def table(stalls: list[tuple[float, str]]) -> str:
    """The places that held the loop longest, with the number, sum and longest of their stalls in milliseconds."""
    places: dict[str, list[float]] = defaultdict(list)
    for seconds, place in stalls:
        places[place].append(seconds * 1000)
    longest = sorted(places.items(), key=lambda item: -max(item[1]))[:_PLACES]
    return "\n".join(f"    {max(ms):>7.1f} ms longest  {sum(ms):>8.0f} ms in {len(ms):>5}  {at}" for at, ms in longest)


async def _measure(given: argparse.Namespace, server: Postgres, folder: Path) -> None:
    app_cores, other_cores = cores()
    bench = Bench(
        await database_for(server.url, given.rows, given.seed), folder, app_cores=app_cores, other_cores=other_cores
    )
    await bench.open()
    report = folder / "stalls.json"
    variant = replace(OURS, command=("{python}", "-m", "benchmarks.watched"), env={"BENCH_STALLS": str(report)})
    sealing = {"sealed": {}, "unsealed": {"INTEGRATION_API_SEAL_SECONDS": "0"}}
    for name, env in sealing.items():
        running = start(replace(variant, env={**variant.env, **env}), bench.url, folder, app_cores)
        try:
            for at in range(given.rounds):
                for workload in given.workloads:
                    await bench.warm(running, workload, given.connections)
                    stalls_of(running, report)
                    found = load(running.url, await bench.file(workload), given.connections, given.seconds, other_cores)
                    seen = stalls_of(running, report)
                    longest = max((seconds for seconds, _ in seen), default=0) * 1000
                    print(
                        f"{name} {at} {workload} c{given.connections}: {found.rps:.0f} rps, p50 {found.p50_ms:.1f}, "
                        f"p99 {found.p99_ms:.1f}, longest answer {found.most_ms:.0f} ms; "
                        f"longest stall {longest:.1f} ms\n"
                        f"{table(seen)}",
                        flush=True,
                    )
        finally:
            running.stop()
        await bench.restore()
    await bench.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", choices=SIZES, default="20k")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=4, help="Each finds the ledger longer.")
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--workloads", nargs="+", choices=[name for name in WORKLOADS if name != "W5"], default=["W1"])
    parser.add_argument("--folder", type=Path, help="Keep PostgreSQL's data here for the next run.")
    given = parser.parse_args()
    with postgres(given.folder, cores()[1]) as server, tempfile.TemporaryDirectory(prefix="stalls-") as folder:
        asyncio.run(_measure(given, server, Path(folder)))


if __name__ == "__main__":
    main()
