"""Whether the dashboards are what Grafana reads, and ask for what the server serves.

No linter of dashboards is in a registry of this machine. So their form is checked here, and each query is read by
Prometheus's own parser (`promtool`).
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.processes import ROOT

DASHBOARDS = sorted((ROOT / "deploy" / "grafana").glob("*.json"))
ALERTS = ROOT / "deploy" / "alerts.yml"
_NAME = re.compile(r"\bjournal_[a-z_]+")
KINDS = {"timeseries", "stat", "table"}
_COLUMNS = 24


def faults(path: Path) -> Iterator[str]:
    """The faults in the form of one dashboard."""
    board = json.loads(path.read_text("utf-8"))
    if not (board["uid"] and board["title"] and board["schemaVersion"] >= 36):
        yield "no uid, no title, or an old schema"
    if "id" in board:
        yield "an id of one installation"
    if [one["name"] for one in board["templating"]["list"] if one["type"] == "datasource"] != ["datasource"]:
        yield "no choice of the data source"
    panels = board["panels"]
    if len({panel["id"] for panel in panels}) != len(panels):
        yield "two panels of one id"
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        yield from _panel_faults(panel)
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        if taken & cells or place["x"] + place["w"] > _COLUMNS:
            yield f"{panel['title']}: lies over another, or beyond the edge"
        taken |= cells


def _panel_faults(panel: dict[str, Any]) -> Iterator[str]:
    title = panel.get("title") or "a panel"
    if panel["type"] not in KINDS or not panel.get("title"):
        yield f"{title}: of another kind, or without a title"
    if not panel["fieldConfig"]["defaults"].get("unit"):
        yield f"{title}: no unit"
    if not panel["targets"]:
        yield f"{title}: no query"
    for target in panel["targets"]:
        if target["datasource"]["uid"] != "${datasource}":
            yield f"{title}: a data source of one installation"


def queries() -> list[str]:
    """Every query of the dashboards."""
    boards = [json.loads(path.read_text("utf-8")) for path in DASHBOARDS]
    return [target["expr"] for board in boards for panel in board["panels"] for target in panel["targets"]]


def names_asked_for(texts: list[str]) -> set[str]:
    """Every metric that these texts name."""
    return {name for text in texts for name in _NAME.findall(text)}


def query_faults() -> list[str]:
    """The words of Prometheus's own parser on the queries, each given to it as a rule that records."""
    rules = [{"record": f"query:{at}", "expr": query} for at, query in enumerate(queries())]
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump({"groups": [{"name": "queries", "rules": rules}]}, file)
        file.flush()
        said = subprocess.run(["promtool", "check", "rules", file.name], capture_output=True, text=True, check=False)
    return [] if said.returncode == 0 else (said.stdout + said.stderr).splitlines()
