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


class Run:
    """A run of its own, beside this one, of the one test in `leaving.py`."""

    def __init__(self, folder: Path, *words: str, ends: str, leaves: str = "a program") -> None:
        folder.chmod(0o755)
        self.folder, self.mark, self.says = folder, uuid4().hex, folder / "says"
        env = {name: value for name, value in os.environ.items() if name != "TEST_RUN_FOLDER" and "XDIST" not in name}
        env |= {"TEST_MARK": self.mark, "TMPDIR": str(folder), "TEST_SAYS": str(self.says)}
        env |= {"TEST_ENDS": ends, "TEST_LEAVES": leaves}
        with (folder / "said").open("wb") as said:
            command = [sys.executable, "-m", "pytest", "tests/leaving.py", *words]
            self.process: Child = start("program", command, env, stdout=said, stderr=said)

    def has_begun(self) -> bool:
        """Whether the test has started all that it leaves."""
        assert self.process.poll() is None, (self.folder / "said").read_text()
        return self.says.exists()

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


def test_nothing_is_left_when_the_runner_is_killed(tmp_path: Path) -> None:
    run = Run(tmp_path, "-n", "1", ends="waits", leaves="everything")
    until(run.has_begun, "the test that leaves something")
    assert len(run.left()) > 5, "a runner's worker, a keeper, a program, a server, a database, an issuer"
    run.process.kill()
    run.must_be_gone()


ENDINGS: dict[str, tuple[str, Callable[[int], None] | None, int]] = {
    "Ctrl-C": ("waits", lambda pid: os.killpg(pid, signal.SIGINT), 2),
    "a failure": ("fails", None, 1),
    "success": ("well", None, 0),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_nothing_is_left_after(name: str, tmp_path: Path) -> None:
    ends, end, code = ENDINGS[name]
    run = Run(tmp_path, ends=ends)
    if end is not None:
        until(run.has_begun, "the test that leaves something")
        assert len(run.left()) > 1
        end(run.process.pid)
    assert run.process.wait() == code, (tmp_path / "said").read_text()
    assert run.says.exists()
    run.must_be_gone()
