"""The wire as the server on a port speaks it: what a client in this process cannot see."""

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest

from integration_api.cli.main import configuration
from integration_api.storage import migrations
from tests.applications import settings_of
from tests.clocked_server import ClockedServer, clocked_server
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
