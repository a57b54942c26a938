"""One migrated database of each kind for the whole run; every test makes its own clinic in it."""

import base64
import os
from collections.abc import AsyncIterator, Iterator
from typing import cast
from uuid import uuid4

import asyncpg
import pytest
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from integration_api.app import create_app
from integration_api.core import migrations
from integration_api.core.postgres import ApplyAs
from integration_api.settings import Settings
from tests.log_watch import WATCH, LogWatch
from tests.support import Api, SettableClock, World, new_source
from tests.wheel import Cluster

MASTER_KEY = SecretStr(base64.b64encode(bytes(range(32))).decode())
APPLY_AS = cast(ApplyAs, os.environ.get("TEST_POSTGRES_APPLY", "statement"))
"""How the run's applications apply changes on PostgreSQL; `make test-transaction` takes the other way."""


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for the run, so that one application serves every test."""
    return "asyncio"


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
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server: `TEST_DATABASE_URL`, or one started from the test-only wheel. Never skipped."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    cluster = Cluster("autovacuum=off")  # no plan that a test looks at may depend on when it last came by
    try:
        yield cluster.url
    finally:
        cluster.remove()


async def new_postgres_database(server_url: str) -> str:
    """An empty database on the server."""
    name = f"t{uuid4().hex}"
    connection = await asyncpg.connect(server_url)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    before, _, query = server_url.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
async def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a migrated database; each test that uses them runs on both kinds."""
    folder = tmp_path_factory.mktemp("data")
    url = None
    if request.param == "sqlite":
        migrations.migrate_sqlite(folder / "journal.sqlite3")
    else:
        url = await new_postgres_database(request.getfixturevalue("postgres_url"))
        await migrations.migrate_postgres(url)
    return Settings(
        data_dir=folder,
        database_url=SecretStr(url) if url else None,
        master_key=MASTER_KEY,
        argon2_memory_kib=8192,
        postgres_apply=APPLY_AS,
        seal_seconds=0,
        oidc_issuer="https://id.example.org",  # nobody asks it: accounts are linked to it
        oidc_audience="tests",
        trusted_proxies=("127.0.0.1",),  # so that tests can come from somewhere: `Api.source`
    )


@pytest.fixture(scope="session")
async def api(settings: Settings) -> AsyncIterator[Api]:
    """The application in this process, its clock set by the tests."""
    clock = SettableClock()
    app = create_app(settings, clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app, raise_app_exceptions=False), base_url="http://test") as client,
    ):
        yield Api(app, client, clock)


@pytest.fixture
async def world(api: Api) -> World:
    """A new clinic, with its admin."""
    api.clock.reset()
    api.source = new_source()
    return await World.build(api)
