"""The wire: request ids, limits, privacy headers. Pure ASGI, so that it costs little and cannot buffer."""

import asyncio
import json
import os
import re
import time
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integration_api.core import logs
from integration_api.server.admission import Gate
from integration_api.web.errors import ApiError
from integration_api.web.problems import NO_SNIFFING, NO_STORE, problem_response
from integration_api.web.protocol_errors import BadRequest, Overloaded, TooLarge

MAX_BODY_BYTES = 1024 * 1024
MAX_DRAINED_BYTES = 1024 * 1024
MAX_DRAIN_SECONDS = 2.0
"""After a 413 so much of the body, and for so long, is taken and forgotten; then the connection is closed.

If it were closed at once, the client's computer might throw the response away unread.
"""
_SINGLE = {
    name.lower().encode(): name for name in ("Host", "Authorization", "Content-Type", "If-Match", "Idempotency-Key")
}
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Wire:
    """Around the whole application: a request id, limits, privacy headers, one log line for each request let in."""

    def __init__(self, app: ASGIApp, gate: Gate, quiet: Container[str] = frozenset()) -> None:
        """`app` is everything inside, `gate` says how much of it at once; paths in `quiet` are logged at DEBUG."""
        self.app, self.gate, self._quiet = app, gate, quiet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        offered = headers.get(b"x-request-id", b"")
        request_id = offered.decode() if _REQUEST_ID.fullmatch(offered) else os.urandom(16).hex()
        place = self.gate.place_for(scope["path"])
        if place is None:
            return await _refuse(request_id.encode(), send)
        scope.setdefault("state", {})["request_id"] = request_id
        started, status, received, is_whole = time.perf_counter(), 500, 0, False

        async def limited() -> Message:
            nonlocal received, is_whole
            message = await place.lent_during(receive)
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                is_whole = not message.get("more_body", False)
                if received > MAX_BODY_BYTES:
                    raise TooLarge
            return message

        async def tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                place.give_back()
                status = message["status"]
                message["headers"] = _tagged(message["headers"], request_id, status)
            elif status == TooLarge.status and not is_whole:
                await send({**message, "more_body": True})
                await _drain(receive)
                message = {"type": "http.response.body"}
            await send(message)

        refusal = _refusal(headers, scope["headers"])
        try:
            if refusal is not None:
                await problem_response(refusal, request_id)(scope, receive, tagged)
            else:
                await self.app(scope, limited, tagged)
        finally:
            place.give_back()
            ms = (time.perf_counter() - started) * 1000
            level = logs.DEBUG if scope["path"] in self._quiet else logs.INFO
            logs.request(scope["method"], scope.get("template"), status, ms, request_id, level)
        return None


def _tagged(headers: Iterable[tuple[bytes, bytes]], request_id: str, status: int) -> list[tuple[bytes, bytes]]:
    """Return the headers of a response with those that every response has."""
    out = [*headers, (b"x-request-id", request_id.encode()), NO_SNIFFING]
    if status == TooLarge.status:
        out.append((b"connection", b"close"))
    return out if any(name == b"cache-control" for name, _ in out) else [*out, NO_STORE]


async def _drain(receive: Receive) -> None:
    """Take and forget the rest of a body, within the limits."""
    drained = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(MAX_DRAIN_SECONDS):
            while drained < MAX_DRAINED_BYTES:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
                drained += len(message.get("body", b""))


def _refusal(headers: Mapping[bytes, bytes], given: Sequence[tuple[bytes, bytes]]) -> ApiError | None:
    """Return why a request is refused by its headers alone. A proxy may have read the other value of a doubled one."""
    if len(headers) < len(given):
        counts = Counter(name for name, _ in given)
        doubled = next((_SINGLE[name] for name in _SINGLE if counts[name] > 1), None)
        if doubled is not None:
            return BadRequest(f"The header {doubled} is given twice.")
    length = headers.get(b"content-length", b"")
    return TooLarge() if length.isdigit() and int(length[:20]) > MAX_BODY_BYTES else None


_NO_ID = "\x00"
_overloaded = problem_response(Overloaded(), _NO_ID)
_BEFORE_ID, _AFTER_ID = bytes(_overloaded.body).split(json.dumps(_NO_ID)[1:-1].encode())
_REFUSAL_HEADERS = [
    *(header for header in _overloaded.raw_headers if header[0] != b"content-length"),
    NO_SNIFFING,
    NO_STORE,
]


async def _refuse(request_id: bytes, send: Send) -> None:
    """Answer `Overloaded`, made once: the more are refused, the cheaper it has to be."""
    body = b"".join((_BEFORE_ID, request_id, _AFTER_ID))
    length = (b"content-length", str(len(body)).encode())
    headers = [*_REFUSAL_HEADERS, length, (b"x-request-id", request_id)]
    await send({"type": "http.response.start", "status": Overloaded.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
