"""What the commands say after a restore, and what may be seen of files by others."""

import asyncio
import json
import os
from pathlib import Path

import pytest

from integration_api.settings import Settings
from tests.applications import application, settings_of
from tests.cli.test_backups import key_file, names
from tests.databases import migrated_postgres, migrated_sqlite
from tests.ledger.test_commands import run
from tests.serving import command, environment
from tests.support import World, account_for


@pytest.fixture
def alone(tmp_path: Path) -> Settings:
    """Settings of a database that no other test uses."""
    made = settings_of(tmp_path / "data")
    migrated_sqlite(made.sqlite_path)
    return made


async def test_a_restore_is_told_as_a_known_gap(alone: Settings, tmp_path: Path) -> None:
    file, later = tmp_path / "made.sqlite3", tmp_path / "later.json"
    async with application(alone) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        await account_for(world.admin, therapist)
        seal, heads = ("ledger", "seal"), ("ledger", "heads", "--out", str(later))
        for words in (seal, ("backup", str(file))):  # by the clock of the commands, which the restore has too
            assert (await run(alone, *words))[0] == 0
        await therapist.get("/patients")
        for more in (seal, heads):
            assert (await run(alone, *more))[0] == 0
    restored = settings_of(tmp_path / "restored")
    restored.data_dir.mkdir()
    (restored.data_dir / ".restore-abcd1234").mkdir()  # of one that was killed
    code, said = await run(restored, "restore", str(file))
    assert (code, "NOT told which charts were erased" in said) == (0, True), said
    assert names(restored.data_dir) == ["journal.sqlite3"]
    code, said = await run(restored, "ledger", "verify", "--head", str(later))
    assert (code, "known gap after a restore at" in said, "NOT AS SEALED" in said) == (5, True, False), said
    code, said = await run(restored, "restored", "--erased", str(later), "--end-sign-ins", "--json")
    assert code == 0, said
    told = json.loads(said)
    assert {name: told[name] for name in ("clinics", "ahead", "knows_erasures", "are_sign_ins_ended")} == {
        "clinics": 1,
        "ahead": 0,  # the first record has its own seal of that number
        "knows_erasures": True,
        "are_sign_ins_ended": True,
    }
    async with application(restored) as api:
        therapist.api = api
        await therapist.get("/patients", expect=401)


async def test_a_restore_takes_the_list_of_erased_charts(alone: Settings, tmp_path: Path) -> None:
    file, heads = tmp_path / "made.sqlite3", tmp_path / "heads.json"
    async with application(alone) as api:
        await World.build(api)
    assert (await run(alone, "backup", str(file)))[0] == 0
    assert (await run(alone, "ledger", "heads", "--out", str(heads)))[0] == 0
    assert json.loads(heads.read_text())["erased"] == []
    code, said = await run(settings_of(tmp_path / "new"), "restore", str(file), "--erased", str(heads), "--json")
    assert code == 0, said
    assert json.loads(said)["recorded"]["knows_erasures"] is True
    heads.write_text(heads.read_text().replace('"exported_at": "2', '"exported_at": "3'))
    code, said = await run(settings_of(tmp_path / "other"), "restore", str(file), "--erased", str(heads))
    assert (code, "not signed with the file's key" in said) == (1, True), said
    assert names(tmp_path / "other") == []


async def test_a_folder_with_records_of_backups_is_restored_into(alone: Settings, tmp_path: Path) -> None:
    file, new = tmp_path / "made.sqlite3", settings_of(tmp_path / "new")
    async with application(alone) as api:
        await World.build(api)
    assert (await run(alone, "backup", str(file)))[0] == 0
    assert (await run(new, "backup", str(file), "--check"))[0] == 0
    (new.runs_dir / ".backup.json.4711").touch()  # of one that was killed
    assert names(new.data_dir) == ["runs"]
    code, said = await run(new, "restore", str(file))
    assert (code, "NOT ended: accounts, passwords" in said) == (0, True), said


def test_a_server_does_not_start_with_files_that_others_may_read(alone: Settings) -> None:
    env = environment(alone.data_dir)
    key = key_file(alone.data_dir)
    assert command("keys", "status", env=env).returncode == 0
    for path, mode in ((alone.sqlite_path, 0o604), (key, 0o604), (key, 0o660)):
        path.chmod(mode)
        ended = command("serve", env=env)
        assert (ended.returncode, f"chmod 600 {path}" in ended.stderr) == (1, True), ended.stderr
        path.chmod(0o600)


def test_what_somebody_else_has_placed_is_warned_of(alone: Settings) -> None:
    """As a secret that a container engine mounts: it cannot be changed from inside."""
    if os.geteuid() != 0:
        return  # only root can give a file away
    env = environment(alone.data_dir, INTEGRATION_API_PORT="1", INTEGRATION_API_HOST="203.0.113.1")
    key = key_file(alone.data_dir)
    key.chmod(0o444)
    os.chown(key, 12_345, 12_345)
    ended = command("serve", env=env)
    assert ended.returncode == 1, "the address is not of this machine"
    events = [json.loads(line) for line in ended.stderr.splitlines() if line.startswith("{")]
    said = [line["warning"] for line in events if line["event"] == "files_unsafe"]
    assert len(said) == 2
    assert f"may read {key}" in said[0]
    assert "one folder with the database" in said[1]


def test_a_key_beside_the_database_is_warned_of_where_others_are_served(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    for host, is_told in (("127.0.0.1", False), ("::1", False), ("0.0.0.0", True), ("::", True)):  # noqa: S104  not listened on
        ended = command("migrate", env={**env, "INTEGRATION_API_HOST": host})
        assert (ended.returncode, "in one folder with the database" in ended.stderr) == (0, is_told), ended.stderr
    apart = key_file(tmp_path / "keys")
    (tmp_path / "data" / "master.key").unlink()
    ended = command(
        "migrate",
        env={**env, "INTEGRATION_API_HOST": "0.0.0.0", "INTEGRATION_API_MASTER_KEY_FILE": str(apart)},  # noqa: S104
    )
    assert (ended.returncode, ended.stderr) == (0, "")


async def test_a_backup_that_others_may_read_or_beside_the_key_is_told(alone: Settings, tmp_path: Path) -> None:
    async with application(alone) as api:
        await World.build(api)
    key = key_file(tmp_path)
    env = environment(alone.data_dir, INTEGRATION_API_MASTER_KEY_FILE=str(key))
    ended = await asyncio.to_thread(command, "backup", str(tmp_path / "made"), env=env)
    assert (ended.returncode, "WARNING: the master key lies in" in ended.stdout) == (0, True), ended.stderr
    (tmp_path / "made").chmod(0o644)
    code, said = await run(alone, "backup", str(tmp_path / "made"), "--check")
    assert (code, "others on this machine may read" in said) == (3, True), said


async def test_migrating_a_postgresql_makes_no_key_beside_its_data(postgres_url: str, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    async with application(settings) as api:
        await World.build(api)
    assert settings.database_url is not None
    env = environment(tmp_path / "empty", settings.database_url.get_secret_value())
    del env["INTEGRATION_API_MASTER_KEY"]
    for word, code in (("migrate", 0), ("serve", 1), ("keys status", 1)):
        ended = await asyncio.to_thread(command, *word.split(), env=env)
        assert ended.returncode == code, ended.stderr
        assert not (tmp_path / "empty" / "master.key").exists()
