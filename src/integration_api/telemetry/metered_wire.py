"""The middleware that counts requests; it is there only if somebody counts."""

import time
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Number(Protocol):
    """A number that goes up and down."""

    def inc(self, amount: float = 1) -> None:
        """Add one, or so many."""

    def dec(self, amount: float = 1) -> None:
        """Take one off, or so many."""


class RequestMeter(Protocol):
    """Counts requests."""

    in_flight: Number

    def answered(self, method: str, template: str | None, status: int, seconds: float) -> None:
        """Count a response that began, or (status 0) a request that got none."""


class MeteredWire:
    """Counts each request when its response begins: a stream that lasts is not in flight meanwhile."""

    def __init__(self, app: ASGIApp, meter: RequestMeter) -> None:
        """Wrap `app`."""
        self._app, self._meter = app, meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        meter, begun, is_counted = self._meter, time.perf_counter(), False

        def count(status: int) -> None:
            nonlocal is_counted
            is_counted = True
            meter.in_flight.dec()
            meter.answered(scope["method"], scope.get("template"), status, time.perf_counter() - begun)

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and not is_counted:
                count(message["status"])
            await send(message)

        meter.in_flight.inc()
        try:
            await self._app(scope, receive, counted)
        finally:
            if not is_counted:
                count(0)
        return None
