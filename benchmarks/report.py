"""What a run found, as text."""

from collections.abc import Iterable, Sequence
from math import isnan
from statistics import median

from benchmarks.cells import Cell
from benchmarks.goals import GOALS, MEMORY_MB, TRIPS, Goal

Trips = dict[tuple[str, str, int], float]


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _places(cells: Sequence[Cell]) -> list[tuple[str, int]]:
    return sorted({(cell.workload, cell.connections) for cell in cells})


def _variants(cells: Sequence[Cell]) -> list[str]:
    return list(dict.fromkeys(cell.variant for cell in cells))


def _of(cells: Sequence[Cell], workload: str, connections: int, variant: str) -> list[Cell]:
    return [c for c in cells if (c.workload, c.connections, c.variant) == (workload, connections, variant)]


def cells_table(cells: Sequence[Cell]) -> str:
    """The median over the rounds of every cell."""
    rows = []
    for workload, connections in _places(cells):
        for variant in _variants(cells):
            own = _of(cells, workload, connections, variant)
            if not own:
                continue
            troubles = sorted({c.trouble for c in own if c.trouble})
            rows.append(
                [
                    f"{workload} c{connections}",
                    variant,
                    f"{median(c.load.rps for c in own):.0f}",
                    f"{median(c.load.p50_ms for c in own):.2f}",
                    f"{median(c.load.p99_ms for c in own):.1f}",
                    f"{median(c.app_us for c in own):.0f}",
                    "" if isnan(own[0].database_us) else f"{median(c.database_us for c in own):.0f}",
                    "; ".join(troubles),
                ]
            )
    return _rows(["cell", "variant", "rps", "p50 ms", "p99 ms", "app us", "PG us", "trouble"], rows)


def _ratios(cells: Sequence[Cell], goal: Goal | None, key: tuple[str, int, str]) -> list[float]:
    """Ours to theirs, one for each round in which both answered."""
    workload, connections, variant = key
    theirs = {c.round: c.load for c in _of(cells, workload, connections, variant) if c.trouble is None}
    found = []
    for cell in _of(cells, workload, connections, "ours"):
        other = theirs.get(cell.round)
        if cell.trouble is None and other is not None:
            is_latency = goal is not None and goal.is_latency
            found.append(cell.load.p99_ms / other.p99_ms if is_latency else cell.load.rps / other.rps)
    return found


def _spread(values: Sequence[float]) -> str:
    return f"{min(values):.2f} - **{median(values):.2f}** - {max(values):.2f}" if values else "void"


def ratios_table(cells: Sequence[Cell]) -> str:
    """Ours to every other, paired in each round: least, median, most."""
    others = [name for name in _variants(cells) if name != "ours"]
    rows = [
        [f"{workload} c{connections}", *(_spread(_ratios(cells, None, (workload, connections, o))) for o in others)]
        for workload, connections in _places(cells)
    ]
    return _rows(["ours / theirs (rps)", *others], rows)


def _opponent(cells: Sequence[Cell], goal: Goal, workload: str, python: Sequence[str]) -> str | None:
    if goal.against != "python":
        return goal.against
    best = {
        name: median(c.load.rps for c in own)
        for name in python
        if (own := [c for c in _of(cells, workload, goal.connections, name) if c.trouble is None])
    }
    return max(best, key=lambda name: best[name]) if best else None


def goals_table(cells: Sequence[Cell], python: Sequence[str]) -> str:
    """The ratios that we set ourselves; `python` are the peers in Python."""
    rows = []
    for goal in GOALS:
        for workload in goal.workloads:
            against = _opponent(cells, goal, workload, python)
            values = _ratios(cells, goal, (workload, goal.connections, against)) if against else []
            if values:
                sign = "<=" if goal.is_latency else ">="
                rows.append(
                    [
                        f"{workload} c{goal.connections} {'p99' if goal.is_latency else 'rps'} to {against}",
                        _spread(values),
                        f"{sign} {goal.goal}",
                        f"{sign} {goal.floor}",
                        goal.verdict(median(values)),
                    ]
                )
    return _rows(["ratio", "least - median - most", "goal", "floor", "verdict"], rows)


def trips_table(trips: Trips) -> str:
    """Database round trips for each request, one at a time and with 16 under way."""
    variants = list(dict.fromkeys(variant for variant, _, _ in trips))
    workloads = sorted({workload for _, workload, _ in trips})
    rows = []
    for variant in variants:
        cells = []
        for workload in workloads:
            one, many = trips.get((variant, workload, 1)), trips.get((variant, workload, 16))
            cells.append(f"{one:.2f} / {many:.2f}" if one is not None and many is not None else "")
        rows.append([variant, *cells])
    wanted = [f"{TRIPS[w][0]} (at most {TRIPS[w][1]})" if w in TRIPS else "" for w in workloads]
    return _rows(["round trips, c1 / c16", *workloads], [*rows, ["goal", *wanted]])


def memory_table(memory: dict[str, float]) -> str:
    """Proportional set size after the load."""
    goal, most = MEMORY_MB
    rows = [[name, f"{found:.0f}", ""] for name, found in memory.items() if name != "ours"]
    ours = memory["ours"]
    verdict = "goal reached" if ours <= goal else "floor held" if ours <= most else "ABOVE THE MOST"
    return _rows(["PSS", "MB", ""], [["ours", f"{ours:.0f}", f"goal {goal}, at most {most}: {verdict}"], *rows])
