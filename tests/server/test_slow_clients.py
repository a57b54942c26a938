"""The bare server against slow clients and endless heads: none keeps its connection, everybody else is served."""

import json
import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing

import httpx
import pytest

from integration_api.cli.main import configuration
from integration_api.server.timeouts import MAX_TIMEOUTS_TO_RECEIVE
from integration_api.storage import migrations
from tests.applications import settings_of
from tests.clocked_server import Client, ClockedServer, clocked_server
from tests.serving import Server, command, environment
from tests.waiting import STUCK_SECONDS, until

PATIENCE = 1.0
ALMOST, MORE = 0.99 * PATIENCE, 0.02 * PATIENCE
HELD = 500
HELD_HERE = HELD // 2
"""If this process holds both ends: it may have no more than 1,024 files open."""
HEAD = b"POST /v1/auth/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
WHOLE = b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n"
HALVES = [
    b"",
    b"\r\n",
    b"\r\n\r\n\n",
    b"\r\nGET /version",
    b"GET /version",
    HEAD,
    HEAD + b"Content-Length: 100\r\n\r\n{",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedServer]:
    """A server that is patient for one second of a clock that the tests set."""
    settings = settings_of(tmp_path_factory.mktemp("slow")).model_copy(update={"request_seconds": PATIENCE})
    migrations.migrate_sqlite(settings.sqlite_path)
    with clocked_server(configuration(settings)) as made:
        yield made


def asked(server: ClockedServer) -> set[int]:
    """What somebody else is answered meanwhile."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=STUCK_SECONDS) as client:
        return {client.get("/health/ready").status_code for _ in range(20)}


def test_half_requests_are_dropped_and_nobody_else_notices(server: ClockedServer) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(HELD_HERE)]
        for at, client in enumerate(clients):
            client.send(HALVES[at % len(HALVES)])
        server.advance(ALMOST)
        assert all(client.is_held for client in clients)
        assert asked(server) == {200}
        server.advance(MORE)
        until(lambda: not any(client.is_held for client in clients), "the server to drop half requests")
        assert asked(server) == {200}


def test_a_server_that_was_started_drops_five_hundred(tmp_path_factory: pytest.TempPathFactory) -> None:
    """By its own clock, whenever that is."""
    env = environment(tmp_path_factory.mktemp("started"), INTEGRATION_API_REQUEST_SECONDS=str(PATIENCE))
    assert command("migrate", env=env).returncode == 0
    started = Server(env)
    started.start()
    try:
        with ExitStack() as stack:
            address = ("127.0.0.1", started.port)
            sockets = [stack.enter_context(closing(socket.create_connection(address))) for _ in range(HELD)]
            for at, opened in enumerate(sockets):
                opened.settimeout(STUCK_SECONDS)
                opened.sendall(HALVES[at % len(HALVES)])
            for opened in sockets:
                while opened.recv(65536):
                    pass
        assert httpx.get(f"{started.url}/health/ready", timeout=STUCK_SECONDS).status_code == 200
    finally:
        started.stop()


def lasts(client: Client, part: bytes, pause: float) -> float:
    """For how long the server lets this be sent again and again; ten times its patience is the end."""
    lasted = 0.0
    while client.is_held and lasted < 10 * PATIENCE:
        client.send(part)
        client.server.advance(pause)
        lasted += pause
    return lasted


def test_a_body_of_a_byte_at_a_time_is_ended(server: ClockedServer) -> None:
    with server.connect() as client:
        client.send(HEAD + b"Content-Length: 1000\r\n\r\n")
        assert ALMOST < lasts(client, b" ", PATIENCE / 20) <= PATIENCE * 1.06


def read_whole(client: Client) -> None:
    """One answer, which is a small JSON object."""
    found = b""
    while not found.endswith(b"}"):
        part = client.socket.recv(65536)
        assert part
        found += part
    assert found.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("before", [b"", WHOLE, WHOLE + b"\r\n"], ids=["nothing", "a request", "a request and a line"])
def test_empty_lines_keep_no_connection(server: ClockedServer, before: bytes) -> None:
    """The parser passes over them without a word."""
    for pause in (PATIENCE / 10, PATIENCE * 1.01):  # again and again, and once
        with server.connect() as client:
            if before:
                client.send(before)
                read_whole(client)
            assert ALMOST < lasts(client, b"\r\n", pause) <= PATIENCE * 1.11


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (HEAD, b"1;" + b"a" * 5_000 + b"\r\nx\r\n"),
        (b"GET /version HTTP/1.1\r\nHost: localhost\r\n", b"1388\r\n" + b"x" * 5_000 + b"\r\n"),
    ],
    ids=["more wrapping than body", "a body that goes on after its answer"],
)
def test_what_brings_nothing_is_ended(server: ClockedServer, head: bytes, part: bytes) -> None:
    with server.connect() as client:
        client.send(head + b"Transfer-Encoding: chunked\r\n\r\n")
        assert lasts(client, part, PATIENCE / 5) <= PATIENCE * 1.21


def test_an_empty_line_before_a_request_is_passed_over(server: ClockedServer) -> None:
    with server.connect() as client:
        for _ in range(2):
            client.send(b"\r\n")
            server.advance(ALMOST)
            client.send(b"\r\n" + WHOLE)
            read_whole(client)
            server.advance(PATIENCE * 1.2)


def test_a_head_without_an_end_is_cut_off(server: ClockedServer) -> None:
    with server.connect() as client:
        client.send(HEAD + b"X-Much: " + b"a" * 70_000)
        assert client.rest().startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (HEAD, 408, "too-slow"),
        (HEAD + b"Content-Length: 100\r\n\r\n{", 408, "too-slow"),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414, "url-too-long"),
        (b"GET /version HTTP/1.1\r\nHost: localhost\r\nX-Much: " + b"a" * 70_000 + b"\r\n\r\n", 431, "head-too-large"),
        (b"GET /version HTTP/1.1\r\n\r\n", 400, "malformed"),
        (b"GET /version HTTP/1.1\r\nHost : localhost\r\n\r\n", 400, "malformed"),
        (HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400, "malformed"),
        (HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, "malformed"),
        (HEAD + b"Transfer-Encoding: gzip, identity\r\n\r\n{}", 400, "malformed"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "malformed"),
        (b"nonsense\r\n\r\n", 400, "malformed"),
    ],
    ids=range(11),
)
def test_what_the_server_itself_refuses_is_a_problem(
    server: ClockedServer, sent: bytes, status: int, code: str
) -> None:
    with server.connect() as client:
        client.send(sent)
        if status == 408:
            server.advance(ALMOST)
            assert client.is_held
            server.advance(MORE)
        head, _, body = client.rest().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head
    assert b"content-type: application/problem+json" in head
    assert b"cache-control: no-store" in head
    problem = json.loads(body)
    assert (problem["status"], problem["code"], problem["errors"]) == (status, code, [])
    assert problem["request_id"].encode() in head


def test_a_large_body_that_keeps_coming_is_taken(server: ClockedServer) -> None:
    body = b'{"email": "a@example.org", "password": "' + b"x" * 20_000 + b'"}'
    with server.connect() as client:
        client.send(HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
        for at in range(0, len(body), 5_000):
            server.advance(0.9 * PATIENCE)
            client.send(body[at : at + 5_000])
        assert client.rest().startswith(b"HTTP/1.1 422 ")


def test_an_answer_that_nobody_takes_is_given_up(server: ClockedServer) -> None:
    whole = len(httpx.get(f"http://127.0.0.1:{server.port}/openapi.json", timeout=STUCK_SECONDS).content)
    count = 40  # far more than the buffers between us hold
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    with server.connect(narrow) as client:
        client.send(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * count)
        until(lambda: server.open[client.port].flow.write_paused, "answers to fill what lies between us")
        server.advance(MAX_TIMEOUTS_TO_RECEIVE * ALMOST)
        assert client.is_held
        server.advance(MAX_TIMEOUTS_TO_RECEIVE * MORE)
        until(lambda: not client.is_held, "the server to give up")
        try:
            taken = len(client.rest())
        except ConnectionResetError:
            return
        assert taken < count * whole


def test_a_connection_may_be_used_again_and_again(server: ClockedServer, caplog: pytest.LogCaptureFixture) -> None:
    with server.connect() as client, caplog.at_level(logging.ERROR):
        for _ in range(3):
            client.send(WHOLE)
            read_whole(client)
            server.advance(PATIENCE * 1.2)  # longer than our patience: it waits between requests, not within one
        assert client.is_held
    assert not caplog.records
