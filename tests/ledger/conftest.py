"""A database of its own for whoever tampers with one, and a clinic with a sealed history in it."""

import asyncio
from pathlib import Path

import pytest

from integration_api.core import migrations
from integration_api.settings import Settings
from tests.conftest import new_postgres_database
from tests.costs.applications import settings_of


@pytest.fixture(params=["sqlite", "postgresql"])
async def own(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a migrated database that no other test uses."""
    if request.param == "sqlite":
        found = settings_of(tmp_path)
        await asyncio.to_thread(migrations.migrate_sqlite, found.sqlite_path)
    else:
        url = await new_postgres_database(request.getfixturevalue("postgres_url"))
        await migrations.migrate_postgres(url)
        found = settings_of(tmp_path, url)
    return found
