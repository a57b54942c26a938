"""Lists name the tests that `make test` leaves out, CI runs them, and no test is left out of both parts."""

import re
from pathlib import Path

from tests.rest import ON_BOTH, SWEEPS, TOOLS, WIDE_SWEEPS, is_left

ROOT = Path(__file__).parents[2]
FEW = {"tests.matrix.test_admin_page"}
"""In the folder of those that ask every operation, and ask few."""


def test_each_that_is_named_is_there() -> None:
    modules = [*SWEEPS, *WIDE_SWEEPS, *(name for name in TOOLS if ".test_" in name)]
    assert [name for name in modules if not (ROOT / f"{name.replace('.', '/')}.py").is_file()] == []
    folders = [*(f"tests.{name}" for name in ON_BOTH), *(name for name in TOOLS if ".test_" not in name)]
    assert [name for name in folders if not (ROOT / name.replace(".", "/")).is_dir()] == []


def test_what_asks_every_operation_is_a_sweep() -> None:
    asking = [*(ROOT / "tests/matrix").glob("test_*.py"), *(ROOT / "tests").rglob("test_*sweep.py")]
    names = {path: f"tests.{'.'.join(path.relative_to(ROOT / 'tests').with_suffix('').parts)}" for path in asking}
    assert len(names) > 8
    assert sorted({*names.values()} - SWEEPS - WIDE_SWEEPS - FEW) == []


def test_each_database_has_its_part() -> None:
    assert not is_left("tests.resources.care.test_doses", on_postgresql=False)
    assert is_left("tests.resources.care.test_doses", on_postgresql=True)
    assert not is_left("tests.resources.care.test_dose_races", on_postgresql=True)
    assert not is_left("tests.storage.test_upgrades", on_postgresql=True)
    assert not is_left("tests.matrix.test_matrix", on_postgresql=False)
    assert is_left("tests.matrix.test_sameness", on_postgresql=False)


def test_ci_runs_both_parts() -> None:
    steps = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert {"make test-rest", "make test"} <= {*steps}
    assert re.search(r"^addopts = .*not rest'", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert re.search(r"^test-rest: .*\n\t.* -m rest ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
