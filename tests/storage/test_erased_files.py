"""What is left in the database's files after an erasure: nothing that the master key opens."""

import shutil
import sqlite3
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.storage.vault import DataKey, DecryptionFailed, Vault, associated_data
from tests.applications import application, settings_of
from tests.databases import migrated_postgres, migrated_sqlite
from tests.factories.reflections import draft
from tests.factories.retention import erase, keep_nothing
from tests.storage.hand import Hand
from tests.support import World
from tests.test_two_applications import at


@pytest.mark.thorough
async def test_a_copy_of_the_files_holds_neither_the_text_nor_its_key(tmp_path: Path) -> None:
    """On SQLite also while the server runs: deleted pages are overwritten, and the log is emptied."""
    settings, word = settings_of(tmp_path / "data"), f"canary-{uuid4().hex}"
    migrated_sqlite(settings.sqlite_path)
    async with application(settings) as api:
        world = await World.build(api)
        await keep_nothing(world)
        therapist, auditor = await world.therapist(), await world.staff(Role.AUDITOR)
        patients = [await world.patient_of(therapist, name=f"Rowan {word}", phone=word[:30]) for _ in range(12)]
        entries = [await draft(patient, text=word) for patient in patients]
        erased = str(patients[5].actor.patient_id)
        wrapped = await Hand(settings).text("vault_keys", erased, "wrapped_key")
        ciphertext = await Hand(settings).text("reflections", entries[5]["id"], "content")
        assert _found(tmp_path / "data", wrapped)  # the search itself would find it
        await erase(world.admin, erased)
        shutil.copytree(tmp_path / "data", tmp_path / "running")
        rows = (await auditor.get("/ledger", params={"patient_id": erased, "limit": 100}))["items"]
        assert {row["event"] for row in rows} >= {"patient.created", "patient.erased"}
    shutil.copytree(tmp_path / "data", tmp_path / "stopped")
    for folder in (tmp_path / "running", tmp_path / "stopped"):
        for secret in (wrapped, wrapped[17:], word.encode()):
            assert not _found(folder, secret)
        connection = sqlite3.connect(folder / "journal.sqlite3")
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        vault, opened = Vault(bytes(range(32))), 0
        for clinic, owner, key in connection.execute("SELECT clinic_id, id, wrapped_key FROM vault_keys").fetchall():
            data_key = vault.unwrap(key, UUID(clinic), UUID(owner)) if UUID(clinic).int else None
            opened += data_key is not None and _opens(data_key, ciphertext, entries[5]["id"])
        assert opened == 0
        connection.close()


def _opens(key: DataKey, ciphertext: bytes, row: str) -> bool:
    try:
        return bool(key.decrypt(ciphertext, associated_data("reflections", UUID(row), "content", 1)))
    except DecryptionFailed:
        return False


def _found(folder: Path, what: bytes) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file() and what in path.read_bytes()]


async def test_a_chart_erased_at_one_process_is_gone_at_the_other(postgres_url: str, tmp_path: Path) -> None:
    """The other process remembers the key, and signed-in people; it is told by the database."""
    url = await migrated_postgres(postgres_url)
    settings = settings_of(tmp_path, url)
    async with application(settings) as one, application(settings, one.clock) as other:
        world = await World.build(one)
        await keep_nothing(world)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        chart, there = world.chart_id(patient), at(other, patient)
        entry = await draft(there)
        await at(other, therapist).get(f"/patients/{chart}")
        await erase(world.admin, chart)
        await there.get(f"/reflections/{entry['id']}", expect=401)
        await there.post("/reflections", {"text": "x"}, expect=401)
        await at(other, therapist).get(f"/patients/{chart}", expect=404)
        await at(other, therapist).post("/courses", {"patient_id": chart}, expect=404)
        await at(other, world.admin).get(f"/patients/{chart}", expect=404)
        assert (await at(other, world.admin).get("/patients"))["items"] == []
        assert await Hand(settings).value("SELECT count(*) FROM vault_keys WHERE id = ?", UUID(chart)) == 0
        # What PostgreSQL may still hold of the old row on disk is worth nothing once the master key was exchanged.
