"""`migrate` and `serve` name what they cannot use in one line, without a traceback and without wrong advice."""

import asyncio
import json
import os
import sqlite3
import stat
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.applications import application
from tests.databases import migrated_postgres, migrated_sqlite, new_postgres_database
from tests.processes import ROOT, start
from tests.serving import command, environment

NEWER = "2099_01_01_01"
AT_NEWER = "UPDATE alembic_version SET version_num = '2099_01_01_01', serves_from = '2099_01_01_01'"
OURS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture(params=["sqlite", "postgresql"])
def env(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a migrated database of its own."""
    if request.param == "sqlite":
        migrated_sqlite(tmp_path / "journal.sqlite3")
        return environment(tmp_path, INTEGRATION_API_MASTER_KEY=OURS)
    return environment(tmp_path, asyncio.run(migrated_postgres(request.getfixturevalue("postgres_url"))))


def run_sql(env: dict[str, str], sql: str) -> None:
    if "INTEGRATION_API_DATABASE_URL" not in env:
        with sqlite3.connect(Path(env["INTEGRATION_API_DATA_DIR"]) / "journal.sqlite3") as connection:
            connection.execute(sql)
        return

    async def run() -> None:
        owner = await asyncpg.connect(env["INTEGRATION_API_DATABASE_URL"])
        await owner.execute(sql)
        await owner.close()

    with ThreadPoolExecutor() as pool:  # also from a test with an event loop of its own
        pool.submit(asyncio.run, run()).result()


def refusal(env: dict[str, str], *words: str) -> str:
    """The one line that a command ends with."""
    ended = command(*words, env=env)
    assert ended.returncode == 1, ended.stdout
    assert ended.stderr.startswith("integration-api: ")
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    return ended.stderr


@pytest.mark.parametrize(
    "words",
    [("migrate",), ("migrate", "--plan"), ("migrate", "--plan", "--json"), ("serve",), ("keys", "status")],
    ids="-".join,
)
def test_a_newer_schema_is_called_newer(env: dict[str, str], words: tuple[str, ...]) -> None:
    run_sql(env, AT_NEWER)
    said = refusal(env, *words)
    assert NEWER in said
    assert migrations.latest_revision() in said
    assert "run the newer program" in said
    assert "run `" not in said


def test_a_newer_schema_that_lets_this_program_go_on_is_left_alone(env: dict[str, str]) -> None:
    run_sql(env, "UPDATE alembic_version SET version_num = '2099_01_01_01'")
    ended = command("migrate", env=env)
    assert (ended.returncode, "nothing was done" in ended.stdout) == (0, True), ended.stderr
    ended = command("migrate", "--json", env=env)
    assert (ended.returncode, ended.stdout) == (0, f'{{"revision": "{NEWER}"}}\n')
    ended = command("migrate", "--plan", env=env)
    assert (ended.returncode, ended.stderr) == (0, "")
    said = f"nothing to do: the database is at {NEWER}, newer than this program's {migrations.latest_revision()}"
    assert ended.stdout == f"{said}, which it lets go on\n"
    ended = command("migrate", "--plan", "--json", env=env)
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["present"], told["revisions"]) == (0, NEWER, [])
    assert command("ledger", "verify", env=env).returncode == 0


def test_doctor_says_that_a_schema_is_newer(env: dict[str, str]) -> None:
    run_sql(env, AT_NEWER)
    ended = command("doctor", "--json", env=env)
    assert (ended.returncode, "Traceback" in ended.stderr) == (3, False), ended.stderr
    [found] = [one for one in json.loads(ended.stdout)["findings"] if one["code"] == "revision-newer"]
    assert NEWER in found["says"]
    assert "newer program" in found["says"]
    assert found["do"] == "Do not migrate with this program."


@pytest.mark.parametrize("words", [("migrate",), ("migrate", "--plan"), ("serve",)], ids="-".join)
def test_an_unknown_schema_is_called_unknown(env: dict[str, str], words: tuple[str, ...]) -> None:
    run_sql(env, "UPDATE alembic_version SET version_num = '1999_01_01_01'")
    assert "unknown to this program" in refusal(env, *words)


@pytest.mark.parametrize("words", [("migrate",), ("migrate", "--plan")], ids="-".join)
def test_two_revisions_at_once_are_refused_in_one_line(env: dict[str, str], words: tuple[str, ...]) -> None:
    run_sql(env, "INSERT INTO alembic_version (version_num) VALUES ('2026_11_28_01')")
    assert "names 2 revisions at once" in refusal(env, *words)


def test_an_older_schema_is_to_be_migrated(env: dict[str, str]) -> None:
    run_sql(env, "UPDATE alembic_version SET version_num = '2026_11_28_01'")
    assert "migrate" in refusal(env, "serve")


async def test_a_server_on_a_newer_schema_does_not_advise_to_migrate(own: Settings) -> None:
    async with application(own) as api:
        run_sql(env_of(own), AT_NEWER)
        answer = await api.send("GET", "/health/ready")
        assert answer.status_code == 503
        assert "migrate" not in answer.text
        assert "the program it is for" in answer.json()["detail"]


def env_of(settings: Settings) -> dict[str, str]:
    url = settings.database_url
    return environment(settings.data_dir, url.get_secret_value() if url else None)


def test_a_migration_that_is_not_allowed_is_told_in_one_line(postgres_url: str, tmp_path: Path) -> None:
    url, role = asyncio.run(new_postgres_database(postgres_url)), f"r{uuid4().hex}"
    run_sql(environment(tmp_path, url), f"CREATE ROLE {role} LOGIN")
    said = refusal(environment(tmp_path, url.replace("postgres@", f"{role}@")), "migrate")
    assert "the migration failed on PostgreSQL: permission denied" in said


def test_a_plan_that_is_not_allowed_is_told_in_one_line(postgres_url: str, tmp_path: Path) -> None:
    url, role = asyncio.run(migrated_postgres(postgres_url)), f"r{uuid4().hex}"
    run_sql(environment(tmp_path, url), f"CREATE ROLE {role} LOGIN")
    said = refusal(environment(tmp_path, url.replace("postgres@", f"{role}@")), "migrate", "--plan")
    assert "permission denied" in said


# ── SQLite ──


@pytest.mark.parametrize("words", [("migrate",), ("serve",)], ids="-".join)
@pytest.mark.parametrize("content", [b"no database at all" * 100, None], ids=["other", "broken"])
def test_a_broken_file_is_called_broken(tmp_path: Path, words: tuple[str, ...], content: bytes | None) -> None:
    path = migrated_sqlite(tmp_path / "data" / "journal.sqlite3")
    if content is None:
        whole = path.read_bytes()
        content = whole[:4096] + b"\xff" * (len(whole) - 4096)
    path.write_bytes(content)
    said = refusal(environment(tmp_path / "data", INTEGRATION_API_MASTER_KEY=OURS), *words)
    assert str(path) in said
    assert "broken" in said
    assert "DATABASE_URL" not in said


BOUND_BY_MODES = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for capability in (1, 2):  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
    if libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
        raise OSError(ctypes.get_errno(), "prctl")
os.execv(sys.executable, [sys.executable, "-m", "integration_api", *sys.argv[1:]])
"""
"""A program that gives up the right of root to write whatever a file's mode says, then becomes the command line."""


def bound_by_modes(*words: str, env: dict[str, str]) -> tuple[int, str]:
    """Run a command that may write only what the mode of a file lets its owner write."""
    begin = ["-c", BOUND_BY_MODES] if os.geteuid() == 0 else ["-m", "integration_api"]
    with tempfile.TemporaryFile() as said:
        given = {**env, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        code = start("program", [sys.executable, *begin, *words], given, stderr=said).wait()
        said.seek(0)
        return code, said.read().decode()


@pytest.mark.parametrize("words", [("migrate",), ("serve",)], ids="-".join)
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = migrated_sqlite(tmp_path / "data" / "journal.sqlite3")
    path.chmod(0o400)
    path.parent.chmod(0o555)
    code, said = bound_by_modes(*words, env=environment(path.parent, INTEGRATION_API_MASTER_KEY=OURS))
    path.parent.chmod(0o755)
    assert (code, len(said.splitlines())) == (1, 1), said
    assert str(path) in said
    assert "written" in said or "writing" in said or "Permission denied" in said
    assert "DATABASE_URL" not in said


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    code, said = bound_by_modes("migrate", env=environment(tmp_path / "data", INTEGRATION_API_MASTER_KEY=OURS))
    tmp_path.chmod(0o755)
    assert (code, said) == (1, f"integration-api: {tmp_path / 'data'}: Permission denied\n")


def test_serving_makes_no_file(tmp_path: Path) -> None:
    assert "migrate" in refusal(environment(tmp_path, INTEGRATION_API_MASTER_KEY=OURS), "serve")
    assert list(tmp_path.iterdir()) == []


def test_no_new_master_key_is_made_beside_sealed_data(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    assert command("migrate", env=env).returncode == 0
    assert command("keys", "status", env=env).returncode == 0  # makes the root secret
    key = tmp_path / "data" / "master.key"
    key.rename(tmp_path / "kept.key")
    said = refusal(env, "migrate")
    assert str(key) in said
    assert not key.exists()
    assert (
        command("migrate", env={**env, "INTEGRATION_API_MASTER_KEY_FILE": str(tmp_path / "kept.key")}).returncode == 0
    )
    elsewhere = refusal({**env, "INTEGRATION_API_MASTER_KEY_FILE": str(tmp_path / "other.key")}, "migrate")
    assert str(tmp_path / "other.key") in elsewhere
    (tmp_path / "kept.key").rename(key)
    assert command("migrate", env=env).returncode == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_database_without_data_still_gets_its_key(tmp_path: Path) -> None:
    migrated_sqlite(tmp_path / "data" / "journal.sqlite3")
    assert command("migrate", env=environment(tmp_path / "data")).returncode == 0
    assert (tmp_path / "data" / "master.key").exists()
