"""The catalogue of mutants keeps up with the code; `make mutants` proves that each is seen."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.catalogue import MUTANTS
from tests.mutants.changes import Append, Change, DoesNotApply, Drop, Loosen, Replace, Return, Skip, changed
from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_still_applies(mutant: Mutant) -> None:
    source = (ROOT / mutant.path).read_text("utf-8")
    assert mutant.of(source) != ast.unparse(ast.parse(source))
    assert all((ROOT / test).exists() for test in mutant.tests)


@pytest.mark.thorough
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_a_program(mutant: Mutant) -> None:
    """One that names what there is not would be seen for that, whatever protection it takes out."""
    text = mutant.of((ROOT / mutant.path).read_text("utf-8"))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "E9,F821,F822,F823", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


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
