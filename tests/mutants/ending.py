"""Protections of a run of tests: it ends, and leaves nothing. A run that is stuck is seen after five minutes."""

from tests.mutants.changes import Change, Replace, Skip
from tests.mutants.mutant import Mutant


def of_run(name: str, module: str, inside: str, change: Change) -> Mutant:
    return Mutant(name, f"tests/{module}.py", inside, change, ("tests/test_the_end.py",))


ENDING = (
    of_run(
        "a keeper fails with a run that is killed while it asks",
        "keeper",
        "_answer",
        Replace("suppress(OSError)", "suppress()"),
    ),
    of_run("a keeper's signals write to a closed socket", "keeper", "Keeper.keep", Skip("_ignore_deaths")),
    of_run("a failure takes the bound away", "running", "pytest_exception_interact", Skip("_end_if_stuck")),
    of_run("the end of a run has no bound", "running", "pytest_sessionfinish", Skip("_end_if_stuck")),
)
