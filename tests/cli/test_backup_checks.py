"""A backup says what it holds; `backup --check` tries it; `keys check` and `keys status` end as they say."""

import asyncio
import base64
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from integration_api.app import sealer_of
from integration_api.core.clock import system_clock
from integration_api.operating.backup_check import check_backup
from integration_api.operating.leftovers import LEFT_AFTER
from integration_api.operating.progress import silent
from integration_api.operating.sidecar import sidecar_of
from integration_api.settings import Settings
from integration_api.storage.key_sources import TransitKey
from tests.applications import MASTER_KEY, application, settings_of
from tests.cli.test_backups import OTHER_KEY, key_file, names
from tests.ledger.test_commands import run
from tests.serving import command, environment
from tests.support import World, account_for


@pytest.fixture
async def backed_up(alone: Settings, tmp_path: Path) -> Path:
    """A backup of a clinic with a sealed ledger."""
    async with application(alone) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        await account_for(world.admin, therapist, await world.patient_of(therapist))
        await sealer_of(api.runtime).seal(world.clinic_id)
    code, said = await run(alone, "backup", str(tmp_path / "made"), "--json")
    assert code == 0, said
    told = json.loads(said)
    assert {name: told[name] for name in ("path", "size_bytes")} == {
        "path": str(tmp_path / "made"),
        "size_bytes": (tmp_path / "made").stat().st_size,
    }
    return tmp_path / "made"


async def test_a_backup_says_what_it_holds_and_is_found_whole(alone: Settings, backed_up: Path, tmp_path: Path) -> None:
    told = json.loads(sidecar_of(backed_up).read_text("utf-8"))
    with closing(sqlite3.connect(backed_up)) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM ledger").fetchone()
        (keys,) = connection.execute("SELECT count(*) FROM vault_keys").fetchone()
    assert (told["rows"]["ledger"], sum(told["master_keys"].values()), len(told["seals"])) == (rows, keys, 1)
    code, said = await run(alone, "backup", str(backed_up), "--check")
    assert (code, f"{rows} rows of the ledger verified, {keys} keys opened" in said) == (0, True), said
    assert names(tmp_path) == ["data", "made", "made.json"], "the check leaves nothing behind"


async def test_a_backup_that_was_changed_is_found_and_not_restored(
    alone: Settings, backed_up: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(backed_up)) as connection:
        connection.executescript("DROP TRIGGER IF EXISTS ledger_is_not_changed")
        connection.execute("PRAGMA user_version = 7")
        connection.commit()
    for expected, words in ((3, ("backup", str(backed_up), "--check")), (1, ("restore", str(backed_up)))):
        code, said = await run(settings_of(tmp_path / "new"), *words)
        assert (code, "is not as it was made" in said) == (expected, True), said
    sidecar_of(backed_up).unlink()
    code, said = await run(alone, "backup", str(backed_up), "--check", "--json")
    assert (code, json.loads(said)["findings"]) == (3, ["there is no made.json beside it to compare with"])


async def test_a_backup_whose_ledger_was_edited_is_found(alone: Settings, backed_up: Path) -> None:
    with closing(sqlite3.connect(backed_up)) as connection:
        triggers = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE ledger SET request_id = 'another' WHERE id = (SELECT min(id) FROM ledger)")
        connection.commit()
    sidecar_of(backed_up).unlink()
    code, said = await run(alone, "backup", str(backed_up), "--check")
    assert (code, "was edited" in said, "NOT AS IT SHOULD BE" in said) == (3, True, True), said


async def test_a_key_of_a_key_service_is_read_where_it_lies(
    alone: Settings, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wrapped key is in the data folder, and the check restores into another one."""

    def read(source: TransitKey) -> bytes:
        assert source.wrapped == alone.data_dir / "master.key.wrapped"
        return base64.b64decode(MASTER_KEY.get_secret_value())

    monkeypatch.setattr(TransitKey, "read", read)
    by_service = alone.model_copy(update={"master_key": None, "master_key_kms_address": "https://keys.example.org"})
    assert (await check_backup(by_service, backed_up, silent)).findings == ()


async def test_what_a_killed_run_left_is_swept_by_the_next(alone: Settings, tmp_path: Path) -> None:
    folder, old = tmp_path / "to", (system_clock() - LEFT_AFTER).timestamp() - 1
    left = [".a.sqlite3.abcd1234.part", ".a.sqlite3.abcd1234.part.json", ".check-abcd1234", ".of.others", ".b.part"]
    folder.mkdir()
    for name in left:
        (folder / name).mkdir() if "check" in name else (folder / name).touch()
        os.utime(folder / name, (old, old))
    (folder / ".a.sqlite3.efgh5678.part").touch()  # of a run that goes on
    assert (await run(alone, "backup", str(folder / "made")))[0] == 0
    assert names(folder) == [".a.sqlite3.efgh5678.part", ".b.part", ".of.others", "made", "made.json"]


async def test_a_key_that_is_altered_in_a_backup_is_found(alone: Settings, backed_up: Path) -> None:
    with closing(sqlite3.connect(backed_up)) as connection:
        found, key = connection.execute("SELECT id, wrapped_key FROM vault_keys ORDER BY id DESC").fetchone()
        connection.execute(
            "UPDATE vault_keys SET wrapped_key = ? WHERE id = ?", (key[:-1] + bytes([key[-1] ^ 1]), found)
        )
        connection.commit()
    sidecar_of(backed_up).unlink()
    code, said = await run(alone, "backup", str(backed_up), "--check")
    assert (code, "does not open: it was altered" in said) == (1, True), said


async def test_a_stored_key_is_tried_against_what_lies_beside_a_backup(backed_up: Path, tmp_path: Path) -> None:
    described = str(sidecar_of(backed_up))
    env = environment(tmp_path / "none")
    for key, code, word in ((MASTER_KEY.get_secret_value(), 0, "opens every key"), (OTHER_KEY, 3, "NOT THIS KEY")):
        stored = key_file(tmp_path / "stored", key)
        ended = await asyncio.to_thread(
            command, "keys", "check", described, env={**env, "INTEGRATION_API_MASTER_KEY_FILE": str(stored)}
        )
        assert (ended.returncode, word in ended.stdout) == (code, True), ended.stdout + ended.stderr
    sidecar_of(backed_up).write_text("{}")
    ended = await asyncio.to_thread(
        command, "keys", "check", described, env={**env, "INTEGRATION_API_MASTER_KEY_FILE": str(stored)}
    )
    assert (ended.returncode, "does not describe a backup" in ended.stderr) == (1, True)


async def test_keys_status_ends_with_three_while_another_key_is_needed(alone: Settings) -> None:
    async with application(alone):
        pass  # makes the root secret
    env = environment(
        alone.data_dir,
        INTEGRATION_API_MASTER_KEY=OTHER_KEY,
        INTEGRATION_API_MASTER_KEY_PREVIOUS=MASTER_KEY.get_secret_value(),
    )
    ended = [await asyncio.to_thread(command, "keys", word, env=env) for word in ("status", "rotate", "status")]
    assert [one.returncode for one in ended] == [3, 0, 0]
