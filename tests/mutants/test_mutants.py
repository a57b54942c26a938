"""The catalogue of mutants keeps up with the code; `make mutants` proves that each is seen."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.catalogue import MUTANTS
from tests.mutants.mutant import Mutant

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_still_applies(mutant: Mutant) -> None:
    assert (ROOT / mutant.path).read_text("utf-8").count(mutant.before) == 1
    assert mutant.before != mutant.after
    assert all((ROOT / test).exists() for test in mutant.tests)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_a_program(mutant: Mutant) -> None:
    """One that names what there is not would be seen for that, whatever protection it takes out."""
    text = (ROOT / mutant.path).read_text("utf-8").replace(mutant.before, mutant.after)
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "E9,F821,F822,F823", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_enough() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) > 30
