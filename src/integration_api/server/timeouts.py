"""Timeouts and size limits of a connection.

The server's HTTP protocol has none. A client that sends half a request, or a byte a second, would keep its connection
for ever. A request that arrives whole, as nearly all do, arms no timer.
"""

import asyncio
import os
from collections.abc import Iterable
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from integration_api.core import logs
from integration_api.server.wire import MAX_BODY_BYTES
from integration_api.web.cors import encoded, origin_of, response_headers
from integration_api.web.errors import ApiError
from integration_api.web.event_stream import ON_SHUTDOWN
from integration_api.web.problems import NO_SNIFFING, NO_STORE, problem_response
from integration_api.web.protocol_errors import BadRequest, HeadTooLarge, TooSlow, UrlTooLong

MIN_PART_BYTES = 4096
"""The part of an unfinished body that must arrive within the timeout. The largest body (1 MiB) has 257 such parts.

A body that goes on after its response is not waited for."""
MAX_TIMEOUTS_TO_RECEIVE = 3
"""A client may take this many timeouts to receive its response."""
IDLE_SECONDS = 75
"""A connection may rest so long between two requests: longer than a proxy keeps one (60 s in `deploy/haproxy.cfg`).

Else a proxy sends a request on a connection that is just being closed, and cannot know whether it was handled."""
MAX_HEAD_BYTES = 64 * 1024
MAX_URL_BYTES = 8 * 1024


class TimeoutProtocol(HttpToolsProtocol):
    """The HTTP protocol of one connection, with timeouts. Its own refusals are problems too."""

    timeout_seconds: ClassVar[float] = 10.0
    """The timeout for the head of a request, for a small body, and for each further part of a large one."""
    browser_origins: ClassVar[frozenset[bytes]] = frozenset()
    """The origins whose front ends may read a refusal too."""

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401  the server's own signature
        """Make the protocol of a new connection, as the server asks."""
        super().__init__(*args, **more)
        self._receive_timer: asyncio.TimerHandle | None = None
        self._write_timer: asyncio.TimerHandle | None = None
        self._answered: RequestResponseCycle | None = None
        self._is_whole = True
        self._has_head = False
        self._received = 0
        self._head_bytes = 0
        self._refusal: type[ApiError] = BadRequest

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the server has it
        """Start the timer of a new connection."""
        super().connection_made(transport)
        self._start_receive_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all timers."""
        self._stop_receive_timer()
        self._stop_write_timer()
        self.pipeline.clear()
        if self._answered is not None:  # of several that were sent at once, the server knows the last one only
            self._answered.disconnected = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse a part of a request, or all of it."""
        if not self._has_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._is_whole and self._is_ours():
            self._stop_receive_timer()
        elif not (self._is_whole or self._has_head) and self._head_bytes > MAX_HEAD_BYTES:
            self._refuse(HeadTooLarge)
        elif (
            self._receive_timer is None
        ):  # also between requests: empty lines end the server's timer, and are no request
            self._start_receive_timer()

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._is_whole, self._has_head, self._received = False, False, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Check the size of a whole head. Raises, and so ends the parsing, if it is too large."""
        self._has_head, self._head_bytes, self._received = True, 0, 0
        if len(self.url) > MAX_URL_BYTES:
            self._refusal = UrlTooLong
        elif sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD_BYTES:
            self._refusal = HeadTooLarge
        elif not any(name == b"host" for name, _ in self.headers) and self.parser.get_http_version() == "1.1":
            self._refusal = BadRequest
        else:
            super().on_headers_complete()
            return
        raise ValueError(self._refusal.code)

    def on_body(self, body: bytes) -> None:
        """Count a part of the body, without the framing around it. One that goes on after its response is cut."""
        self._received += len(body)
        super().on_body(body)
        if self._received > MAX_BODY_BYTES and not self._is_ours():
            self.transport.close()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:  # noqa: ANN401  the server's own
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_complete(self) -> None:
        """Stop the timer: the request is whole, and the client waits for us."""
        self._is_whole, self._has_head = True, False
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Start the timer of a client that does not receive its response."""
        super().pause_writing()
        self._write_timer = self.loop.call_later(MAX_TIMEOUTS_TO_RECEIVE * self.timeout_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop that timer: the client receives again."""
        super().resume_writing()
        self._stop_write_timer()

    def shutdown(self) -> None:
        """End with the server: a response that lasts is told, or cut if its client does not receive."""
        super().shutdown()
        cycle = self._answered
        if cycle is None or cycle.response_complete:
            return
        stop = cycle.scope.get("state", {}).get(ON_SHUTDOWN)
        if stop is not None:
            cycle.keep_alive = False
            stop()
            if self._write_timer is not None:
                self.transport.abort()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  what the parser said is not for the client
        """Refuse a request that could not be parsed."""
        self._refuse(self._refusal)

    def _stop_write_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None

    def _is_ours(self) -> bool:
        """Return whether a request is being worked on, so that the client waits for us and the server's timer runs."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _start_receive_timer(self) -> None:
        if self.transport.is_closing():
            return
        self._receive_timer = self.loop.call_later(self.timeout_seconds, self._on_timeout)

    def _stop_receive_timer(self) -> None:
        if self._receive_timer is not None:
            self._receive_timer.cancel()
            self._receive_timer = None

    def _on_timeout(self) -> None:
        self._receive_timer = None
        if self._is_whole:
            if not self._is_ours():
                self.transport.close()
        elif self._has_head and self._received >= MIN_PART_BYTES and self._is_ours():  # not answered before its end
            self._received = 0
            self._start_receive_timer()
        else:
            self._refuse(TooSlow)

    def _refuse(self, error: type[ApiError]) -> None:
        """Send the reason, if no response has begun, and close the connection."""
        self._stop_receive_timer()
        if self.transport.is_closing():
            return
        cycle: RequestResponseCycle | None = self.cycle  # none before its first request
        if cycle is None or cycle.response_complete or not cycle.response_started:
            request_id = os.urandom(16).hex()
            answer = problem_response(error(), request_id)
            more = (
                NO_SNIFFING,
                NO_STORE,
                (b"x-request-id", request_id.encode()),
                (b"connection", b"close"),
                *response_headers(origin_of(self.headers or ()), self.browser_origins),
            )
            head = b"".join(b"%b: %b\r\n" % header for header in (*answer.raw_headers, *more))
            self.transport.write(STATUS_LINE[error.status] + head + b"\r\n" + bytes(answer.body))
            logs.event("refused", code=error.code, request_id=request_id)
        self.transport.close()


def with_timeout(seconds: float, browser_origins: Iterable[str] = ()) -> type[TimeoutProtocol]:
    """Return the protocol with another timeout, for these origins."""
    values = {"timeout_seconds": seconds, "browser_origins": encoded(browser_origins)}
    return type("WithTimeout", (TimeoutProtocol,), values)
