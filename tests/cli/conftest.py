"""A database of its own for each test of a command."""

from pathlib import Path

import pytest

from integration_api.settings import Settings
from tests.applications import settings_of
from tests.databases import migrated_sqlite


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """Settings of an embedded database that no other test uses."""
    made = settings_of(tmp_path / "data")
    migrated_sqlite(made.sqlite_path)
    return made
