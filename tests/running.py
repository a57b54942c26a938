"""A plugin for every run of tests, which `conftest.py` names. It loads no product.

All that the run starts ends with it, and a run that is stuck ends itself.
"""

import faulthandler
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

from tests.processes import cpu_seconds, enter_run
from tests.wheel import Cluster

_SETTINGS = (
    "autovacuum=off",  # no plan that a test looks at may depend on when it last came by
    "fsync=off",  # no test pulls the plug on this server; those that do have one of their own
    "full_page_writes=off",
)

SHARING = ("tests/costs/",)
"""Folders in which one database, in which everything was asked for, serves several files."""

_UNCAPTURED = pytest.StashKey[int]()
"""Standard error before pytest captures it."""


def pytest_configure(config: pytest.Config) -> None:
    """All that this run starts ends with it, and so do its files."""
    folder = enter_run()
    config.stash[_UNCAPTURED] = os.dup(2)
    sys.modules["sniffio"] = None  # type: ignore[assignment]  # httpx looks for it on the disk at each request
    trust_no_authority(folder)


def trust_no_authority(folder: Path) -> None:
    """Let HTTP clients of this run and of its processes load no certificates: all speak to loopback without TLS."""
    authorities = folder / "tmp" / "authorities"
    authorities.mkdir(exist_ok=True)
    os.environ.pop("SSL_CERT_FILE", None)
    os.environ["SSL_CERT_DIR"] = str(authorities)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage while tests are collected, nor later among what that made: it stays until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """Bound the rest of a test that failed, too: pytest bounds nothing more then, for the sake of debuggers."""
    _end_if_stuck(node.config)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Bound the end of this process, which waits for its threads."""
    _end_if_stuck(session.config)


def _end_if_stuck(config: pytest.Config) -> None:
    """After `faulthandler_timeout`, say where each thread is, and exit."""
    seconds = float(config.getini("faulthandler_timeout"))
    faulthandler.dump_traceback_later(seconds, exit=True, file=config.stash[_UNCAPTURED])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write the processor time of the run, so that growth is seen, and the seed of its order, to repeat it by."""
    seed = terminalreporter.config.getoption("randomly_seed", None)
    if isinstance(seed, int):
        terminalreporter.write_line(f"in the order of --randomly-seed={seed}")
    terminalreporter.write_line(f"{cpu_seconds() / 60:.1f} CPU-minutes")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server: `TEST_DATABASE_URL`, or one started from the test-only wheel. Never skipped."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    cluster = Cluster(*_SETTINGS)
    try:
        yield cluster.url
    finally:
        cluster.remove()


class TogetherScheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives a file of tests, or a folder whose files share what is dear to make, to one process."""

    def _split_scope(self, nodeid: str) -> str:
        for folder in SHARING:
            if nodeid.startswith(folder):
                return folder
        return nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)  # where xdist is not loaded nothing is scheduled
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    """`--dist loadfile` keeps these folders together, too."""
    return TogetherScheduling(config, log) if config.getoption("dist") == "loadfile" else None
