"""A live stream on a port: its pings, a reader who does not read, a reader who leaves, and a server that stops."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from integration_api.cli.main import configuration
from integration_api.resources.delivery.stream.service import PING_SECONDS
from integration_api.server.timeouts import MAX_TIMEOUTS_TO_RECEIVE
from integration_api.settings import Settings
from tests.applications import MASTER_KEY, application, settings_of
from tests.clocked_server import Client, ClockedServer, clocked_server
from tests.databases import migrated_sqlite
from tests.documents import run
from tests.serving import Server, environment
from tests.support import World
from tests.waiting import STUCK_SECONDS, until

PATIENCE = 1.0


class Prepared(NamedTuple):
    """A database with somebody who can sign in, and the token."""

    settings: Settings
    ask: bytes


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    settings = settings_of(tmp_path).model_copy(update={"request_seconds": PATIENCE})
    migrated_sqlite(settings.sqlite_path)
    return Prepared(settings, asyncio.run(_ask(settings)))


async def _ask(settings: Settings) -> bytes:
    async with application(settings) as api:
        therapist = await (await World.build(api)).therapist()
    head = f"GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {therapist.token}\r\n\r\n"
    return head.encode()


@pytest.fixture
def server(prepared: Prepared) -> Iterator[ClockedServer]:
    with clocked_server(configuration(prepared.settings)) as made:
        yield made


def opened(client: Client, ask: bytes) -> bytes:
    """Ask, and return what a stream begins with."""
    client.send(ask)
    found = b""
    while b"\n\n\r\n" not in found:
        part = client.socket.recv(65536)
        assert part, found
        found += part
    assert found.startswith(b"HTTP/1.1 200 "), found
    return found


def test_it_is_pinged_and_not_cut_while_it_is_read(server: ClockedServer, prepared: Prepared) -> None:
    with server.connect() as client:
        opened(client, prepared.ask)
        for _ in range(4):
            server.advance(PING_SECONDS + 0.01)
            assert client.socket.recv(65536) == b"8\r\n: ping\n\n\r\n"
        assert client.is_held
        assert 4 * PING_SECONDS > MAX_TIMEOUTS_TO_RECEIVE * PATIENCE


def test_who_does_not_read_is_given_up(server: ClockedServer, prepared: Prepared) -> None:
    with server.connect() as client:
        opened(client, prepared.ask)
        protocol = server.open[client.port]
        server.run(protocol.pause_writing)  # as the transport does if 64 KiB wait to be taken
        server.advance(MAX_TIMEOUTS_TO_RECEIVE * PATIENCE + 0.01)
        until(lambda: not client.is_held, "the server to give up who does not read")


def test_who_leaves_leaves_nothing_behind(server: ClockedServer, prepared: Prepared) -> None:
    with server.connect() as client:
        opened(client, prepared.ask)
        assert len(server.app.state.runtime.watch._all) == 1
    until(lambda: not server.app.state.runtime.watch._all, "the stream to end with its client")


def test_it_ends_at_once_when_the_server_stops(prepared: Prepared) -> None:
    """Also one whose client does not read: it is cut. Neither waits for the grace period, which never passes here."""
    with clocked_server(configuration(prepared.settings)) as made:
        client, deaf = made.connect(), made.connect()
        opened(client, prepared.ask)
        opened(deaf, prepared.ask)
        made.run(made.open[deaf.port].pause_writing)
        made.ask_to_stop()
        until(lambda: not deaf.is_held, "the server to cut who does not read, while its time stands still")
        rest = client.rest()
        assert b"event: end" in rest
        assert b'data: {"reason": "server_stops"}' in rest
        assert rest.endswith(b"0\r\n\r\n")
        client.socket.close()
        deaf.socket.close()


def test_a_started_server_ends_its_streams(prepared: Prepared) -> None:
    """By SIGTERM, with a grace period that is longer than the test may take."""
    env = environment(prepared.settings.data_dir, INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value())
    started = Server(env)
    started.start()
    with socket.create_connection(("127.0.0.1", started.port)) as client:
        client.sendall(prepared.ask)
        found = b""
        while b"\n\n\r\n" not in found:
            found += client.recv(65536)
        started.stop()
        while part := client.recv(65536):
            found += part
    assert b'data: {"reason": "server_stops"}' in found


def test_the_reader_of_the_document_works(server: ClockedServer, prepared: Prepared) -> None:
    follow = run("stream.md")["follow"]
    token = prepared.ask.decode().partition("Bearer ")[2].partition("\r")[0]
    found: list[tuple[str, object, str]] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        reader = threading.Thread(target=lambda: found.extend(follow(client, token, None)))
        reader.start()
        until(lambda: server.app.state.runtime.watch._all, "the reader to listen")
        server.ask_to_stop()
        reader.join(STUCK_SECONDS)
    (name, data, cursor) = found[-1]
    assert (name, data) == ("end", {"reason": "server_stops"})
    assert cursor
