"""Applications in this process: their settings, and one of a test's own."""

import base64
import os
from asyncio import Event
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from fastapi import APIRouter, FastAPI
from httpx import URL, AsyncByteStream, AsyncClient, ByteStream, Headers, QueryParams, Request, Response
from pydantic import SecretStr
from starlette.types import Message, Scope

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.storage.postgres import ApplyAs
from tests.support import Api, SettableClock
from tests.waiting import STUCK_SECONDS

MASTER_KEY = SecretStr(base64.b64encode(bytes(range(32))).decode())
APPLY_AS = cast(ApplyAs, os.environ.get("TEST_POSTGRES_APPLY", "statement"))
"""How the run's applications apply changes on PostgreSQL; `make test-transaction` takes the other way."""


_BASE = "http://test"
_ARGON2_MEMORY_KIB = 64
"""Less than any setting may say: a test of passwords is about what is decided, not about what a guess costs."""


def settings_of(folder: Path, url: str | None = None) -> Settings:
    """A small application's settings."""
    made = Settings(
        data_dir=folder,
        database_url=SecretStr(url) if url else None,
        master_key=MASTER_KEY,
        postgres_connections=4,
        seal_seconds=0,
        webhook_seconds=0,
        database_wait_seconds=STUCK_SECONDS,
        oidc_issuer="https://id.example.org",  # nobody asks it: accounts are linked to it
        oidc_audience="tests",
        trusted_proxies=("127.0.0.1",),  # so that tests can come from somewhere: `Api.source`
    )
    return made.model_copy(update={"argon2_memory_kib": _ARGON2_MEMORY_KIB})


@lru_cache(maxsize=4096)
def _address(text: str) -> URL:
    return URL(text)


class Exchange:
    """One request's body on its way in, and its answer on its way out.

    The client leaves a stream of events as soon as it begins: it reads whole answers.
    """

    def __init__(self, body: AsyncIterator[bytes]) -> None:
        self._body, self._is_sent, self._is_stream = body, False, False
        self._ended = Event()
        self.status, self.headers = 500, list[tuple[bytes, bytes]]()
        self.parts: list[bytes] = []

    async def receive(self) -> Message:
        """The next part of the body, and after the last one nothing until the client leaves."""
        if self._is_stream:
            return {"type": "http.disconnect"}
        if self._is_sent:
            await self._ended.wait()
            return {"type": "http.disconnect"}
        part = await anext(self._body, None)
        self._is_sent = part is None
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(self, message: Message) -> None:
        """The next part of the answer."""
        assert not self._ended.is_set()
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", ()))
            self._is_stream = (b"content-type", b"text/event-stream; charset=utf-8") in self.headers
        elif message["type"] == "http.response.body":
            self.parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._ended.set()


class Client(AsyncClient):
    """A client of one application: a request is one exchange, without redirects, cookies and authentication.

    It does what httpx with its `ASGITransport` does, in a third of the processor time: the tests send so many requests
    that this is a tenth of a whole run.
    """

    def __init__(self, app: FastAPI) -> None:
        super().__init__(base_url=_BASE)
        self._app = app
        self._always = Headers(self.headers)
        self._always["Host"] = _address(_BASE).host

    def build_request(self, method: str, url: URL | str, **given: Any) -> Request:
        """As httpx does it, with an address that is parsed once and with no more than this client's tests give."""
        if not isinstance(url, str) or not url.startswith("/") or url.startswith("//"):
            return super().build_request(method, url, **given)
        if params := given.get("params"):
            if "?" in url or "#" in url:
                return super().build_request(method, url, **given)
            url = f"{url}?{QueryParams(params)}"
        headers = self._always.copy()
        headers.update(given.get("headers"))
        return Request(
            method, _address(_BASE + url), headers=headers, content=given.get("content"), json=given.get("json")
        )

    async def send(self, request: Request, **_: object) -> Response:
        """Give the request to the application, and return its whole answer."""
        assert isinstance(request.stream, AsyncByteStream)
        url, exchange = request.url, Exchange(aiter(request.stream))
        path, query = url.raw_path.partition(b"?")[::2]
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": path,
            "query_string": query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 123),
            "root_path": "",
        }
        with suppress(Exception):  # as a server, which logs it
            await self._app(scope, exchange.receive, exchange.send)
        body = b"" if request.method == "HEAD" else b"".join(exchange.parts)
        answer = Response(exchange.status, headers=exchange.headers, stream=ByteStream(body), request=request)
        answer.read()
        return answer


@asynccontextmanager
async def application(
    settings: Settings, clock: SettableClock | None = None, sandbox: APIRouter | None = None
) -> AsyncIterator[Api]:
    """An application, its clock set by the tests; by the same clock as another one, if one is given. Or a sandbox."""
    clock = clock or SettableClock()
    app = create_app(settings, clock, sandbox)
    async with (
        app.router.lifespan_context(app),
        Client(app) as client,
    ):
        yield Api(app, client, clock)
