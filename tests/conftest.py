"""One migrated database of each kind for the whole run; every test makes its own clinic in it."""

from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from integration_api.settings import Settings
from tests.applications import APPLY_AS, application, settings_of
from tests.databases import migrated_postgres, migrated_sqlite
from tests.log_watch import WATCH, LogWatch
from tests.rest import is_left
from tests.support import BEGINS_AT, Api, SettableClock, World, new_source

pytest_plugins = ("tests.running",)

_STARTING = frozenset({"tests.processes", "tests.serving", "tests.wheel", "tests.oidc_issuer", "tests.drills.clinic"})
"""Modules from which tests take what starts processes."""
_SERVING = frozenset({"tests.clocked_server", "tests.drills", "tests.demo.test_sandbox", "tests.fuzz"})
"""Modules from which tests take a server in this process, or a sandbox: they have the machine's time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts a PostgreSQL or another process, for `make test-fast` to leave out, and what is left later."""
    for item in items:
        assert isinstance(item, pytest.Function)
        parameters = getattr(item, "callspec", None)
        is_second = "postgresql" in (parameters.id.split("-") if parameters else ())
        if is_second or "postgres_url" in item.fixturenames:
            item.add_marker(pytest.mark.postgresql)
        if is_left(item.module.__name__, on_postgresql=is_second):
            item.add_marker(pytest.mark.rest)
        if _takes_from(item.module, _STARTING):
            item.add_marker(pytest.mark.processes)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let a test begin at the same time in every run, unless a server takes part, which has the machine's clock."""
    assert isinstance(item, pytest.Function)
    takes_server = _takes_from(item.module, _STARTING | _SERVING)
    SettableClock.begins_at = None if takes_server else BEGINS_AT


@cache
def _takes_from(module: ModuleType, others: frozenset[str]) -> bool:
    return (
        any(getattr(thing, "__module__", None) in others for thing in vars(module).values())
        or module.__name__ in others
    )


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """One event loop for the run, so that one application serves every test: the one that servers use."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session", autouse=True)
def watched_log() -> Iterator[LogWatch]:
    """What the product logs at DEBUG during the whole run, in this process and in servers that tests start.

    Nothing of it may be anybody's text, address or secret.
    """
    WATCH.attach()
    yield WATCH
    WATCH.leave()
    assert WATCH.found == []


@pytest.fixture(scope="session")
def sqlite_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a migrated SQLite file."""
    folder = tmp_path_factory.mktemp("data")
    migrated_sqlite(folder / "journal.sqlite3")
    return settings_of(folder)


@pytest.fixture(scope="session")
async def postgresql_settings(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, anyio_backend: object
) -> Settings:
    """Settings of a migrated database on the run's PostgreSQL."""
    made = settings_of(tmp_path_factory.mktemp("data"), await migrated_postgres(postgres_url))
    return made.model_copy(update={"postgres_apply": APPLY_AS, "postgres_connections": 10})


@pytest.fixture(scope="session")
async def sqlite_api(sqlite_settings: Settings, anyio_backend: object) -> AsyncIterator[Api]:
    """The application in this process, on SQLite."""
    async with application(sqlite_settings) as made:
        yield made


@pytest.fixture(scope="session")
async def postgresql_api(postgresql_settings: Settings, anyio_backend: object) -> AsyncIterator[Api]:
    """The application in this process, on PostgreSQL."""
    async with application(postgresql_settings) as made:
        yield made


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of a migrated database; each test that uses them runs on both kinds.

    Both stay as they are while tests take turns: a fixture with parameters ends at every turn, hundreds of times a run.
    """
    found: Settings = request.getfixturevalue(f"{request.param}_settings")
    return found


@pytest.fixture(scope="session")
def api(settings: Settings, request: pytest.FixtureRequest) -> Api:
    """The application in this process, its clock set by the tests."""
    found: Api = request.getfixturevalue("sqlite_api" if settings.is_embedded else "postgresql_api")
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
async def own(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a migrated database that no other test uses, and nobody has opened."""
    if request.param == "sqlite":
        found = settings_of(tmp_path)
        migrated_sqlite(found.sqlite_path)
        return found
    return settings_of(tmp_path, await migrated_postgres(request.getfixturevalue("postgres_url")))


@pytest.fixture
async def world(api: Api) -> World:
    """A new clinic, with its admin."""
    api.clock.reset()
    api.runtime.written.clear()  # nobody seals the clinics of tests before
    api.source = new_source()
    return await World.build(api)
