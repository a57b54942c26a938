"""The catalogue of mutants keeps up with the code; `make mutants` proves that each is seen."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.mutants.catalogue import MUTANTS
from tests.mutants.changes import Append, Change, DoesNotApply, Drop, Loosen, Replace, Return, Skip, changed
from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]


@pytest.mark.thorough
def test_each_mutant_still_applies() -> None:
    for mutant in MUTANTS:
        assert applied(mutant) != unchanged(mutant.path), mutant.name
        assert [test for test in mutant.tests if not (ROOT / test).exists()] == [], mutant.name


@pytest.mark.thorough
def test_each_mutant_is_a_program(tmp_path: Path) -> None:
    """One that names what there is not would be seen for that, whatever protection it takes out."""
    for number, mutant in enumerate(MUTANTS):
        (tmp_path / f"m{number}.py").write_text(f"# {mutant.name}\n{applied(mutant)}", "utf-8")
    done = faults_of(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "m0.py").write_text("print(missing)\n", "utf-8")
    assert "F821" in faults_of(tmp_path).stdout


@cache
def applied(mutant: Mutant) -> str:
    """The module without its protection."""
    try:
        return mutant.of((ROOT / mutant.path).read_text("utf-8"))
    except DoesNotApply as error:
        raise AssertionError(f"{mutant.name}: {error}") from error


@cache
def unchanged(path: str) -> str:
    """The module as it is, written as a mutant is."""
    return ast.unparse(ast.parse((ROOT / path).read_text("utf-8")))


def faults_of(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return the findings of the linter about names in these modules; a warning about one of them is no fault."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format", "full"]
    return subprocess.run(
        [*command, "--select", "E9,F821,F822,F823", str(folder)], capture_output=True, text=True, check=False
    )


def test_there_are_enough() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) > 30


# ── the changes themselves ──

SAMPLE = """
LISTED = query.where(
    in_clinic(rows),  # a comment
    rows.c.ends_at ==
        param("ends_at", rows.c.ends_at),
)

class Exchange:
    async def run(self, actor):
        if actor is not None and not self.allows:
            raise Forbidden
        tell(
            actor, role="officer",
        )
        return [row for row in self.rows if row.is_open]

    def place(self):
        async def tagged():
            return [NO_STORE, *more]
        return b"a" + self.id.bytes
"""


@pytest.mark.parametrize(
    ("inside", "change", "expected"),
    [
        ("LISTED", Drop("in_clinic"), "LISTED = query.where(rows.c.ends_at == param('ends_at', rows.c.ends_at))"),
        ("LISTED", Loosen("ends_at", "param"), "(rows.c.ends_at == param('ends_at', rows.c.ends_at)).is_not(None)"),
        ("Exchange.run", Drop("allows"), "if actor is not None:"),
        ("Exchange.run", Drop("is_open"), "return [row for row in self.rows]"),
        ("Exchange.run", Drop("role"), "tell(actor)"),
        ("Exchange.run", Skip("Forbidden"), "(not self.allows):\n            pass"),
        ("Exchange.run", Skip("tell"), "raise Forbidden\n        pass\n        return"),
        ("Exchange.run", Skip("allows", "Forbidden"), "def run(self, actor):\n        pass\n        tell("),
        ("Exchange.run", Replace("row . is_open", "True"), "in self.rows if True]"),
        ("Exchange.place", Drop("bytes"), "return b'a'"),
        ("Exchange.place", Return("b''"), "def place(self):\n        return b''"),
        ("Exchange.place.tagged", Drop("NO_STORE"), "return [*more]"),
        ("Exchange.place.tagged", Append("NO_STORE", "1"), "return [NO_STORE, *more, 1]"),
    ],
)
def test_a_change_takes_out_what_it_names(inside: str, change: Change, expected: str) -> None:
    assert expected in changed(SAMPLE, inside, change)


@pytest.mark.parametrize(
    ("inside", "change"),
    [
        ("MISSING", Drop("in_clinic")),
        ("Exchange.MISSING", Drop("in_clinic")),
        ("LISTED", Drop("missing")),
        ("LISTED", Drop("rows")),
        ("LISTED", Skip("missing")),
        ("LISTED", Replace("rows.c.ends_at", "1")),
        ("LISTED", Return("1")),
        ("Exchange.run", Drop("actor")),
        ("Exchange", Append("missing", "1")),
    ],
)
def test_a_change_of_nothing_or_of_several_things_does_not_apply(inside: str, change: Change) -> None:
    with pytest.raises(DoesNotApply):
        changed(SAMPLE, inside, change)
