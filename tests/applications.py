"""Applications in this process: their settings, and one of a test's own."""

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from httpx import URL, ASGITransport, AsyncClient, Request, Response
from pydantic import SecretStr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


def _hanging_up(app: FastAPI) -> ASGIApp:
    """The application to a client that leaves a stream of events as soon as it begins: this one reads whole answers."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun |= (b"content-type", b"text/event-stream; charset=utf-8") in message.get("headers", ())
            await send(message)

        async def left() -> Message:
            return {"type": "http.disconnect"} if has_begun else await receive()

        await app(scope, left, noted)

    return serve


@lru_cache(maxsize=4096)
def _address(text: str) -> URL:
    return URL(text)


class Client(AsyncClient):
    """A client of one application: a request is one exchange, without redirects, cookies and authentication."""

    def __init__(self, app: FastAPI) -> None:
        self._exchange = ASGITransport(_hanging_up(app), raise_app_exceptions=False)
        super().__init__(transport=self._exchange, base_url=_BASE)

    def build_request(self, method: str, url: URL | str, **given: Any) -> Request:
        """As httpx does it, for the address as a whole: joining it to a base takes a third of a request's time."""
        is_path = isinstance(url, str) and url.startswith("/") and not url.startswith("//")
        return super().build_request(method, _address(f"{_BASE}{url}") if is_path else url, **given)

    async def send(self, request: Request, **_: object) -> Response:
        """Give the request to the application, and return its whole answer."""
        answer = await self._exchange.handle_async_request(request)
        answer.request = request
        await answer.aread()
        return answer


@asynccontextmanager
async def application(settings: Settings, clock: SettableClock | None = None) -> AsyncIterator[Api]:
    """An application, its clock set by the tests; by the same clock as another one, if one is given."""
    clock = clock or SettableClock()
    app = create_app(settings, clock)
    async with (
        app.router.lifespan_context(app),
        Client(app) as client,
    ):
        yield Api(app, client, clock)
