"""Whether it stays as fast as it grows: the product on 20k, 200k and 2M reflections, measured in turn.

    python -m benchmarks.flatness --folder DIR      (the folder keeps the three databases; 2M takes 10 GB)

20k means ten reflections a patient, so that W3 has less to read there: what counts is 2M against 200k.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import measure
from benchmarks.cells import Bench, Cell
from benchmarks.postgres import Postgres, postgres
from benchmarks.run import cores, database_for
from benchmarks.seed import SIZES
from benchmarks.variants import OURS, start

_WORKLOADS = ("W2", "W3", "W4", "W1")
_GOAL, _FLOOR = 1.05, 1.2


async def _measure(given: argparse.Namespace, server: Postgres, folder: Path) -> dict[str, list[Cell]]:
    app_cores, other_cores = cores()
    benches = {}
    for size in given.sizes:
        path = folder / size
        path.mkdir()
        url = await database_for(server.url, size, given.seed)
        benches[size] = Bench(url, path, app_cores=app_cores, other_cores=other_cores)
        benches[size].database_pid = server.pid
        await benches[size].open()
    running = {size: start(OURS, bench.url, bench.folder, app_cores) for size, bench in benches.items()}
    found: dict[str, list[Cell]] = {size: [] for size in benches}
    try:
        for at in range(given.rounds):
            for workload in _WORKLOADS:
                for connections in given.connections:
                    for size in reversed(given.sizes) if at % 2 else given.sizes:
                        cell = await benches[size].cell(at, running[size], workload, connections, given.seconds)
                        found[size].append(cell)
                        print(
                            f"{at} {workload} c{connections:<3} {size:<5} p50 {cell.load.p50_ms:.2f} ms, "
                            f"{cell.app_us:.0f} + {cell.database_us:.0f} us {cell.trouble or ''}",
                            flush=True,
                        )
            for bench in benches.values():
                await bench.restore()
    finally:
        for one in running.values():
            one.stop()
        for bench in benches.values():
            await bench.close()
    return found


def _print(found: dict[str, list[Cell]], connections: list[int]) -> None:
    sizes = list(found)
    print(f"\nload at the end: {measure.load_average()}\n")
    print(f"| p50 ms (PG us) | {' | '.join(sizes)} | 2M / 200k, p50 | 2M / 200k, PG us |")
    print("| --- " * (len(sizes) + 3) + "|")
    for workload in sorted(_WORKLOADS):
        for count in connections:
            own = {
                size: [c for c in cells if (c.workload, c.connections) == (workload, count) and c.trouble is None]
                for size, cells in found.items()
            }
            shown = [
                f"{median(c.load.p50_ms for c in cells):.2f} ({median(c.database_us for c in cells):.0f})"
                if cells
                else "void"
                for cells in own.values()
            ]
            pairs = list(zip(own.get("200k", []), own.get("2M", []), strict=False))
            latency = _spread([big.load.p50_ms / small.load.p50_ms for small, big in pairs])
            work = _spread([big.database_us / small.database_us for small, big in pairs])
            print(f"| {workload} c{count} | {' | '.join(shown)} | {latency} | {work} |")
    print(f"\ngoal 2M / 200k: at most {_GOAL}; floor {_FLOOR}")


def _spread(values: list[float]) -> str:
    return f"{min(values):.2f} - {median(values):.2f} - {max(values):.2f}" if values else ""


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--folder", type=Path, help="Keep PostgreSQL's data here for the next run.")
    given = parser.parse_args()
    with postgres(given.folder, cores()[1]) as server, tempfile.TemporaryDirectory(prefix="flat-") as folder:
        _print(asyncio.run(_measure(given, server, Path(folder))), given.connections)


if __name__ == "__main__":
    main()
