"""One way from a URL to a database: what serves it migrates it, and what cannot be done is said in one line."""

import asyncio
import socket
import struct
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import asyncpg
import pytest

from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.postgres import PostgresDriver
from integration_api.storage.postgres_url import arguments_of
from tests.databases import migrated_postgres, new_postgres_database
from tests.serving import command, environment

SECRET = "s3cr3t-canary"


@pytest.mark.parametrize(
    ("query", "settings", "left"),
    [
        ("", {"application_name": "integration-api"}, ""),
        ("application_name=front", {"application_name": "front"}, ""),
        ("fallback_application_name=front", {"application_name": "front"}, ""),
        ("channel_binding=prefer", {"application_name": "integration-api"}, ""),
        ("sslmode=require&channel_binding=disable", {"application_name": "integration-api"}, "sslmode=require"),
        ("options=-c%20work_mem%3D8MB", {"application_name": "integration-api"}, "options=-c+work_mem%3D8MB"),
        ("client_encoding=UTF8&keepalives=1", {"application_name": "integration-api"}, ""),
        (
            "target_session_attrs=read-write",
            {"application_name": "integration-api"},
            "target_session_attrs=read-write",
        ),
    ],
)
def test_each_parameter_goes_where_the_driver_takes_it(query: str, settings: dict[str, str], left: str) -> None:
    found = arguments_of(f"postgresql://u@localhost/journal?{query}")
    assert found["server_settings"] == settings
    assert urlsplit(found["dsn"]).query == left


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+asyncpg"])
def test_each_scheme_is_one(scheme: str) -> None:
    assert arguments_of(f"{scheme}://u@a:5432,b:5433/journal")["dsn"] == "postgresql://u@a:5432,b:5433/journal"


@pytest.mark.parametrize(
    ("url", "word"),
    [
        (f"mysql://u:{SECRET}@localhost/journal", "must start with postgresql://"),
        (f"postgresql://u:{SECRET}#x@localhost/journal", "%23"),
        (f"postgresql://u:x@{SECRET}@localhost/journal", "%40"),
        (f"postgresql://u:x/{SECRET}@localhost/journal", "%2F"),
        (f"postgresql://u:x?{SECRET}@localhost/journal", "not a valid URL"),
        (f"postgresql://u:{SECRET}@[::1/journal", "not a valid URL"),
        (f"postgresql://u:{SECRET}@localhost/journal?sslmode", "not a valid URL"),
        (f"postgresql://u:{SECRET}@localhost/journal?channel_binding=require", "channel_binding"),
        (f"postgresql://u:{SECRET}@localhost/journal?client_encoding=latin1", "client_encoding"),
        (f"postgresql://u:{SECRET}@localhost/journal?hostaddr=10.0.0.1", "hostaddr"),
        (f"postgresql://u:{SECRET}@localhost/journal?connect_timeout=soon", "connect_timeout"),
        (f"postgresql://u:{SECRET}@localhost/journal?sslmode=require&sslrootcert=system", "verify-full"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(url: str, word: str) -> None:
    with pytest.raises(DatabaseUnfit) as caught:
        arguments_of(url)
    assert word in str(caught.value)
    assert SECRET not in str(caught.value)


def test_the_system_s_authorities_may_be_named() -> None:
    found = arguments_of("postgresql://u@db.internal/journal?sslmode=verify-full&sslrootcert=system")
    assert (found["ssl"].check_hostname, urlsplit(found["dsn"]).query) == (True, "")


# ── the commands, on a server ──


def both(url: str, tmp_path: Path) -> tuple[str, str]:
    """`migrate` and `serve` refuse a URL that neither can use in one line each, and in the same words."""
    said = []
    for words in (("migrate",), ("serve",), ("database-role", "nobody")):
        ended = command(*words, env=environment(tmp_path, url))
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
        assert SECRET not in ended.stderr
        said.append(ended.stderr)
    assert len(set(said)) == 1
    return said[0], said[1]


async def served(url: str, *values: str) -> list[str]:
    """The settings of a session that serves, by their names."""
    driver = PostgresDriver(url, 1)
    await driver.open()
    try:
        return [str((await driver.read(f"SHOW {value}", ()))[0][0]) for value in values]
    finally:
        await driver.close()


def with_query(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"


@pytest.mark.parametrize(
    "query",
    [
        "sslmode=disable",
        "application_name=front%20desk",
        "options=-c%20work_mem%3D8MB",
        "channel_binding=prefer&connect_timeout=9&gssencmode=disable&keepalives=1",
        "target_session_attrs=read-write",
    ],
)
def test_a_url_migrates_and_serves_with_its_parameters(postgres_url: str, tmp_path: Path, query: str) -> None:
    url = with_query(asyncio.run(new_postgres_database(postgres_url)), query)
    ended = command("migrate", env=environment(tmp_path, url))
    assert ended.returncode == 0, ended.stderr
    name, memory = asyncio.run(served(url, "application_name", "work_mem"))
    assert name == ("front desk" if "application_name" in query else "integration-api")
    assert (memory == "8MB") == ("work_mem" in query)


def test_of_several_hosts_the_one_that_answers_is_used(postgres_url: str, tmp_path: Path) -> None:
    url = asyncio.run(migrated_postgres(postgres_url))
    folder = parse_qs(urlsplit(url).query)["host"][0]
    several = f"{url.partition('?')[0]}?host={quote(str(tmp_path))},{quote(folder)}"
    ended = command("migrate", env=environment(tmp_path, several))
    assert ended.returncode == 0, ended.stderr
    assert asyncio.run(served(several, "transaction_read_only")) == ["off"]


@pytest.mark.parametrize("signs", ["a b", "100%", "50%25", "who?", "one#two", "x&y=z", "a+b"])
def test_a_socket_s_folder_may_have_any_name(postgres_url: str, tmp_path: Path, signs: str) -> None:
    url = asyncio.run(migrated_postgres(postgres_url))
    folder = parse_qs(urlsplit(url).query)["host"][0]
    link = Path(tempfile.mkdtemp()) / signs
    link.symlink_to(folder)
    there = quote(str(link), safe="")
    name = urlsplit(url).path.removeprefix("/")
    for address in (f"postgresql://postgres@/{name}?host={there}", f"postgresql://postgres@{there}/{name}"):
        ended = command("migrate", env=environment(tmp_path, address))
        assert ended.returncode == 0, ended.stderr
        assert asyncio.run(served(address, "timezone")) == ["UTC"]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("channel_binding=require", "channel_binding"),
        ("pgbouncer=true", "parameter"),
        ("options=-c%20no_such_setting%3D1", "parameter"),
        ("sslmode=sometimes", "sslmode"),
        ("target_session_attrs=any-old", "parameter"),
    ],
)
def test_every_command_refuses_a_url_in_the_same_line(postgres_url: str, tmp_path: Path, query: str, word: str) -> None:
    said, _ = both(with_query(postgres_url, query), tmp_path)
    assert word in said


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_is_not_utf_8_is_refused(postgres_url: str, tmp_path: Path, encoding: str) -> None:
    async def make() -> str:
        name = f"t{uuid4().hex}"
        owner = await asyncpg.connect(postgres_url)
        await owner.execute(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        await owner.close()
        return postgres_url.replace("/postgres?", f"/{name}?")

    said, _ = both(asyncio.run(make()), tmp_path)
    assert f"encoding {encoding}" in said


# ── poolers ──


class Pooler:
    """Something like pgbouncer: it refuses settings that it does not know, or drops them."""

    def __init__(self, target: str, *, drops: bool) -> None:
        self._target, self._drops = target, drops
        self.folder = Path(tempfile.mkdtemp())
        self._listens = socket.socket(socket.AF_UNIX)
        self._listens.bind(f"{self.folder}/.s.PGSQL.5432")
        self._listens.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listens.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=(self._listens.accept()[0],), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            [length] = struct.unpack("!i", near.recv(4, socket.MSG_WAITALL))
            words = near.recv(length - 4, socket.MSG_WAITALL)[4:].split(b"\0")
            given = dict(zip(words[:-2:2], words[1:-2:2], strict=True))
            if not self._drops:
                fields = b"SFATAL\0C08P01\0Munsupported startup parameter: integration_api.backend\0\0"
                near.sendall(b"E" + struct.pack("!i", len(fields) + 4) + fields)
                return
            kept = b"".join(b"%b\0%b\0" % (name, given[name]) for name in (b"user", b"database")) + b"\0"
            far = socket.socket(socket.AF_UNIX)
            with far:
                far.connect(self._target)
                far.sendall(struct.pack("!ii", len(kept) + 8, 196608) + kept)
                threading.Thread(target=_pump, args=(near, far), daemon=True).start()
                _pump(far, near)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def pooled(url: str, *, drops: bool) -> Iterator[str]:
    """A URL by way of a pooler."""
    folder = parse_qs(urlsplit(url).query)["host"][0]
    pooler = Pooler(f"{folder}/.s.PGSQL.5432", drops=drops)
    try:
        yield f"{url.partition('?')[0]}?host={pooler.folder}"
    finally:
        pooler.close()


@pytest.mark.parametrize("drops", [False, True], ids=["refuses", "drops"])
def test_a_pooler_is_refused_by_every_command(postgres_url: str, tmp_path: Path, *, drops: bool) -> None:
    with pooled(postgres_url, drops=drops) as url:
        said, _ = both(url, tmp_path)
    assert "connection pooler" in said
