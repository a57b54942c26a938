"""A resource that was just written passes every check, and its own tests; what it still lacks is said, rule by rule."""

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from scaffold.new import Names, Refused, write
from scaffold.rules import PAGE, ROOT, RULES, lacks

from integration_api.resources.register import RESOURCES, Resource
from tests.processes import run

LEFT_OUT = (".git", ".venv", ".mypy_cache", ".ruff_cache", "build", "data", "benchmarks")


def copy_of_the_project(folder: Path) -> Path:
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return copy


@pytest.mark.thorough
def test_a_new_resource_passes_every_check_and_lacks_what_is_measured(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    if (remembered := ROOT / ".mypy_cache").exists():  # mypy need not look at the whole product again
        shutil.copytree(remembered, copy / ".mypy_cache")
    written = write(copy, Names.of("care", "fasting_remarks", "fasting_remark"), date(2031, 1, 1))
    names = [str(path.relative_to(copy)) for path in written]
    slice_, own_test = str(Path(names[0]).parent), "tests/resources/care/test_fasting_remarks.py"
    assert own_test in names
    assert "alembic/versions/2031_01_01_01_fasting_remarks.py" in names
    architecture = [f"tests/architecture/test_{name}.py" for name in ("arrows", "idioms", "routes", "schema")]
    python = f'"{sys.executable}" -m'
    steps = [
        f"{python} ruff check -q . && {python} ruff format -q --check .",
        f"{python} mypy {slice_} tests/scene/fasting_remarks.py {own_test}",
        f"{python} tests.scaffold.as_developer fasting_remarks {own_test} {' '.join(architecture)}",
    ]
    env = {**os.environ, "PYTHONPATH": f"{copy / 'src'}:{copy}", "TMPDIR": str(tmp_path)}
    for step in steps:
        ended = run("program", ["/bin/sh", "-c", f'cd "{copy}" && {step}'], env)
        assert ended.returncode == 0, f"{step}: {ended.stdout[-3000:]} {ended.stderr[-2000:]}"
    lacking = [line.split()[1] for line in ended.stdout.splitlines() if line.startswith("lacks")]
    assert lacking == ["documents", "costs", "matrix"], ended.stdout  # its words are in order, too


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_no_resource_lacks_anything(resource: Resource) -> None:
    """But for words, which have their own ceilings (`test_words.py`)."""
    assert [f"{rule.name}: {missing}" for rule, missing in lacks(resource) if rule.name != "words"] == []


def test_each_rule_is_explained_on_its_page() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    assert [rule.name for rule in RULES if f"\n### {rule.name}\n" not in page] == []


@pytest.mark.parametrize(
    ("area", "many", "one"), [("care", "Medicines", ""), ("care", "sheep", ""), ("care", "a b", ""), ("no", "cats", "")]
)
def test_a_name_or_an_area_that_is_none_is_refused(tmp_path: Path, area: str, many: str, one: str) -> None:
    copy = copy_of_the_project(tmp_path)
    before = sorted(copy.rglob("*"))
    with pytest.raises(Refused):
        write(copy, Names.of(area, many, one))
    assert sorted(copy.rglob("*")) == before


def test_what_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    copy = copy_of_the_project(tmp_path)
    with pytest.raises(Refused, match="there already"):
        write(copy, Names.of("care", "medicines"))
