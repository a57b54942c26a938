"""Where a master key comes from, and what is said where it does not: never the key, the token or what was found."""

import asyncio
import base64
import json
import os
import signal
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from integration_api.app import open_database
from integration_api.settings import Settings
from integration_api.storage import key_sources
from integration_api.storage.key_sources import FileKey, GivenKey, KeySource, MasterKeyMissing, TransitKey
from tests.applications import settings_of
from tests.databases import migrated_postgres, migrated_sqlite
from tests.serving import Server, command, environment
from tests.waiting import STUCK_SECONDS, until

KEY = bytes(range(100, 132))
TEXT = base64.b64encode(KEY).decode()
TOKEN = "s.a-token-that-nobody-may-see"  # invented
WRAPPED = "vault:v1:" + base64.b64encode(b"wrapped " * 8).decode()


class Transit(ThreadingHTTPServer):
    """As much of a key service's transit API as is used; it counts who asks."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.answer: tuple[int, bytes] = (200, json.dumps({"data": {"plaintext": TEXT}}).encode())
        self.location: str | None = None

    @property
    def address(self) -> str:
        """The address at which it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Transit

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        status, answer = self.server.answer
        if self.headers["x-vault-token"] != TOKEN and status == 200:
            status, answer = 403, b'{"errors":["permission denied"]}'
        self.send_response(status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a key service that is a thread of this process."""
    monkeypatch.setattr(key_sources, "_SECONDS", STUCK_SECONDS)


@pytest.fixture
def transit() -> Iterator[Transit]:
    """A key service on this machine."""
    server = Transit()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def source(transit: Transit, tmp_path: Path, **changes: str) -> TransitKey:
    path = tmp_path / "wrapped"
    path.write_text(WRAPPED + "\n")
    given = {"address": transit.address, "name": "journal", "token": TOKEN, **changes}
    return TransitKey(given["address"], given["name"], given["token"], path)


def refusal(source: KeySource) -> str:
    with pytest.raises(MasterKeyMissing) as refused:
        source.read()
    said = str(refused.value) + repr(source) + repr(refused.value.__cause__)
    for secret in (TOKEN, TEXT, WRAPPED, KEY.hex()):
        assert secret not in said
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_file_and_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(TEXT + "\n")
    assert FileKey(path).read() == GivenKey(TEXT, "X").read() == KEY
    assert str(tmp_path) in refusal(FileKey(tmp_path / "none"))
    path.write_bytes(b"\xff\xfe")
    refusal(FileKey(path))
    for wrong in ("", "AAAA", TEXT + "AAAA", TEXT[:-4] + "\n!!!", "ключ"):
        assert "not 32 bytes" in refusal(GivenKey(wrong, "INTEGRATION_API_MASTER_KEY"))


def test_a_key_service_is_asked_once_and_told_no_more_than_it_needs(transit: Transit, tmp_path: Path) -> None:
    assert source(transit, tmp_path).read() == KEY
    [(path, headers, body)] = transit.asked
    assert path == "/v1/transit/decrypt/journal"
    assert headers["x-vault-token"] == TOKEN
    assert body == {"ciphertext": WRAPPED}
    assert source(transit, tmp_path, address=transit.address + "/", name="../sys/x").read() == KEY
    assert transit.asked[-1][0] == "/v1/transit/decrypt/..%2Fsys%2Fx"


def test_the_proxy_of_the_environment_sees_no_token(
    transit: Transit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert source(transit, tmp_path).read() == KEY


ANSWERS = {
    "sealed": (503, b'{"errors":["Vault is sealed"]}'),
    "denied": (403, b'{"errors":["permission denied"]}'),
    "not JSON": (200, b"<html>"),
    "not an object": (200, b"[1]"),
    "no plaintext": (200, b'{"data":{}}'),
    "a number": (200, b'{"data":{"plaintext":7}}'),
    "too short": (200, b'{"data":{"plaintext":"AAAA"}}'),
    "not base64": (200, b'{"data":{"plaintext":"%%%%"}}'),
    "nothing": (204, b""),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_key_service_answers_wrongly_is_a_refusal(transit: Transit, tmp_path: Path, name: str) -> None:
    transit.answer = ANSWERS[name]
    assert "127.0.0.1" in refusal(source(transit, tmp_path))


def test_a_redirect_is_not_followed(transit: Transit, tmp_path: Path) -> None:
    other = Transit()
    threading.Thread(target=other.serve_forever, daemon=True).start()
    transit.answer, transit.location = (307, b""), other.address
    assert "307" in refusal(source(transit, tmp_path))
    assert other.asked == []
    other.shutdown()
    other.server_close()


@pytest.mark.parametrize(
    "address",
    [
        "http://keys.example.org:8200",
        "http://10.0.0.7:8200",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "https://user:word@keys.example.org",
        "https://",
        "keys.example.org:8200",
        "https://keys.example.org/?x=1",
        "https://[::1",
        "",
    ],
)
def test_a_token_goes_over_tls_or_stays_on_the_machine(transit: Transit, tmp_path: Path, address: str) -> None:
    assert "https://" in refusal(source(transit, tmp_path, address=address))


def test_a_key_service_that_is_down_and_a_file_that_is_none(transit: Transit, tmp_path: Path) -> None:
    assert "cannot be reached" in refusal(source(transit, tmp_path, address="http://127.0.0.1:1"))
    assert "cannot be reached" in refusal(source(transit, tmp_path, token="a\nb"))
    made = source(transit, tmp_path)
    made.wrapped.write_text("not wrapped")
    assert "no key that a key service has wrapped" in refusal(made)
    made.wrapped.unlink()
    assert "no wrapped master key" in refusal(made)
    assert transit.asked == []


def test_settings_choose_the_source(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    plain = Settings(data_dir=tmp_path)
    assert isinstance(plain.key_source, FileKey)
    assert plain.previous_key_source is None
    service = Settings(
        data_dir=tmp_path,
        master_key_kms_address="https://keys.example.org",
        master_key_kms_token_file=tmp_path / "token",
        master_key_kms_previous_file=tmp_path / "before",
    )
    assert service.key_source == TransitKey(
        "https://keys.example.org", "integration-api", TOKEN, tmp_path / "master.key.wrapped"
    )
    assert isinstance(service.previous_key_source, TransitKey)
    assert not service.make_master_key()
    assert TOKEN not in repr(service) + repr(service.key_source)
    given = service.model_copy(update={"master_key": SecretStr(TEXT), "master_key_previous_file": tmp_path / "k"})
    assert given.key_source.read() == KEY
    assert given.previous_key_source == FileKey(tmp_path / "k")
    missing = service.model_copy(update={"master_key_kms_token_file": tmp_path / "none"})
    with pytest.raises(MasterKeyMissing, match="no token"):
        _ = missing.key_source


async def test_a_database_opens_with_a_key_that_a_service_keeps(transit: Transit, tmp_path: Path) -> None:
    settings = settings_of(tmp_path).model_copy(update={"master_key": None, "master_key_kms_address": transit.address})
    settings = settings.model_copy(update={"master_key_kms_token": SecretStr(TOKEN)})
    migrated_sqlite(settings.sqlite_path)
    (tmp_path / "master.key.wrapped").write_text(WRAPPED)
    async with open_database(settings) as database:
        derived = database.vault.derive("x")
    async with open_database(settings_of(tmp_path).model_copy(update={"master_key": SecretStr(TEXT)})) as database:
        assert database.vault.derive("x") == derived


def test_a_server_asks_at_start_and_never_again(transit: Transit, tmp_path: Path) -> None:
    data = tmp_path / "data"
    env = environment(
        data,
        INTEGRATION_API_MASTER_KEY_KMS_ADDRESS=transit.address,
        INTEGRATION_API_MASTER_KEY_KMS_TOKEN=TOKEN,
        INTEGRATION_API_LOG_LEVEL="debug",
    )
    assert command("migrate", env=env).returncode == 0
    assert not (data / "master.key").exists()
    (data / "master.key.wrapped").write_text(WRAPPED)
    server = Server(env)
    server.start()
    assert len(transit.asked) == 1
    transit.answer = ANSWERS["sealed"]
    try:
        assert {httpx.get(f"{server.url}/health/ready", timeout=STUCK_SECONDS).status_code for _ in range(5)} == {200}
    finally:
        server.stop()
    assert len(transit.asked) == 1
    log = server.log.read_text()
    refused = command("serve", env=env)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "refused to open the master key" in refused.stderr
    for secret in (TOKEN, TEXT, WRAPPED):
        assert secret not in log + refused.stderr + refused.stdout


def test_a_worker_in_the_place_of_another_asks_nobody(transit: Transit, postgres_url: str, tmp_path: Path) -> None:
    env = environment(
        tmp_path,
        asyncio.run(migrated_postgres(postgres_url)),
        INTEGRATION_API_MASTER_KEY_KMS_ADDRESS=transit.address,
        INTEGRATION_API_MASTER_KEY_KMS_TOKEN=TOKEN,
    )
    del env["INTEGRATION_API_MASTER_KEY"]
    (tmp_path / "master.key.wrapped").write_text(WRAPPED)
    server = Server(env, ("serve", "--workers", "2"))
    server.start()
    try:
        until(lambda: len(server.workers()) == 2, "two workers")
        transit.answer = ANSWERS["sealed"]
        gone = server.workers()[0]
        os.kill(gone, signal.SIGKILL)
        until(lambda: len(set(server.workers()) - {gone}) == 2, "a worker in its place")
    finally:
        server.stop()
    assert len(transit.asked) == 1
