"""Tests that ask every operation are known as such: they run on SQLite in `make test`, on PostgreSQL in CI."""

import re
from pathlib import Path

from tests.conftest import SWEEPS

ROOT = Path(__file__).parents[2]
FEW = {"tests.matrix.test_admin_page"}
"""In the folder of those that ask every operation, and ask few."""


def test_each_sweep_is_a_module() -> None:
    assert [name for name in SWEEPS if not (ROOT / f"{name.replace('.', '/')}.py").is_file()] == []


def test_what_asks_every_operation_is_a_sweep() -> None:
    asking = [*(ROOT / "tests/matrix").glob("test_*.py"), *(ROOT / "tests").rglob("test_*sweep.py")]
    names = {path: f"tests.{'.'.join(path.relative_to(ROOT / 'tests').with_suffix('').parts)}" for path in asking}
    assert len(names) > 8
    assert sorted({*names.values()} - SWEEPS - FEW) == []


def test_ci_runs_both_halves() -> None:
    steps = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert {"make test-sweeps", "make test"} <= {*steps}
    assert re.search(r"^addopts = .*not sweep", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
