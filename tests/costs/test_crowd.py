"""The crowd copies any chart: what the rows of one refer to is copied with it, or stays as it is."""

from pathlib import Path

import asyncpg
import pytest

from tests.applications import application, settings_of
from tests.costs.crowd import crowd
from tests.databases import migrated_postgres
from tests.factories import research
from tests.support import World


@pytest.mark.thorough
async def test_a_chart_with_consents_is_copied_with_them(postgres_url: str, tmp_path: Path) -> None:
    """They name a document of the clinic. Whichever chart comes first is the one of many visits, so all have some."""
    url = await migrated_postgres(postgres_url)
    async with application(settings_of(tmp_path, url)) as api:
        world = await World.build(api)
        therapist, document = await world.therapist(), await research.document_of(world)
        for _ in range(2):
            await research.on_paper(therapist, (await therapist.post("/patients", {"name": "Rowan"}))["id"], document)
    connection = await asyncpg.connect(url)
    await crowd(connection)
    counted = await connection.fetchrow("SELECT count(*), count(DISTINCT patient_id) FROM consents")
    await connection.close()
    assert counted is not None
    assert counted[0] > counted[1] > 2
