"""`backup` and `backup --check` note what they did, and `GET /backups` tells it, without a place."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from integration_api.access.actor import Role
from integration_api.core.clock import system_clock
from integration_api.settings import Settings
from integration_api.storage.backup_records import BackupRecord, read_record
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.ledger.test_commands import run
from tests.support import Json, World


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """Settings of a database that no other test uses."""
    made = settings_of(tmp_path / "data")
    migrated_sqlite(made.sqlite_path)
    return made


async def told(settings: Settings) -> Json:
    """What an auditor is told."""
    async with application(settings) as api:
        found: Json = await (await (await World.build(api)).staff(Role.AUDITOR)).get("/backups")
        return found


@pytest.mark.thorough
async def test_what_the_command_did_is_told(alone: Settings, tmp_path: Path) -> None:
    assert await told(alone) == {"is_recorded": True, "last_made": None, "last_checked": None}
    before = system_clock()
    code, said = await run(alone, "backup", str(tmp_path / "made"))
    assert code == 0, said
    code, said = await run(alone, "backup", str(tmp_path / "made"), "--check")
    assert code == 0, said
    found = await told(alone)
    made, checked = found["last_made"], found["last_checked"]
    assert before <= datetime.fromisoformat(made["at"]) <= datetime.fromisoformat(checked["at"]) <= system_clock()
    assert made["size_bytes"] == (tmp_path / "made").stat().st_size
    assert (made["files"], made["missing_files"], checked["findings"]) == (0, 0, 0)
    assert str(tmp_path) not in str(found)

    with closing(sqlite3.connect(tmp_path / "made")) as changed, changed:
        changed.execute("CREATE TABLE added (id)")
    code, said = await run(alone, "backup", str(tmp_path / "made"), "--check")
    assert code == 3, said
    found = await told(alone)
    assert (found["last_checked"]["findings"], found["last_made"]) == (1, made)


@pytest.mark.thorough
async def test_a_backup_stands_if_it_cannot_be_noted(alone: Settings, tmp_path: Path) -> None:
    alone.backup_record_path.mkdir()
    code, said = await run(alone, "backup", str(tmp_path / "made"))
    assert (code, (tmp_path / "made").exists()) == (0, True)
    assert "not noted" in said


@pytest.mark.parametrize("content", ["", "{", "[]", '{"made": {"at": "yesterday"}}'])
def test_a_file_that_is_no_record_says_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "backups.json"
    assert read_record(path) == BackupRecord()
    path.write_text(content)
    assert read_record(path) == BackupRecord()


async def test_of_a_postgresql_nothing_is_known(world: World) -> None:
    found = await world.admin.get("/backups")
    assert found["is_recorded"] is (world.api.runtime.database.driver.dialect == "sqlite")
