"""The wire as the server on a port speaks it: what a client in this process cannot see."""

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from integration_api.cli.main import configuration
from integration_api.server.wire import MAX_BODY_BYTES, MAX_DRAIN_SECONDS, MAX_DRAINED_BYTES
from integration_api.storage import migrations
from tests.applications import settings_of
from tests.clocked_server import Client, ClockedServer, clocked_server
from tests.waiting import STUCK_SECONDS


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedServer]:
    """A server on a port, whose time passes as the tests say."""
    settings = settings_of(tmp_path_factory.mktemp("port"))
    migrations.migrate_sqlite(settings.sqlite_path)
    with clocked_server(configuration(settings)) as made:
        yield made


@pytest.mark.parametrize(
    "request_line_and_headers",
    [
        b"GET /v1/me HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
        b"GET /v1/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n",
        b"GET /v1%2Fme HTTP/1.1\r\nHost: localhost\r\n",
        b"GET /v1/m%65 HTTP/1.1\r\nHost: localhost\r\n",
        b"GET /version?a=1#b HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n",
    ],
    ids=range(5),
)
def test_what_can_be_read_in_two_ways_is_refused(server: ClockedServer, request_line_and_headers: bytes) -> None:
    with server.connect() as client:
        client.send(request_line_and_headers + b"Connection: close\r\n\r\n")
        head, _, body = client.rest().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head
    assert json.loads(body)["code"] == "malformed"


def test_head_sends_no_byte_of_a_body(server: ClockedServer) -> None:
    """Else the next response on the connection would be read from the middle of this one."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=STUCK_SECONDS)) as connection:
        for method, path, status in (("HEAD", "/version", 200), ("HEAD", "/v1/me", 401), ("GET", "/version", 200)):
            connection.request(method, path)
            answer = connection.getresponse()
            body = answer.read()
            assert (answer.status, bool(body)) == (status, method == "GET")
            assert int(answer.headers["Content-Length"]) > 0
        assert int(answer.headers["Content-Length"]) == len(body)


def test_a_connection_that_rests_is_kept_longer_than_a_proxy_keeps_it(server: ClockedServer) -> None:
    proxy = (Path(__file__).parents[2] / "deploy/haproxy.cfg").read_text(encoding="utf-8")
    kept = int(proxy.partition("timeout http-keep-alive ")[2].partition("s")[0])
    with server.connect() as client:
        client.send(b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert read_response(client)[0].startswith(b"HTTP/1.1 200 ")
        server.advance(kept + 10)
        assert client.is_held
        server.advance(10)
        assert client.rest() == b""


POST = b"POST /v1/auth/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
PIECE = b"%x\r\n" % 65536 + b" " * 65536 + b"\r\n"


def read_response(client: Client) -> tuple[bytes, bytes]:
    """The head and the body of one response, which says how long it is."""
    found = b""
    while b"\r\n\r\n" not in found:
        part = client.socket.recv(65536)
        assert part
        found += part
    head, _, body = found.partition(b"\r\n\r\n")
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += client.socket.recv(65536)
    return head, body


def is_too_large(head: bytes, body: bytes) -> bool:
    """Whether it is the problem of a body beyond the limit, on a connection that is closed."""
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in head
    return bool(json.loads(body)["code"] == "too-large")


def test_after_a_413_nothing_more_is_waited_for(server: ClockedServer) -> None:
    with server.connect() as client:
        client.send(POST + b"Content-Length: 1000000000\r\n\r\n{")
        assert is_too_large(*read_response(client))
        server.advance(0.9 * MAX_DRAIN_SECONDS)
        assert client.is_held
        server.advance(0.2 * MAX_DRAIN_SECONDS)
        assert client.rest() == b""


@pytest.mark.parametrize(
    "head",
    [POST + b"Transfer-Encoding: chunked\r\n\r\n", POST + b"Content-Length: 1000000000\r\n\r\n"],
    ids=["413 as it comes", "413 at its head"],
)
def test_a_body_that_goes_on_after_its_413_is_cut(server: ClockedServer, head: bytes) -> None:
    """Its clock stands still: it is what was sent that ends it."""
    with server.connect() as client:
        client.send(head)
        sent = 0
        while client.is_held:
            client.send(PIECE)
            sent += len(PIECE)
            assert sent < MAX_BODY_BYTES + 2 * MAX_DRAINED_BYTES
        assert sent > MAX_DRAINED_BYTES


def test_who_sends_all_before_reading_still_gets_the_413(server: ClockedServer) -> None:
    """Closed at once, the connection might be reset, and the response lost on the way."""
    with server.connect() as client:
        client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + PIECE * 24 + b"0\r\n\r\n")
        assert is_too_large(*read_response(client))
        assert client.rest() == b""


def test_a_body_that_goes_on_after_another_response_is_cut_too(server: ClockedServer) -> None:
    with server.connect() as client:
        client.send(b"GET /v1/me HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        head, _ = read_response(client)
        assert head.startswith(b"HTTP/1.1 401 ")
        sent = 0
        while client.is_held:
            client.send(PIECE)
            sent += len(PIECE)
            assert sent < 2 * MAX_BODY_BYTES
