"""Backing up and restoring the embedded database: whole, apart from its key, and never over something."""

import asyncio
import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from integration_api.app import sealer_of
from integration_api.operating.sidecar import sidecar_of
from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.applications import MASTER_KEY, application, settings_of
from tests.ledger.test_commands import run
from tests.serving import command, environment
from tests.support import Json, World, account_for

OTHER_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="


def key_file(folder: Path, key: str = MASTER_KEY.get_secret_value()) -> Path:
    """A master key where it is looked for by default."""
    folder.mkdir(exist_ok=True)
    path = folder / "master.key"
    path.write_text(key)
    path.chmod(0o600)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def reflections_of(settings: Settings, token: str) -> Json:
    async with application(settings) as api:
        answer = await api.send("GET", "/reflections?limit=100", headers={"Authorization": f"Bearer {token}"})
        found: Json = answer.json()
        return found


async def test_a_backup_made_under_load_has_all_that_was_acknowledged(alone: Settings, tmp_path: Path) -> None:
    file, heads = tmp_path / "made.sqlite3", tmp_path / "heads.json"
    async with application(alone) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await account_for(world.admin, therapist, patient)
        texts = [f"The lake was still, {number}." for number in range(20)]
        for text in texts:
            await patient.post("/reflections", {"text": text})
        await sealer_of(api.runtime).seal(world.clinic_id)
        assert (await run(alone, "ledger", "heads", "--out", str(heads)))[0] == 0
        writing = asyncio.ensure_future(patient.post("/reflections", {"text": "meanwhile"}))
        code, said = await run(alone, "backup", str(file))
        assert code == 0, said
        await writing
        assert "The master key is NOT in it" in said
        assert "INTEGRATION_API_MASTER_KEY" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names(tmp_path) == ["data", "heads.json", "made.sqlite3", "made.sqlite3.json"]
    assert file.read_bytes()[18:20] == b"\1\1"  # it needs no log beside it
    restored = settings_of(tmp_path / "restored")
    code, said = await run(restored, "restore", str(file))
    assert code == 0, said
    assert names(restored.data_dir) == ["journal.sqlite3"]
    assert stat.S_IMODE(restored.sqlite_path.stat().st_mode) == 0o600
    assert (await run(restored, "ledger", "verify", "--head", str(heads)))[0] == 0
    found = {item["text"] for item in (await reflections_of(restored, patient.token))["items"]}
    assert found - {"meanwhile"} == set(texts)


async def test_a_copied_file_lacks_its_log_and_only_heads_or_restore_show_it(alone: Settings, tmp_path: Path) -> None:
    """The reason for all this, as docs/backup.md tells it."""
    heads, copied = tmp_path / "heads.json", settings_of(tmp_path / "copied")
    async with application(alone) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await account_for(world.admin, therapist, patient)
        await sealer_of(api.runtime).seal(world.clinic_id)
        with sqlite3.connect(alone.sqlite_path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        for number in range(20):
            await patient.post("/reflections", {"text": f"{number}"})
        await sealer_of(api.runtime).seal(world.clinic_id)
        assert (await run(alone, "ledger", "heads", "--out", str(heads)))[0] == 0
        copied.data_dir.mkdir()
        shutil.copyfile(alone.sqlite_path, copied.sqlite_path)
        shutil.copyfile(alone.sqlite_path, tmp_path / "raw.sqlite3")
    assert len((await reflections_of(copied, patient.token))["items"]) < 20
    code, said = await run(copied, "ledger", "verify")
    assert (code, "WARNING: without --head" in said, "what is there of the ledger" in said) == (0, True, True)
    code, said = await run(copied, "ledger", "verify", "--head", str(heads))
    assert (code, "its end was cut off" in said) == (3, True)
    code, said = await run(settings_of(tmp_path / "empty"), "restore", str(tmp_path / "raw.sqlite3"))
    assert (code, "-wal" in said) == (1, True), said
    assert not (tmp_path / "empty" / "journal.sqlite3").exists()


async def test_a_head_that_is_missing_is_told(alone: Settings, tmp_path: Path) -> None:
    heads = tmp_path / "heads.json"
    async with application(alone) as api:
        first, second = await World.build(api), await World.build(api)
        for world in (first, second):
            therapist = await world.therapist()
            await account_for(world.admin, therapist)
            await therapist.get("/patients")
            await sealer_of(api.runtime).seal(world.clinic_id)
        assert (await run(alone, "ledger", "heads", "--out", str(heads)))[0] == 0
        told = json.loads(heads.read_text())
        heads.write_text(json.dumps({**told, "heads": told["heads"][:1]}))
        code, said = await run(alone, "ledger", "verify", "--head", str(heads))
    assert (code, "has no head of 1 clinics" in said, "what is there of the ledger" in said) == (0, True, True), said


def test_a_backup_says_where_the_key_is(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert command("migrate", env=env).returncode == 0
    ended = command("backup", str(tmp_path / "made"), env=env)
    assert ended.returncode == 0, ended.stderr
    assert str(tmp_path / "data" / "master.key") in ended.stdout
    key = (tmp_path / "data" / "master.key").read_text().strip()
    assert key.encode() not in (tmp_path / "made").read_bytes()
    assert key not in ended.stdout


def refused(env: dict[str, str], *words: str) -> str:
    """The one line of a command that did nothing."""
    ended = command(*words, env=env)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
    return ended.stderr


def test_a_backup_overwrites_nothing_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    env = environment(tmp_path / "data", INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())
    assert "no database" in refused(env, "backup", str(tmp_path / "made"))
    assert command("migrate", env=env).returncode == 0
    kept = tmp_path / "kept"
    kept.write_text("kept")
    assert "overwrites nothing" in refused(env, "backup", str(kept))
    assert kept.read_text() == "kept"
    assert str(tmp_path / "no") in refused(env, "backup", str(tmp_path / "no" / "made"))
    path = tmp_path / "data" / "journal.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert "broken" in refused(env, "backup", str(tmp_path / "made"))
    assert names(tmp_path) == ["data", "kept"]


@pytest.fixture
def backed_up(alone: Settings, tmp_path: Path) -> Path:
    """A backup of a database with keys."""
    env = environment(alone.data_dir, INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())
    assert command("keys", "status", env=env).returncode == 0  # makes the root secret
    assert command("backup", str(tmp_path / "made"), env=env).returncode == 0
    return tmp_path / "made"


def test_a_restore_needs_an_empty_folder_and_the_right_key(backed_up: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    env = environment(folder)
    assert str(folder / "master.key") in refused(env, "restore", str(backed_up))
    key = key_file(folder, OTHER_KEY)
    assert "master key" in refused(env, "restore", str(backed_up))
    assert names(folder) == ["master.key"]
    (folder / "mine").touch()
    key_file(folder)
    assert "holds mine" in refused(env, "restore", str(backed_up))
    (folder / "mine").unlink()
    assert command("restore", str(backed_up), env=env).returncode == 0
    assert "holds journal.sqlite3" in refused(env, "restore", str(backed_up))
    assert key.read_text() == MASTER_KEY.get_secret_value()
    assert command("keys", "status", env=env).returncode == 0


def test_what_is_no_whole_backup_is_refused(backed_up: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    env = environment(folder, INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())
    whole = backed_up.read_bytes()
    sidecar_of(backed_up).unlink()
    for content, word in (
        (b"", "no backup"),
        (b"no database", "no backup"),
        (whole[: len(whole) // 2], "broken"),
        (whole[:8192] + b"\xff" * (len(whole) - 8192), "broken"),
    ):
        backed_up.write_bytes(content)
        assert word in refused(env, "restore", str(backed_up))
    sqlite3.connect(tmp_path / "other").executescript("CREATE TABLE a (b); VACUUM").close()
    assert str(tmp_path / "other") in refused(env, "restore", str(tmp_path / "other"))
    assert names(folder) == []


@pytest.mark.parametrize(("revision", "code"), [("2099_01_01_01", 1), ("2026_11_28_04", 0)])
def test_a_newer_backup_is_refused_and_an_older_one_is_to_be_migrated(
    backed_up: Path, tmp_path: Path, revision: str, code: int
) -> None:
    sidecar_of(backed_up).unlink()
    with sqlite3.connect(backed_up) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?, serves_from = ?", (revision, revision))
    connection.close()
    env = environment(tmp_path / "new", INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())
    ended = command("restore", str(backed_up), env=env)
    assert ended.returncode == code
    said = ended.stdout + ended.stderr
    assert ("newer program" in said) == bool(code)
    assert (f"needs revision {migrations.latest_revision()}" in said) == (not code)


@pytest.mark.parametrize("words", [("backup", "made"), ("restore", __file__)], ids=["backup", "restore"])
def test_a_postgresql_has_its_own_programs(tmp_path: Path, words: tuple[str, str]) -> None:
    env = environment(tmp_path, "postgresql://nobody@127.0.0.1:1/none")
    assert "docs/backup.md" in refused(env, *words)


async def test_a_newer_database_that_lets_this_program_go_on_is_backed_up_and_restored(
    alone: Settings, tmp_path: Path
) -> None:
    async with application(alone) as api:
        await World.build(api)
    with closing(sqlite3.connect(alone.sqlite_path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '2999_01_01_01'")
    file = tmp_path / "made"
    for words in (("backup", str(file)), ("backup", str(file), "--check")):
        code, said = await run(alone, *words)
        assert code == 0, said
    code, said = await run(settings_of(tmp_path / "new"), "restore", str(file), "--json")
    assert code == 0, said
    assert json.loads(said)["recorded"]["clinics"] == 1
