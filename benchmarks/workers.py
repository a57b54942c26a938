"""What several workers take together: memory (PSS) of all processes of `serve --workers N`, idle and after a load.

python -m benchmarks.workers --folder DIR
"""

import argparse
import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks import measure
from benchmarks.cells import Bench
from benchmarks.load import load
from benchmarks.postgres import Postgres, postgres
from benchmarks.run import cores, database_for
from benchmarks.seed import SIZES
from benchmarks.variants import OURS, start

_WORKLOADS = ("W2", "W3", "W4", "W1")
_SETTLE_SECONDS = 2.0


async def _measure(given: argparse.Namespace, server: Postgres, folder: Path) -> None:
    url = await database_for(server.url, given.rows, given.seed)
    bench = Bench(url, folder, app_cores=(), other_cores=())
    await bench.open()
    print("| workers | idle, MB | after the load, MB | each further one, after the load |\n| --- | --- | --- | --- |")
    alone = 0.0
    for count in given.workers:
        running = start(replace(OURS, command=(*OURS.command, "--workers", str(count))), url, folder)
        try:
            await asyncio.sleep(_SETTLE_SECONDS)
            idle = measure.memory_mb(running.process.pid)
            for workload in _WORKLOADS:
                found = load(running.url, await bench.file(workload), 64, given.seconds)
                if found.not_2xx or found.broken:
                    print(f"{workload}: {found.not_2xx} refused, {found.broken} broken")
            loaded = measure.memory_mb(running.process.pid)
        finally:
            running.stop()
        alone = alone or loaded
        further = f"{(loaded - alone) / (count - given.workers[0]):.0f}" if count > given.workers[0] else ""
        print(f"| {count} | {idle:.0f} | {loaded:.0f} | {further} |", flush=True)
    await bench.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", choices=SIZES, default="200k")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--folder", type=Path, help="Keep PostgreSQL's data here for the next run.")
    given = parser.parse_args()
    with postgres(given.folder, cores()[1]) as server, tempfile.TemporaryDirectory(prefix="workers-") as folder:
        asyncio.run(_measure(given, server, Path(folder)))


if __name__ == "__main__":
    main()
