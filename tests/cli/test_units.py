"""The units of systemd run commands that there are, under the same limits, and the page names each of them."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import typer

from integration_api.cli.main import cli
from tests.processes import ROOT

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
NOT_A_LIMIT = (
    *("ExecStart", "ExecStartPost", "Type", "Restart", "RestartSec", "TimeoutStopSec", "KillMode"),
    "ReadWritePaths",
)


def lines_of(path: Path) -> list[str]:
    """The lines of the part [Service]."""
    found: list[str] = path.read_text("utf-8").split("[Service]\n")[1].split("\n[")[0].splitlines()
    return [line for line in found if line]


def limits_of(path: Path) -> list[str]:
    return [line for line in lines_of(path) if line.split("=")[0] not in NOT_A_LIMIT]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_runs_commands_that_there_are(path: Path) -> None:
    (start,) = (line for line in lines_of(path) if line.startswith("ExecStart="))
    called = re.findall(r"bin/integration-api (\w+)(?: (\w+))?", start)
    assert called
    known = typer.main.get_command(cli)
    for name, word in called:
        command = known.commands[name]  # type: ignore[attr-defined]
        assert word in getattr(command, "commands", {word: None}) or not word


def test_all_have_the_same_limits() -> None:
    assert len(SERVICES) == 5
    first = limits_of(SERVICES[0])
    assert "MemoryDenyWriteExecute=yes" in first
    assert [path.name for path in SERVICES if limits_of(path) != first] == []


def test_each_timer_starts_a_service_and_the_page_names_every_unit() -> None:
    page = (ROOT / "docs" / "installation.md").read_text("utf-8")
    for timer in UNITS.glob("*.timer"):
        assert timer.with_suffix(".service") in SERVICES
    for unit in UNITS.iterdir():
        assert unit.name in page or unit.with_suffix(".timer").name in page


def test_the_newest_fourteen_backups_stay(tmp_path: Path) -> None:
    lines = lines_of(UNITS / "integration-journal-backup.service")
    (line,) = (one.partition("=")[2] for one in lines if one.startswith("ExecStartPost="))
    days = [f"2026-11-{day:02}T023000.sqlite3" for day in range(1, 17)]
    for name in days:
        (tmp_path / name).touch()
        (tmp_path / f"{name}.json").touch()
        (tmp_path / f"{name}.attachments").mkdir()
    (tmp_path / "other").touch()
    words = shlex.split(line.replace("$$", "$").replace("/var/backups/integration-journal", shlex.quote(str(tmp_path))))
    subprocess.run(words, check=True)
    kept = [f"{name}{more}" for name in days[2:] for more in ("", ".attachments", ".json")]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([*kept, "other"])
