"""`costs.json`: the cost of each operation, measured by `make costs`, decided by somebody and committed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).parent / "costs.json"


class Cost(NamedTuple):
    """Round trips on PostgreSQL, and commits, counted on SQLite."""

    round_trips: int
    commits: int


Costs = Mapping[str, Cost]
"""By operation; in brackets, which case of it."""


def render(costs: Costs) -> str:
    """Return the file's text: one operation a line."""
    lines = (f"  {json.dumps(name)}: {json.dumps(cost)}" for name, cost in costs.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def written() -> dict[str, Cost]:
    """Return what the file says."""
    return {name: Cost(*cost) for name, cost in json.loads(PATH.read_text("utf-8")).items()}


def changed(measured: Costs, decided: Costs) -> dict[str, str]:
    """Return by operation what is written and what was measured, if they differ."""
    names = dict.fromkeys((*measured, *decided))
    return {n: f"{decided.get(n)} -> {measured.get(n)}" for n in names if decided.get(n) != measured.get(n)}
