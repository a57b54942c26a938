"""Attachments go with a backup of the embedded database, and come back with it."""

import shutil
from pathlib import Path

import pytest

from integration_api.settings import Settings
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.factories import reflections
from tests.factories.attachments import PDF, attached
from tests.ledger.test_commands import run
from tests.support import Json, Person, World


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """Settings of a database that no other test uses."""
    made = settings_of(tmp_path / "data")
    migrated_sqlite(made.sqlite_path)
    return made


async def _with_a_file(settings: Settings) -> tuple[Person, Json]:
    async with application(settings) as api:
        world = await World.build(api)
        patient = await world.patient_of(await world.therapist())
        path = f"/reflections/{(await reflections.draft(patient))['id']}"
        return patient, await attached(patient, path, PDF, "application/pdf")


async def _content(settings: Settings, patient: Person, made: Json) -> tuple[int, bytes]:
    async with application(settings) as api:
        head = {"Authorization": f"Bearer {patient.token}"}
        answer = await api.send("GET", f"/attachments/{made['id']}/content", headers=head)
        return answer.status_code, answer.content


async def test_a_backup_has_the_files_and_brings_them_back(alone: Settings, tmp_path: Path) -> None:
    patient, made = await _with_a_file(alone)
    file, folder = tmp_path / "made.sqlite3", tmp_path / "made.sqlite3.attachments"
    code, said = await run(alone, "backup", str(file))
    assert (code, f"1 files of attachments copied to {folder}" in said) == (0, True), said
    assert [PDF in path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [False]
    shutil.rmtree(alone.data_dir)
    restored = settings_of(tmp_path / "restored")
    code, said = await run(restored, "restore", str(file))
    assert (code, "1 files of attachments restored" in said) == (0, True), said
    assert await _content(restored, patient, made) == (200, PDF)


async def test_a_restore_says_which_files_are_missing(alone: Settings, tmp_path: Path) -> None:
    patient, made = await _with_a_file(alone)
    file = tmp_path / "made.sqlite3"
    assert (await run(alone, "backup", str(file)))[0] == 0
    shutil.rmtree(tmp_path / "made.sqlite3.attachments")
    restored = settings_of(tmp_path / "restored")
    code, said = await run(restored, "restore", str(file))
    assert (code, "1 files that the database names were NOT there" in said) == (0, True), said
    assert (await _content(restored, patient, made))[0] == 503


async def test_a_backup_goes_into_no_folder_that_is_there(alone: Settings, tmp_path: Path) -> None:
    (tmp_path / "made.sqlite3.attachments").mkdir()
    code, said = await run(alone, "backup", str(tmp_path / "made.sqlite3"))
    assert (code != 0, "overwrites nothing" in said) == (True, True), said
