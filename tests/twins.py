"""Which tests are asked of PostgreSQL: those that would ask it something new.

Up to `Database` both kinds of database have the same code. So what a test proves on SQLite it proves on PostgreSQL, if
PostgreSQL is known to answer alike. While tests run, this plugin notes facts of both: each Statement, with the kinds of
its values and of the rows that came back, after which step, and each step, with how it ended. A test's twin on
PostgreSQL is left out if all of its facts on SQLite are facts of PostgreSQL too, from tests of the same file, or of the
same area of resources.

A twin runs in any case if its facts on SQLite are not known, if it is in `EVERY`, if the test or a fixture of it looks
at the database's kind, starts a process, or shares answers with other tests, and if two steps were under way at once.
`TEST_EVERY_TWIN=1` runs them all.
"""

import os
import re
from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.facts import Asked, present
from tests.running import scope_of

ALIKE = "alike on postgresql"
"""How a run tells of the twins that it left out."""
EVERY = ("tests/storage/", "tests/costs/", "tests/drills/", "tests/ledger/", "tests/matrix/test_matrix.py")
"""Folders and files of which each twin runs: they are about drivers and databases, or hold all of what was told."""
WORLDS = frozenset({"api", "settings", "sqlite_api", "postgresql_api", "scene"})
"""Fixtures that tests share, and that tell nothing: what a test asks of them is its own."""
_OF_WORLDS = WORLDS | {"world"}
_BY_KIND = re.compile(
    r"is_embedded|dialect|asyncpg|\"postgresql\"|== \"sqlite\"|\.driver\b|application\(|create_app|migrated_"
    r"|tests\.(?:alike|refusals|faults|processes|serving|clocked_server|costs|drills|storage)\b"
)
"""What a module says if it looks behind `Database`, chooses by itself what to ask, or has an application of its own."""

_told: dict[tuple[str, str], frozenset[Hashable]] = {}
"""By folder or file, and name of a test that passed on SQLite, its facts."""
_known: dict[str, set[Hashable]] = {}
"""By folder or file, the facts of PostgreSQL."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Note the facts of a test."""
    kind, name = _twin(item)
    if kind is None:
        return (yield)
    test = present[kind] = Asked()
    failed = item.session.testsfailed
    try:
        return (yield)
    finally:
        del present[kind]
        scope = scope_of(item.nodeid)
        if kind == "postgresql":
            _known.setdefault(scope, set()).update(test.facts)
        elif item.session.testsfailed == failed and not test.is_crowded:
            _told[scope, name] = frozenset(test.facts)


class Left:
    """Leaves out the twins that would ask nothing new; registered last, so that it is asked first."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """Report such a twin instead of running it."""
        kind, name = _twin(item)
        scope = scope_of(item.nodeid)
        facts = _told.get((scope, name))
        if kind != "postgresql" or facts is None or not facts <= _known.get(scope, set()) or _must_run(item):
            return None
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        report = pytest.TestReport(
            item.nodeid, item.location, {}, "passed", None, "call", user_properties=[(ALIKE, "")]
        )
        item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        item.session._setupstate.teardown_exact(nextitem)  # of the test before: what this one would have shared
        return True


def pytest_configure(config: pytest.Config) -> None:
    """Take part, unless the environment wants every twin."""
    if not os.environ.get("TEST_EVERY_TWIN"):
        config.pluginmanager.register(Left())


def pytest_report_teststatus(report: Any) -> tuple[str, str, str] | None:
    """Tell those that were left out apart from those that passed."""
    is_left = report.when == "call" and any(name == ALIKE for name, _ in report.user_properties)
    return (ALIKE, "=", "ALIKE") if is_left else None


def _twin(item: pytest.Item) -> tuple[str | None, str]:
    """The kind of database of a test that takes turns, and its whole name without the kind."""
    parameters = getattr(item, "callspec", None)
    kind = parameters.params.get("settings") if parameters else None
    if kind not in ("sqlite", "postgresql") or "api" not in item.fixturenames:  # type: ignore[attr-defined]  # a Function
        return None, ""
    return kind, re.sub(rf"(?<=[\[-]){kind}(?=[\]-])", "", item.nodeid, count=1)


def _must_run(item: pytest.Item) -> bool:
    return item.nodeid.startswith(EVERY) or looks_at_kind(item.path) or shares_more(item)


def shares_more(item: Any) -> bool:
    """Whether a test is given more of the database than a world: its settings, or what a fixture asked for many."""
    fixtures = [found[-1] for found in item._fixtureinfo.name2fixturedefs.values()]
    return "settings" in item._fixtureinfo.argnames or any(
        "settings" in fixture.argnames or fixture.scope != "function"
        for fixture in fixtures
        if fixture.argname not in WORLDS and not _OF_WORLDS.isdisjoint(fixture.argnames)
    )


@cache
def looks_at_kind(path: Path) -> bool:
    """Whether a file of tests says something that `_BY_KIND` names."""
    return _BY_KIND.search(path.read_text("utf-8")) is not None
