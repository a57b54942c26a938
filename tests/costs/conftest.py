"""One PostgreSQL in which every operation was asked for, shared by what is measured there."""

from dataclasses import dataclass

import pytest

from tests.applications import application, settings_of
from tests.costs.applications import measure
from tests.costs.counting import Wire
from tests.databases import migrated_postgres


@dataclass
class Told:
    """The database's address, and the round trips of each operation."""

    url: str
    costs: dict[str, tuple[int, ...]]


@pytest.fixture(scope="session")
async def told_postgres(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Every operation, asked twice."""
    url = await migrated_postgres(postgres_url)
    async with Wire.to(url) as wire, application(settings_of(tmp_path_factory.mktemp("told"), wire.url)) as api:
        return Told(url, await measure(api, lambda: (wire.round_trips,)))
