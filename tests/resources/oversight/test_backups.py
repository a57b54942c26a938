"""`GET /backups`: who may read it, what one clinic of several is told, and what is known of a PostgreSQL."""

from pathlib import Path

import pytest

from integration_api.access.actor import Role
from integration_api.settings import Settings
from integration_api.storage.run_records import Run, recorded
from tests.applications import application
from tests.support import World


async def test_those_who_answer_for_the_clinic_read_it_and_no_clinician(world: World) -> None:
    for role in (Role.AUDITOR, Role.PRIVACY_OFFICER):
        assert (await (await world.staff(role)).get("/backups")).keys() >= {"is_recorded", "last_made", "last_checked"}
    for role in (Role.THERAPIST, Role.SUPERVISOR):
        await (await world.staff(role)).get("/backups", expect=403)
    assert (await world.api.send("GET", "/backups")).status_code == 401


async def test_one_clinic_of_several_is_told_times_and_no_numbers(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await World.build(world.api)
    monkeypatch.setattr(world.api.runtime, "backup_runs", tmp_path)
    with recorded(tmp_path, Run.BACKUP) as made:
        made.findings, made.numbers = 1, {"size_bytes": 7_340_032, "files": 3}
    with recorded(tmp_path, Run.BACKUP_CHECK) as checked:
        checked.findings, checked.numbers = 2, {"rows": 4_711}
    found = await world.admin.get("/backups")
    assert found["last_made"].pop("at") == made.at.replace("+00:00", "Z")
    assert found["last_checked"].pop("at") == checked.at.replace("+00:00", "Z")
    numbers = {"size_bytes": None, "files": None, "missing_files": None}
    assert found["last_made"] == {**numbers, "is_complete": False}
    assert found["last_checked"] == {"rows": None, "findings": None, "is_restorable": False}


async def test_a_run_that_failed_leaves_the_backup_of_before(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.api.runtime, "backup_runs", tmp_path)
    with pytest.raises(OSError, match="full"), recorded(tmp_path, Run.BACKUP):
        raise OSError("full")
    assert (await world.admin.get("/backups"))["last_made"] is None
    with recorded(tmp_path, Run.BACKUP) as made:
        made.numbers = {"size_bytes": 7_340_032, "files": 3}
    before = await world.admin.get("/backups")
    with pytest.raises(OSError, match="full"), recorded(tmp_path, Run.BACKUP):
        raise OSError("full")
    assert await world.admin.get("/backups") == before


async def test_of_a_postgresql_nothing_is_known(settings: Settings) -> None:
    async with application(settings) as api:
        found = await (await World.build(api)).admin.get("/backups")
        assert found["is_recorded"] is (api.runtime.database.driver.dialect == "sqlite")
