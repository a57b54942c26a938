"""Server-sent events: a response that lasts. Source: HTML, 9.2 (server-sent events).

The handler returns an `EventStream`. As for any other response, the exchange applies the request's ledger row before it
begins. Later reads of the stream are guarded by the actor's sign-in and grants of that moment (`Reads.later`).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from integration_api.web.routing import IS_HEAD

ON_SHUTDOWN = "on_shutdown"
"""Name in the state of the ASGI scope: the function that the server calls if it stops while the response lasts."""

Write = Callable[[bytes], Awaitable[None]]
"""Sends a part, and waits while the client does not take what was sent before."""


class Source(Protocol):
    """The writer of a stream."""

    async def tell(self, write: Write) -> None:
        """Write until the end."""

    def stop(self) -> None:
        """Write why, and end: the server stops."""

    def leave(self) -> None:
        """End now: the client has gone."""


class EventStream(Response):
    """A stream of events, written by its source."""

    media_type = "text/event-stream"

    def __init__(self, source: Source | None = None, status_code: int = 200) -> None:
        """Begin nothing yet. FastAPI documents the default of `status_code`; there is no other."""
        super().__init__(status_code=status_code, headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._source = source

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head, then what the source writes. A HEAD gets the head alone."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if self._source is not None and not scope.get(IS_HEAD):
            await _follow(self._source, scope, receive, send)
        await send({"type": "http.response.body", "body": b""})


async def _follow(source: Source, scope: Scope, receive: Receive, send: Send) -> None:
    async def write(part: bytes) -> None:
        await send({"type": "http.response.body", "body": part, "more_body": True})

    scope["state"][ON_SHUTDOWN] = source.stop
    async with until_gone(receive) as leaving:
        leaving.add_done_callback(lambda _: source.leave())
        try:
            await source.tell(write)
        finally:
            del scope["state"][ON_SHUTDOWN]


@asynccontextmanager
async def until_gone(receive: Receive) -> AsyncIterator[asyncio.Task[None]]:
    """Watch meanwhile whether the client is there: the task is done once it has gone."""
    leaving = asyncio.create_task(_until_gone(receive))
    try:
        yield leaving
    finally:
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving


async def _until_gone(receive: Receive) -> None:
    message: Message = {"type": ""}
    while message["type"] != "http.disconnect":
        message = await receive()


def event(data: str, *, name: str | None = None, cursor: str | None = None) -> bytes:
    """Return one event. `data` is one line."""
    lines = [f"event: {name}"] if name else []
    lines += [f"id: {cursor}"] if cursor else []
    return "\n".join([*lines, f"data: {data}", "", ""]).encode()


PING = b": ping\n\n"


def beginning(cursor: str, retry_ms: int) -> bytes:
    """Return what a stream begins with: after how long to come back, and the id to come back with."""
    return f"retry: {retry_ms}\nid: {cursor}\n\n".encode()
