"""A database from before the feed: the migration fills it, so that a client's first answers are what the lists show."""

import pytest

from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.applications import application
from tests.factories.feeds import Client, listed, seal
from tests.factories.split_care import nobody_outside
from tests.scene import Scene
from tests.support import World

BEFORE = "2026_11_28_09"
KEPT = {"practice", "medicine"}
"""Kinds whose withdrawn ones are listed only if asked for: they can be read still."""


async def migrate(settings: Settings, revision: str) -> None:
    """Bring the database to a revision, up or down."""
    if settings.database_url is None:
        migrations.migrate_sqlite(settings.sqlite_path, revision)
    else:
        await migrations.migrate_postgres(settings.database_url.get_secret_value(), revision)


@pytest.mark.thorough
async def test_the_migration_fills_the_feed_from_what_there_is(own: Settings) -> None:
    async with application(own) as api:
        scene = await Scene.build(await World.build(api))
        await seal(scene.world)
        await nobody_outside(scene.world)
    await migrate(own, BEFORE)
    await migrate(own, "head")
    async with application(own) as api:
        world = World(api, scene.world.clinic_id, scene.world.admin)
        for person in {id(one): one for one in scene.people.values()}.values():
            person.api = api
        for name in ("therapist", "patient", "supervisor"):
            person = scene.people[name]
            client = Client(person, limit=7)
            await client.poll()
            for kind in ("session", "course", "note", "plan", "practice", "patient", "medicine"):
                found = await listed(person, f"/{kind}s")
                held = client.of(kind)
                assert held >= found if kind in KEPT else held == found, f"{kind}s of the {name}"
            assert client.of("reflection") == await listed(person, "/reflections", view="summary")
        made = await scene.people["therapist"].post("/courses", {"patient_id": scene.ids["patient_id"]})
        await seal(world)
        assert made["id"] in {item["id"] for item in await client.poll()}
