"""Attachments go with a backup of the embedded database, and come back with it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from integration_api.operating.object_copies import Copied, copy_objects
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseUnfit
from tests.applications import application, settings_of
from tests.factories import reflections
from tests.factories.attachments import PDF, attached
from tests.ledger.test_commands import run
from tests.support import Json, Person, World


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
    assert (await run(alone, "backup", str(file), "--check"))[0] == 0
    shutil.rmtree(tmp_path / "made.sqlite3.attachments")
    code, said = await run(alone, "backup", str(file), "--check")
    assert (code, "1 files of attachments that it names are not in made.sqlite3.attachments" in said) == (3, True), said
    restored = settings_of(tmp_path / "restored")
    code, said = await run(restored, "restore", str(file))
    assert (code, "1 files that the database names were NOT there" in said) == (3, True), said
    assert (await _content(restored, patient, made))[0] == 503


async def test_a_backup_ends_with_three_if_a_file_was_not_there(alone: Settings, tmp_path: Path) -> None:
    await _with_a_file(alone)
    shutil.rmtree(alone.objects_dir)
    code, said = await run(alone, "backup", str(tmp_path / "made.sqlite3"), "--json")
    assert (code, '"missing": 1' in said) == (3, True), said


async def test_a_backup_that_has_not_all_files_is_none(alone: Settings, tmp_path: Path) -> None:
    """Nobody takes it for one: nothing is left of it, and it can be made again under its name."""
    await _with_a_file(alone)
    sealed = [path for path in alone.objects_dir.rglob("*") if path.is_file()]
    kept = sealed[0].read_bytes()
    sealed[0].unlink()
    sealed[0].mkdir()
    (tmp_path / "to").mkdir()
    code, said = await run(alone, "backup", str(tmp_path / "to" / "made.sqlite3"))
    assert code != 0, said
    assert list((tmp_path / "to").iterdir()) == []
    sealed[0].rmdir()
    sealed[0].write_bytes(kept)
    assert (await run(alone, "backup", str(tmp_path / "to" / "made.sqlite3")))[0] == 0


def test_only_a_database_without_the_table_is_older(tmp_path: Path) -> None:
    """An error that only looks like that would make a backup without files."""
    for name, statement in (("older", "CREATE TABLE patients (id)"), ("other", "CREATE TABLE attachments (id)")):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            connection.execute(statement)
    assert copy_objects(tmp_path / "older", tmp_path, tmp_path / "to") == Copied(0, 0)
    with pytest.raises(DatabaseUnfit):
        copy_objects(tmp_path / "other", tmp_path, tmp_path / "to")


async def test_a_backup_goes_into_no_folder_that_is_there(alone: Settings, tmp_path: Path) -> None:
    (tmp_path / "made.sqlite3.attachments").mkdir()
    code, said = await run(alone, "backup", str(tmp_path / "made.sqlite3"))
    assert (code != 0, "overwrites nothing" in said) == (True, True), said
