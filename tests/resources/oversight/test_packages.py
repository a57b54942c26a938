"""A chart moves to another deployment, of another database and other keys, with nothing lost and nothing leaked."""

import json
from pathlib import Path

import pytest

from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from tests.databases import migrated_postgres
from tests.factories.packages import MASTER_KEYS, Deployment, of_the_chart
from tests.scene import Scene
from tests.support import SettableClock, World

pytestmark = pytest.mark.thorough


async def test_the_whole_scene_goes_there_and_back(tmp_path: Path, postgres_url: str) -> None:
    """SQLite, PostgreSQL, SQLite, with a master key each: the manifest is the same, but for the deployment."""
    clock = SettableClock()
    home = Deployment.at(tmp_path / "home", None, MASTER_KEYS[0], clock)
    away = Deployment.at(tmp_path / "away", await migrated_postgres(postgres_url), MASTER_KEYS[1], clock)
    back = Deployment.at(tmp_path / "back", None, MASTER_KEYS[2], clock)
    async with home.serve() as api:
        scene = await Scene.build(await World.build(api))
    await away.with_a_clinic()
    await back.with_a_clinic()
    first = await home.send(scene.chart, away, tmp_path / "1.age")
    report = await away.take(tmp_path / "1.age", None, apply=False)
    assert (report["refused_rows"], report["applied"], report["chart"]) == ([], False, "new")
    assert report["new"] == first.rows
    report = await away.take(tmp_path / "1.age", first.public_key)
    assert report["applied"]
    second = await away.send(scene.chart, back, tmp_path / "2.age")
    await back.take(tmp_path / "2.age", second.public_key)
    third = await back.send(scene.chart, home, tmp_path / "3.age")
    manifests = [to.manifest(tmp_path / f"{n}.age") for n, to in ((1, away), (2, back), (3, home))]
    assert of_the_chart(manifests[0]) == of_the_chart(manifests[1]) == of_the_chart(manifests[2])
    assert len({one["deployment"]["public_key"] for one in manifests}) == 3
    assert first.rows == second.rows == third.rows
