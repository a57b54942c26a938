"""No answer leaves as anything but a problem: whatever fails, and when the process ends with requests in flight."""

import asyncio
import contextlib
import json
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import pytest
from starlette.types import Message, Receive, Scope, Send

from integration_api.server.admission import LoadShedder
from integration_api.server.wire import Wire
from integration_api.web.protocol_errors import TooLarge
from tests.drills.clinic import TEXT, Clinic, clinic
from tests.drills.load import Answer, connect, request
from tests.waiting import until_async

HEADERS = (
    b"\r\ncontent-type: application/problem+json",
    b"\r\ncache-control: no-store",
    b"\r\nx-content-type-options: nosniff",
    b"\r\nx-request-id: ",
    b"\r\nretry-after: ",
    b"\r\nconnection: close",
)


@asynccontextmanager
async def database_stuck(on: Clinic) -> AsyncIterator[None]:
    """Nothing can be written, and nothing says so."""
    if on.settings.database_url is None:
        holder = sqlite3.connect(on.settings.sqlite_path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            holder.close()
        return
    connection = await asyncpg.connect(on.settings.database_url.get_secret_value())
    async with connection.transaction():
        await connection.execute("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE")
        yield
    await connection.close()


@contextmanager
def served(kind: str, request: pytest.FixtureRequest) -> Iterator[Clinic]:
    """A clinic, whose server has a grace period of a second; `kind` says on what, and in how many processes."""
    url = None if kind == "sqlite" else request.getfixturevalue("postgres_url")
    workers = "2" if kind == "postgresql-workers" else "1"
    with clinic(url, INTEGRATION_API_GRACE_SECONDS="1", INTEGRATION_API_WORKERS=workers) as on:
        yield on


@pytest.mark.parametrize("kind", ["sqlite", "postgresql", "postgresql-workers"])
def test_a_server_that_ends_with_a_stuck_database_answers_with_problems(
    request: pytest.FixtureRequest, kind: str
) -> None:
    with served(kind, request) as on:
        on.server.start()
        answers = asyncio.run(_end_while_stuck(on))
    assert [answer.status for answer in answers] == [503] * len(answers)
    for answer in answers:
        assert answer.json()["code"] == "unavailable"
        assert [header for header in HEADERS if header not in answer.head] == []
        assert answer.json()["request_id"].encode() in answer.head


async def _end_while_stuck(on: Clinic) -> list[Answer]:
    """The answers to requests that were taken in: the server says so before it reads a body."""
    token = on.writers[0].token
    bodies = [request("POST", "/reflections", token, {"text": TEXT}, key=key) for key in ("one", None, "two", None)]
    asked = [body.replace(b"Host: drill", b"Host: drill\r\nExpect: 100-continue") for body in bodies]
    connections = [await connect(on.server.port) for _ in asked]
    async with database_stuck(on):
        taken = [await connection.send(sent) for connection, sent in zip(connections, asked, strict=True)]
        assert [answer.status for answer in taken] == [100] * len(taken)
        waiting = [connection.send(b"") for connection in connections]
        assert on.server.process is not None
        on.server.process.send_signal(signal.SIGTERM)
        return await asyncio.gather(*waiting)


class Broken:
    """An application that raises something, before or after it has begun to answer."""

    def __init__(self, error: BaseException | None, *, begins: bool = False) -> None:
        self._error, self._begins = error, begins
        self.is_called = False

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.is_called = True
        if self._begins:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        if self._error is None:
            await asyncio.Event().wait()
        else:
            raise self._error


async def messages_of(app: Broken, *, cancel: bool = False) -> list[Message]:
    """What is sent for one request."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    gate = LoadShedder(1)
    scope = {"type": "http", "method": "POST", "path": "/a", "headers": [(b"x-request-id", b"phone-1")]}
    task = asyncio.create_task(Wire(app, gate)(scope, receive, send))
    if cancel:
        await until_async(lambda: app.is_called, "the application to be called")
        task.cancel()
    with contextlib.suppress(Exception, asyncio.CancelledError):
        await task
    assert gate.working == 0
    return sent


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(ZeroDivisionError("canary"), 500, "internal"), (TooLarge(), 413, "too-large"), (None, 503, "unavailable")],
    ids=["failure", "refusal", "cancelled"],
)
async def test_a_request_that_nobody_answered_is_answered_with_a_problem(
    error: BaseException | None, status: int, code: str
) -> None:
    start, body, *_ = await messages_of(Broken(error), cancel=error is None)  # a 413 takes the rest of the body first
    headers = dict(start["headers"])
    problem = json.loads(body["body"])
    assert (start["status"], problem["status"], problem["code"]) == (status, status, code)
    assert headers[b"content-type"] == b"application/problem+json"
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"x-request-id"].decode() == problem["request_id"] == "phone-1"
    assert int(headers[b"content-length"]) == len(body["body"])
    assert (b"retry-after" in headers) == (status == 503)
    assert b"canary" not in body["body"]


@pytest.mark.parametrize("error", [ZeroDivisionError(), None], ids=["failure", "cancelled"])
async def test_an_answer_that_has_begun_is_not_begun_again(error: BaseException | None) -> None:
    [start] = await messages_of(Broken(error, begins=True), cancel=error is None)
    assert start["status"] == 200
