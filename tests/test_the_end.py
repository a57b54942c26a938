"""However a run of tests ends, no process and no file of it is left."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from tests.processes import Child, start
from tests.waiting import until

WHAT_IT_IS_TOLD, DISORDER = "what_it_is_told_to", "its_event_loop_in_disorder"


class Run:
    """A run of its own, beside this one, of one test in `leaving.py`.

    It has what this one has of `running.py`. An event loop in disorder has all of `conftest.py`, too.
    """

    def __init__(
        self, folder: Path, *words: str, ends: str, leaves: str = "a program", test: str = WHAT_IT_IS_TOLD
    ) -> None:
        folder.chmod(0o755)
        self.folder, self.mark, self.says = folder, uuid4().hex, folder / "says"
        env = {name: value for name, value in os.environ.items() if name != "TEST_RUN_FOLDER" and "XDIST" not in name}
        env |= {"TEST_MARK": self.mark, "TMPDIR": str(folder), "TEST_SAYS": str(self.says)}
        env |= {"TEST_ENDS": ends, "TEST_LEAVES": leaves}
        with (folder / "said").open("wb") as said:
            alone = ["--noconftest", "-p", "tests.running"] if test == WHAT_IT_IS_TOLD else []
            command = [sys.executable, "-m", "pytest", *alone, f"tests/leaving.py::test_leaves_{test}", *words]
            self.process: Child = start("program", command, env, stdout=said, stderr=said)

    def has_begun(self) -> bool:
        """Whether the test has started all that it leaves."""
        assert self.process.poll() is None, self.said()
        return self.says.exists()

    def said(self) -> str:
        """All that it wrote."""
        return (self.folder / "said").read_text()

    def left(self) -> list[str]:
        """Processes that stem from it: the mark is in their environment."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("TEST_MARK") == self.mark:
                    found.append(" ".join(process.cmdline()) or process.name())
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def must_be_gone(self) -> None:
        """Soon nothing of it is there."""
        until(lambda: not self.left(), "the end of what the run started")
        until(lambda: not list(self.folder.glob("journal-*")), "the removal of its files")
        assert "signal wakeup" not in self.said(), "the keeper listens for ends no longer than it can"


def test_nothing_is_left_when_the_runner_is_killed(tmp_path: Path) -> None:
    run = Run(tmp_path, "-n", "1", ends="waits", leaves="everything")
    until(run.has_begun, "the test that leaves something")
    assert len(run.left()) > 5, "a runner's worker, a keeper, a program, a server, a database, an issuer"
    run.process.kill()
    run.must_be_gone()


def interrupt(run: Run) -> None:
    """As Ctrl-C in a terminal: the whole group is told."""
    until(run.has_begun, "the test that leaves something")
    assert len(run.left()) > 1
    os.killpg(run.process.pid, signal.SIGINT)


ENDINGS: dict[str, tuple[str, str, Callable[[Run], None] | None, set[int]]] = {
    "Ctrl-C": (WHAT_IT_IS_TOLD, "waits", interrupt, {2}),
    "Ctrl-C in an event loop": (DISORDER, "waits", interrupt, {1, 2}),  # 1: it came within a step of the test
    "a failure": (WHAT_IT_IS_TOLD, "fails", None, {1}),
    "a failure in an event loop": (DISORDER, "fails", None, {1}),
    "success": (WHAT_IT_IS_TOLD, "well", None, {0}),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_nothing_is_left_after(name: str, tmp_path: Path) -> None:
    test, ends, end, codes = ENDINGS[name]
    run = Run(tmp_path, ends=ends, test=test)
    if end is not None:
        end(run)
    assert run.process.wait() in codes, run.said()
    assert run.says.exists()
    run.must_be_gone()


STUCK: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "a test": (("-n", "1"), {"ends": "waits"}),
    # As an error, the warning of what is not closed keeps uvloop from closing it.
    "the end of an event loop": (("-o", "filterwarnings=error"), {"ends": "fails", "test": DISORDER}),
    "a thread": ((), {"ends": "well", "leaves": "a thread"}),
}


@pytest.mark.parametrize("what", STUCK)
def test_a_run_that_is_stuck_ends_and_says_where(what: str, tmp_path: Path) -> None:
    words, how = STUCK[what]
    run = Run(tmp_path, "-o", "faulthandler_timeout=5", *words, **how)
    assert run.process.wait() == 1, run.said()
    assert "Timeout (0:00:05)!\nThread 0x" in run.said()
    run.must_be_gone()
