"""Dashboards and alerts name what the server serves, and each alert has its section in the runbook."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from integration_api.settings import Settings
from tests.alerts.dashboards import ALERTS, DASHBOARDS, faults, names_asked_for, queries
from tests.processes import ROOT
from tests.telemetry.scraping import counted

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
RULES: list[dict[str, Any]] = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"][0]["rules"]
TESTS = yaml.safe_load((ROOT / "tests" / "alerts" / "alerts.test.yml").read_text("utf-8"))["tests"]


async def test_every_query_names_a_metric_that_is_served(own: Settings) -> None:
    async with counted(own) as made:
        await made.api.send("GET", "/me")
        served = {name for name, _ in await made.samples()}
    asked = names_asked_for([*queries(), *(rule["expr"] for rule in RULES)])
    backups = {name for name in asked if name.startswith("journal_backup")}
    assert len(asked) > 25
    assert asked - (set() if own.is_embedded else backups) - served == set()
    never_asked = {name for name in served if name.startswith("journal_")} - asked
    halves = ("_bucket", "_sum", "_count")
    assert {name for name in never_asked if not name.endswith(halves)} == set()


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.name)
def test_a_dashboard_has_its_form(path: Path) -> None:
    assert list(faults(path)) == []


def test_the_check_of_a_dashboard_sees_each_fault(tmp_path: Path) -> None:
    board = json.loads(DASHBOARDS[0].read_text("utf-8"))
    panel = board["panels"][1]
    panel["type"], panel["fieldConfig"]["defaults"] = "worldmap", {}
    panel["gridPos"] = board["panels"][0]["gridPos"]
    panel["targets"][0]["datasource"]["uid"] = "of-mine"
    board["panels"][2]["targets"] = []
    board["id"], board["templating"]["list"] = 7, []
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(board))
    assert len(list(faults(path))) == 7


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_an_alert_is_explained_and_tested(rule: dict[str, Any]) -> None:
    name = rule["alert"]
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{name.lower()}"
    assert rule["annotations"]["summary"][-1] == "."
    assert not re.search(r"\{\{", rule["annotations"]["summary"])
    [section] = re.findall(rf"^## {name}\n(.*?)(?=^## |\Z)", RUNBOOK, re.MULTILINE | re.DOTALL)
    for part in ("**Means.**", "**Do.**", "**Tried.**"):
        assert part in section, part
    [checks] = [one["alert_rule_test"] for one in TESTS if one["alert_rule_test"][0]["alertname"] == name]
    assert [bool(check["exp_alerts"]) for check in checks] == [False, True]
