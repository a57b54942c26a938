"""The outermost middleware: request ids, limits, privacy headers. Pure ASGI, so that it buffers nothing."""

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
from integration_api.server.admission import LoadShedder, Turns
from integration_api.web.errors import ApiError, InternalError, Unavailable
from integration_api.web.problems import NO_SNIFFING, NO_STORE, problem_response
from integration_api.web.protocol_errors import BadRequest, Overloaded, TooLarge

MAX_BODY_BYTES = 1024 * 1024
_UNANSWERED = 0
MAX_DRAINED_BYTES = 1024 * 1024
MAX_DRAIN_SECONDS = 2.0
"""After a 413 so much of the body, and for so long, is taken and forgotten; then the connection is closed.

If it were closed at once, the client's computer might throw the response away unread.
"""
_SINGLE = {
    name.lower().encode(): name for name in ("Host", "Authorization", "Content-Type", "If-Match", "Idempotency-Key")
}
_OF_BODY = (b"content-type", b"if-match", b"idempotency-key")
"""Those of _SINGLE that nobody reads if nobody reads the body."""
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Wire:
    """The middleware around the application. It writes one log line for each admitted request."""

    def __init__(
        self,
        app: ASGIApp,
        shedder: LoadShedder,
        quiet: Container[str] = frozenset(),
        unread: Container[str] = frozenset(),
    ) -> None:
        """Wrap `app`; `shedder` limits the requests in progress. Paths in `quiet` are logged at DEBUG.

        Nobody reads the body of a path in `unread`, so that no body is refused there.
        """
        self.app, self.shedder, self._quiet, self._unread, self._turns = app, shedder, quiet, unread, Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = dict(scope["headers"])
        offered = headers.get(b"x-request-id", b"")
        request_id = offered.decode() if _REQUEST_ID.fullmatch(offered) else os.urandom(16).hex()
        slot = self.shedder.slot_for(scope["path"])
        if slot is None:
            return await _refuse(request_id.encode(), send)
        scope.setdefault("state", {})["request_id"] = request_id
        is_unread = scope["path"] in self._unread
        started, status, received, is_whole = time.perf_counter(), _UNANSWERED, 0, False

        async def limited() -> Message:
            nonlocal received, is_whole
            message = await slot.released_during(receive)
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                is_whole = not message.get("more_body", False)
                if received > MAX_BODY_BYTES:
                    raise TooLarge
            return message

        async def tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                slot.release()
                status = message["status"]
                message["headers"] = _tagged(message["headers"], request_id, status)
            elif (is_unread or status == TooLarge.status) and not is_whole:
                await send({**message, "more_body": True})
                await _drain(receive)
                message = {"type": "http.response.body"}
            await send(message)

        refusal = _refusal(headers, scope["headers"], is_unread=is_unread)
        serve: ASGIApp = self.app if refusal is None else problem_response(refusal, request_id)
        try:
            await self._turns.begin()
            await serve(scope, limited, tagged)
        except (Exception, asyncio.CancelledError) as error:
            await _answer_anyway(error, status, request_id, tagged)
            raise
        finally:
            slot.release()
            ms = (time.perf_counter() - started) * 1000
            level = logs.DEBUG if scope["path"] in self._quiet else logs.INFO
            logs.request(scope["method"], scope.get("template"), status, ms, request_id, level)
        return None


async def _answer_anyway(error: BaseException, status: int, request_id: str, send: Send) -> None:
    """Answer a request that its own handling did not answer; the server below would do it in plain text.

    At shutdown, the server cancels requests that outlast the grace period. Their outcome is not known.
    """
    if status != _UNANSWERED:
        return
    problem: ApiError = InternalError()
    if isinstance(error, asyncio.CancelledError):
        problem = Unavailable()
        logs.event("cut_off", logs.WARNING, request_id=request_id)
    elif isinstance(error, ApiError):
        problem = error
    else:
        logs.event("failed", logs.ERROR, failed=error, request_id=request_id)
    answer = problem_response(problem, request_id)
    await send({"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers})
    await send({"type": "http.response.body", "body": bytes(answer.body)})


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


def _refusal(
    headers: Mapping[bytes, bytes], given: Sequence[tuple[bytes, bytes]], *, is_unread: bool
) -> ApiError | None:
    """Return why a request is refused by its headers alone. A proxy may have read the other value of a doubled one."""
    if len(headers) < len(given):
        counts = Counter(name for name, _ in given)
        doubled = next((name for name in _SINGLE if counts[name] > 1 and not (is_unread and name in _OF_BODY)), None)
        if doubled is not None:
            return BadRequest(f"The header {_SINGLE[doubled]} is given twice.")
    if is_unread:
        return None
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
    """Send `Overloaded`, rendered once: refusals must be cheap in a flood."""
    body = b"".join((_BEFORE_ID, request_id, _AFTER_ID))
    length = (b"content-length", str(len(body)).encode())
    headers = [*_REFUSAL_HEADERS, length, (b"x-request-id", request_id)]
    await send({"type": "http.response.start", "status": Overloaded.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
