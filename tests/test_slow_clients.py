"""The bare server against slow clients and endless heads: none keeps its connection, everybody else is served."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import httpx
import pytest

from tests.serving import Server, command, environment

PATIENCE = 1.0
HELD = 500
HEAD = b"POST /v1/auth/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is patient for one second."""
    env = environment(tmp_path_factory.mktemp("slow"), INTEGRATION_API_REQUEST_SECONDS=str(PATIENCE))
    assert command("migrate", env=env).returncode == 0
    made = Server(env)
    made.start()
    yield made
    made.stop()


def connect(server: Server) -> socket.socket:
    """One connection."""
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def answer_to(server: Server, sent: bytes) -> bytes:
    """Everything that is answered until the server hangs up."""
    with closing(connect(server)) as opened:
        opened.sendall(sent)
        found = b""
        while part := opened.recv(65536):
            found += part
        return found


def test_five_hundred_half_requests_are_dropped_and_nobody_else_notices(server: Server) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(connect(server))) for _ in range(HELD)]
        for at, opened in enumerate(sockets):
            opened.sendall(HALVES[at % len(HALVES)])
        with httpx.Client(base_url=server.url, timeout=5) as client:
            assert {client.get("/health/ready").status_code for _ in range(20)} == {200}
        until = time.monotonic() + 10 * PATIENCE
        for opened in sockets:
            opened.settimeout(max(0.1, until - time.monotonic()))
            while opened.recv(65536):  # times out where the server holds on
                pass
    assert httpx.get(f"{server.url}/health/ready").status_code == 200


def test_a_body_of_a_byte_at_a_time_is_ended(server: Server) -> None:
    started = time.monotonic()
    with closing(connect(server)) as opened:
        opened.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        while not is_over(opened):
            time.sleep(0.05)
            assert time.monotonic() - started < 10 * PATIENCE


def read_whole(opened: socket.socket) -> None:
    """One answer, which is a small JSON object."""
    found = b""
    while not found.endswith(b"}"):
        part = opened.recv(65536)
        assert part
        found += part
    assert found.startswith(b"HTTP/1.1 200 ")


WHOLE = b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n"


def lasts(opened: socket.socket, part: bytes, pause: float) -> float:
    """For how long the server lets this be sent again and again; ten times its patience is the end."""
    started = time.monotonic()
    opened.settimeout(pause)
    while (lasted := time.monotonic() - started) < 10 * PATIENCE:
        with suppress(TimeoutError):
            try:
                opened.sendall(part)
                if opened.recv(65536) == b"":
                    break
            except ConnectionError:
                break
            time.sleep(pause)
    return lasted


@pytest.mark.parametrize("before", [b"", WHOLE, WHOLE + b"\r\n"], ids=["nothing", "a request", "a request and a line"])
@pytest.mark.parametrize("pause", [0.1, 20.0], ids=["again and again", "once"])
def test_empty_lines_keep_no_connection(server: Server, before: bytes, pause: float) -> None:
    """The parser passes over them without a word."""
    with closing(connect(server)) as opened:
        if before:
            opened.sendall(before)
            read_whole(opened)
        assert lasts(opened, b"\r\n", pause) < 5 * PATIENCE


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (HEAD, b"1;" + b"a" * 5_000 + b"\r\nx\r\n"),
        (b"GET /version HTTP/1.1\r\nHost: localhost\r\n", b"1388\r\n" + b"x" * 5_000 + b"\r\n"),
    ],
    ids=["more wrapping than body", "a body that goes on after its answer"],
)
def test_what_brings_nothing_is_ended(server: Server, head: bytes, part: bytes) -> None:
    with closing(connect(server)) as opened:
        opened.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
        assert lasts(opened, part, 0.2) < 5 * PATIENCE


def test_an_empty_line_before_a_request_is_passed_over(server: Server) -> None:
    with closing(connect(server)) as opened:
        for _ in range(2):
            opened.sendall(b"\r\n")
            time.sleep(PATIENCE / 2)
            opened.sendall(b"\r\n" + WHOLE)
            read_whole(opened)
            time.sleep(PATIENCE * 1.2)


def test_a_head_without_an_end_is_cut_off(server: Server) -> None:
    with closing(connect(server)) as opened:
        opened.sendall(HEAD + b"X-Much: " + b"a" * 70_000)
        try:
            found = opened.recv(65536)
        except ConnectionResetError:  # it hung up before it had read all of it
            return
        assert found.startswith(b"HTTP/1.1 431 "), found


def is_over(opened: socket.socket, sent: bytes = b" ") -> bool:
    """Whether the server has hung up, after this was sent."""
    try:
        opened.sendall(sent)
    except OSError:
        return True
    return False


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
def test_what_the_server_itself_refuses_is_a_problem(server: Server, sent: bytes, status: int, code: str) -> None:
    head, _, body = answer_to(server, sent).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), head
    assert b"content-type: application/problem+json" in head
    assert b"cache-control: no-store" in head
    problem = json.loads(body)
    assert (problem["status"], problem["code"], problem["errors"]) == (status, code, [])
    assert problem["request_id"].encode() in head


def test_a_large_body_that_keeps_coming_is_taken(server: Server) -> None:
    body = b'{"email": "a@example.org", "password": "' + b"x" * 20_000 + b'"}'
    with closing(connect(server)) as opened:
        opened.sendall(HEAD + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
        for at in range(0, len(body), 5_000):
            time.sleep(PATIENCE / 2)
            opened.sendall(body[at : at + 5_000])
        found = b""
        while part := opened.recv(65536):
            found += part
    assert found.startswith(b"HTTP/1.1 422 "), found


def test_an_answer_that_nobody_takes_is_given_up(server: Server) -> None:
    whole = len(httpx.get(f"{server.url}/openapi.json").content)
    asked = 40  # far more than the buffers between us hold
    with closing(socket.socket()) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        opened.connect(("127.0.0.1", server.port))
        opened.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * asked)
        time.sleep(6 * PATIENCE)
        taken, opened_at = 0, time.monotonic()
        opened.settimeout(10)
        try:
            while part := opened.recv(1 << 20):
                taken += len(part)
                assert time.monotonic() - opened_at < 20
        except ConnectionResetError:
            return
    assert taken < asked * whole


def test_a_connection_may_be_used_again_and_again(server: Server) -> None:
    with httpx.Client(base_url=server.url) as client:
        for _ in range(3):
            assert client.get("/version").status_code == 200
            time.sleep(PATIENCE * 1.2)  # longer than our patience: it waits between requests, not within one
    assert not [line for line in Path(server.log).read_text().splitlines() if '"error"' in line]
