"""A database of its own for whoever tampers with one, and a clinic with a sealed history in it."""

from pathlib import Path

import pytest

from integration_api.settings import Settings
from tests.costs.applications import settings_of
from tests.databases import migrated_postgres, migrated_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
async def own(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a migrated database that no other test uses."""
    if request.param == "sqlite":
        found = settings_of(tmp_path)
        migrated_sqlite(found.sqlite_path)
    else:
        url = await migrated_postgres(request.getfixturevalue("postgres_url"))
        found = settings_of(tmp_path, url)
    return found
