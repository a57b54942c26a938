"""`backup` and `backup --check` note what they did, and `GET /backups` tells it, without a place."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from integration_api.access.actor import Role
from integration_api.core.clock import system_clock
from integration_api.settings import Settings
from integration_api.storage.run_records import Run, RunRecord, last_run, read_run, recorded
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.ledger.test_commands import run
from tests.support import Json, Person, World


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """Settings of a database that no other test uses."""
    made = settings_of(tmp_path / "data")
    migrated_sqlite(made.sqlite_path)
    return made


async def auditor_of(settings: Settings) -> Person:
    """An auditor of a new clinic."""
    async with application(settings) as api:
        return await (await World.build(api)).staff(Role.AUDITOR)


async def told(settings: Settings, auditor: Person) -> Json:
    """The answer that an auditor gets."""
    async with application(settings) as api:
        auditor.api = api
        found: Json = await auditor.get("/backups")
        return found


@pytest.mark.thorough
async def test_what_the_command_did_is_told(alone: Settings, tmp_path: Path) -> None:
    auditor = await auditor_of(alone)
    assert await told(alone, auditor) == {
        "is_recorded": True,
        "is_readable": True,
        "last_made": None,
        "last_checked": None,
    }
    before = system_clock()
    code, said = await run(alone, "backup", str(tmp_path / "made"))
    assert code == 0, said
    code, said = await run(alone, "backup", str(tmp_path / "made"), "--check")
    assert code == 0, said
    found = await told(alone, auditor)
    made, checked = found["last_made"], found["last_checked"]
    assert (made["is_complete"], checked["is_restorable"]) == (True, True)
    assert before <= datetime.fromisoformat(made["at"]) <= datetime.fromisoformat(checked["at"]) <= system_clock()
    assert made["size_bytes"] == (tmp_path / "made").stat().st_size
    assert (made["files"], made["missing_files"], checked["findings"]) == (0, 0, 0)
    assert str(tmp_path) not in str(found)

    with closing(sqlite3.connect(tmp_path / "made")) as changed, changed:
        changed.execute("CREATE TABLE added (id)")
    code, said = await run(alone, "backup", str(tmp_path / "made"), "--check")
    assert code == 3, said
    found = await told(alone, auditor)
    assert (found["last_checked"]["findings"], found["last_made"]) == (1, made)
    assert found["last_checked"]["is_restorable"] is False

    await auditor_of(alone)  # another clinic of the same database: its numbers are not theirs to see
    found = await told(alone, auditor)
    assert found["last_made"] == {
        "at": made["at"],
        "size_bytes": None,
        "files": None,
        "missing_files": None,
        "is_complete": True,
    }
    shared = found["last_checked"]
    assert (shared["rows"], shared["findings"], shared["is_restorable"]) == (None, None, False)


@pytest.mark.thorough
async def test_a_backup_stands_if_it_cannot_be_noted(alone: Settings, tmp_path: Path) -> None:
    alone.runs_dir.write_text("no folder")
    code, said = await run(alone, "backup", str(tmp_path / "made"))
    assert (code, (tmp_path / "made").exists()) == (0, True)
    assert "not noted" in said


@pytest.mark.parametrize("content", ["", "{", "[]", '{"at": "yesterday"}', '{"made": 1}'])
def test_a_file_that_is_no_record_says_nothing(tmp_path: Path, content: str) -> None:
    assert read_run(tmp_path, Run.BACKUP) is None
    (tmp_path / "backup.json").write_text(content)
    assert read_run(tmp_path, Run.BACKUP) is None


def test_a_file_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    """A folder stands in for a file of another user: as root, no file is out of reach."""
    (tmp_path / "backup.json").mkdir()
    with pytest.raises(IsADirectoryError):
        read_run(tmp_path, Run.BACKUP)
    assert last_run(tmp_path, Run.BACKUP) is None


async def test_a_record_that_cannot_be_read_is_told_as_unknown(alone: Settings) -> None:
    auditor = await auditor_of(alone)
    (alone.runs_dir / "backup.json").mkdir(parents=True)
    found = await told(alone, auditor)
    assert (found["is_readable"], found["last_made"], found["last_checked"]) == (False, None, None)


def test_a_record_is_whole_or_the_one_before(tmp_path: Path) -> None:
    with recorded(tmp_path, Run.BACKUP) as made:
        made.numbers = {"files": 3}
    assert last_run(tmp_path, Run.BACKUP) == RunRecord(made.at, numbers={"files": 3})
    assert [path.name for path in tmp_path.iterdir()] == ["backup.json"]
    assert (tmp_path / "backup.json").stat().st_mode & 0o077 == 0
