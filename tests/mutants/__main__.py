"""`make mutants`: each protection is taken out in a copy of the tree, and the tests that should see it must fail.

A mutant that no test sees, or whose change does not apply any more, fails this script.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutants.catalogue import MUTANTS
from tests.mutants.changes import DoesNotApply
from tests.mutants.mutant import Mutant

ROOT = Path(__file__).parents[2]
MAX_RUN_SECONDS = 1800
"""For a run that hangs: it counts as one that saw nothing. A busy machine is slow, and no reason to end one."""

ALL = "not browser and not node"
"""Sweeps too, which `make test` leaves out."""

RED = 1
"""What pytest exits with where tests ran and failed; a copy that could not even be loaded was seen by no test."""

NOT_STARTED = "must be either public or in the policy table"
"""What the application says where it refuses to start; pytest's exit is then that of any error in a conftest."""


def run(tree: Path, tests: tuple[str, ...], *more: str, needs_postgresql: bool = False) -> tuple[int, str]:
    """Run tests of the copy, on SQLite or on PostgreSQL."""
    wanted = "postgresql" if needs_postgresql else "not postgresql"
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-k", wanted, "-m", ALL, *more, *tests]
    try:
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=MAX_RUN_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return -1, "took too long"
    failed = re.findall(r"^(?:FAILED|ERROR) (?:\S*/)?(\w+\.py(?:::\w+)?)", done.stdout, re.MULTILINE)
    if NOT_STARTED in done.stderr:
        return 1, "the application does not start"
    return done.returncode, failed[0] if failed else " ".join((done.stdout + done.stderr).split())[-100:]


def kill(tree: Path, mutant: Mutant) -> tuple[bool, str]:
    """Whether the tests see it, and which did."""
    path = tree / mutant.path
    text = path.read_text("utf-8")
    try:
        path.write_text(mutant.of(text), "utf-8")
    except DoesNotApply as error:
        return False, f"does not apply any more: {error}"
    try:
        code, said = run(tree, mutant.tests, "-x", needs_postgresql=mutant.needs_postgresql)
    finally:
        path.write_text(text, "utf-8")
    return code == RED, said if code == RED else f"SURVIVED ({said})"


def main(wanted: list[str]) -> int:
    """Every mutant, or those whose name has one of these words in it."""
    chosen = [mutant for mutant in MUTANTS if not wanted or any(word in mutant.name for word in wanted)]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "*.sqlite3"))
        for needs_postgresql in sorted({mutant.needs_postgresql for mutant in chosen}):
            of_these = [mutant for mutant in chosen if mutant.needs_postgresql is needs_postgresql]
            tests = tuple(dict.fromkeys(test for mutant in of_these for test in mutant.tests))
            code, said = run(tree, tests, needs_postgresql=needs_postgresql)
            if code != 0:
                print(f"the tests fail without any mutant: {said}")  # noqa: T201  the script's own words
                return 1
        survivors = 0
        print("| taken out | seen by | s |\n| --- | --- | --- |")  # noqa: T201  as above
        for mutant in chosen:
            started = time.monotonic()
            is_seen, what = kill(tree, mutant)
            survivors += not is_seen
            print(f"| {mutant.name} | {what} | {time.monotonic() - started:.0f} |", flush=True)  # noqa: T201  as above
    print(f"{len(chosen)} mutants, {survivors} not seen")  # noqa: T201  as above
    return 1 if survivors else 0


sys.exit(main(sys.argv[1:]))
