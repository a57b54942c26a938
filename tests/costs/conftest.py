"""One PostgreSQL in which every operation was asked for, shared by what is measured there."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.costs.measuring import round_trips
from tests.databases import migrated_postgres


@dataclass
class Told:
    """The database's address, and the round trips of each operation."""

    url: str
    round_trips: dict[str, int]


@pytest.fixture(scope="session")
async def told_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Every operation, asked twice."""
    url = await migrated_postgres(postgres_url)
    folder: Path = tmp_path_factory.mktemp("told")
    return Told(url, await round_trips(url, folder))
