"""The process: what it refuses to start with, how it ends, what it leaves behind."""

import asyncio
import http.client
import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from integration_api.access.totp import code_at
from tests.databases import new_postgres_database
from tests.serving import Server, command, environment
from tests.waiting import STUCK_SECONDS

PASSWORD = "quiet-otter-rows-upstream"
FACTS = {
    "--clinic": "House",
    "--slug": "house",
    "--time-zone": "Europe/Berlin",
    "--country": "de",
    "--admin-name": "Ada",
    "--admin-email": "ada@example.org",
}
INIT = ["init", *(word for pair in FACTS.items() for word in pair)]


@pytest.fixture(params=["sqlite", "postgresql"])
def env(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a server with a database of its own, not migrated."""
    url = None
    if request.param == "postgresql":
        url = asyncio.run(new_postgres_database(request.getfixturevalue("postgres_url")))
    return environment(tmp_path / "data", url)


def test_a_database_that_is_not_at_head_is_not_served(env: dict[str, str]) -> None:
    if "INTEGRATION_API_DATABASE_URL" not in env:
        assert "no master key" in command("serve", env=env).stderr
        env["INTEGRATION_API_MASTER_KEY"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        Path(env["INTEGRATION_API_DATA_DIR"]).mkdir()
    refused = command("serve", env=env)
    assert refused.returncode == 1
    assert "python -m integration_api migrate" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_clinic_is_made_by_command_and_its_admin_signs_in(env: dict[str, str]) -> None:
    assert command("migrate", env=env).returncode == 0
    assert command(*INIT, env=env, text=PASSWORD + "\n").returncode == 0
    again = command(*INIT, env=env, text=PASSWORD + "\n")
    assert (again.returncode, again.stderr) == (1, "integration-api: a clinic with this short name exists already\n")
    server = Server(env)
    server.start()
    try:
        body = {"email": "ada@example.org", "password": PASSWORD}
        answer = httpx.post(f"{server.url}/v1/auth/tokens", json=body, timeout=STUCK_SECONDS)
        assert answer.status_code == 201
        assert "server" not in answer.headers
    finally:
        server.stop()
    log = server.log.read_text()
    assert PASSWORD not in log
    assert "ada@" not in log


def test_a_request_in_flight_ends_well_when_the_process_is_asked_to_stop(env: dict[str, str]) -> None:
    command("migrate", env=env)
    command(*INIT, env=env, text=PASSWORD + "\n")
    grace = {"INTEGRATION_API_GRACE_SECONDS": str(STUCK_SECONDS)}
    server = Server({**env, **grace, "INTEGRATION_API_ARGON2_MEMORY_KIB": "131072"})
    server.start()
    body = json.dumps({"email": "ada@example.org", "password": PASSWORD})
    clients = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=STUCK_SECONDS) for _ in range(4)]
    for client in clients:
        client.request("POST", "/v1/auth/tokens", body, {"Content-Type": "application/json"})
    httpx.get(
        f"{server.url}/health/live", timeout=STUCK_SECONDS
    )  # answered after the four were taken in; they are hashing now
    server.stop()
    assert [json.loads(line)["event"] for line in server.log.read_text().splitlines()][-1] == "stopped"
    assert [client.getresponse().status for client in clients] == [201] * 4
    for client in clients:
        client.close()


def test_the_master_key_and_the_data_are_the_owner_s_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert command("migrate", env=environment(folder)).returncode == 0
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("master.key", "journal.sqlite3"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    key = (folder / "master.key").read_text()
    assert command("migrate", env=environment(folder)).returncode == 0
    assert (folder / "master.key").read_text() == key


def test_a_wrong_command_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    env = environment(tmp_path / "data")
    command("migrate", env=env)
    easy = command(*INIT, env=env, text="short\n")
    assert (easy.returncode, easy.stderr) == (1, "integration-api: The password is too short or too easy to guess.\n")
    words = ["Mars/Olympus" if word == "Europe/Berlin" else word for word in INIT]
    zone = command(*words, env=env, text=PASSWORD + "\n")
    assert "time_zone" in zone.stderr
    assert "Mars" not in zone.stderr
    nowhere = command("ledger", "heads", "--out", str(tmp_path / "no" / "such"), env=env)
    assert (nowhere.returncode, str(tmp_path / "no") in nowhere.stderr) == (1, True), nowhere.stderr
    down = command("migrate", env=environment(tmp_path / "x", "postgresql://nobody@127.0.0.1:1/none"))
    assert down.returncode == 1
    assert len(down.stderr.splitlines()) == 1


def test_the_present_code_of_a_secret_is_printed(tmp_path: Path) -> None:
    secret, before = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", datetime.now(UTC)
    shown = command("code", secret.lower(), env=environment(tmp_path)).stdout
    assert shown in {code_at(secret, at) + "\n" for at in (before, datetime.now(UTC))}
    wrong = command("code", "not base32", env=environment(tmp_path))
    assert (wrong.returncode, wrong.stderr) == (1, "integration-api: the secret is not base32\n")
