"""The wire: limits, request ids, headers and problems. Pure ASGI, so that it costs little and cannot buffer."""

import json
import os
import re
import time
from collections.abc import Container, Iterable

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integration_api.core import logs
from integration_api.core.errors import ApiError, FieldError, Invalid, Overloaded, TooLarge
from integration_api.core.overload import Gate

__all__ = [
    "MAX_BODY_BYTES",
    "NO_SNIFFING",
    "NO_STORE",
    "PROBLEM",
    "UNKNOWN_PARAMETER",
    "Wire",
    "invalid",
    "problem_response",
    "request_id_of",
]

MAX_BODY_BYTES = 1024 * 1024
PROBLEM = "application/problem+json"
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_MOST_ERRORS = 50
NO_SNIFFING, NO_STORE = (b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store")


class Wire:
    """Around the whole application: a request id, limits, privacy headers, one log line for each request let in."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        """`app` is everything inside, `gate` says how much of it at once."""
        self.app, self.gate = app, gate

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
        started, status, received = time.perf_counter(), 500, 0

        async def limited() -> Message:
            nonlocal received
            message = await place.lent_during(receive)
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > MAX_BODY_BYTES:
                    raise TooLarge
            return message

        async def tagged(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                place.give_back()
                status = message["status"]
                out = [*message["headers"], (b"x-request-id", request_id.encode()), NO_SNIFFING]
                message["headers"] = out if any(name == b"cache-control" for name, _ in out) else [*out, NO_STORE]
            await send(message)

        length = headers.get(b"content-length", b"")
        try:
            if length.isdigit() and int(length[:20]) > MAX_BODY_BYTES:
                await problem_response(TooLarge(), request_id)(scope, receive, tagged)
            else:
                await self.app(scope, limited, tagged)
        finally:
            place.give_back()
            ms = (time.perf_counter() - started) * 1000
            logs.request(scope["method"], scope.get("template"), status, ms, request_id)
        return None


def request_id_of(request: Request) -> str:
    """The id of this request, from the client or made here."""
    return str(request.scope["state"]["request_id"])


def problem_response(error: ApiError, request_id: str) -> Response:
    """RFC 9457: `type` is about:blank, `code` is what a program reads."""
    body = {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail,
        "request_id": request_id,
        "errors": error.errors,
        **error.extra,
    }
    return Response(
        json.dumps(body, default=str).encode(),
        status_code=error.status,
        headers=error.headers,
        media_type=PROBLEM,
    )


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


UNKNOWN_PARAMETER: FieldError = {
    "field": "query.(unknown)",
    "code": "extra_forbidden",
    "message": "this parameter is not known here",
}


def invalid(error: RequestValidationError, known: Container[str]) -> Invalid:
    """The fields that a validation refused, by name and reason. Never a value, nor a name that is not in `known`."""
    return Invalid(errors=list(_fields(error.errors(), known))[:_MOST_ERRORS])


def _fields(details: Iterable[dict[str, object]], known: Container[str]) -> Iterable[FieldError]:
    for detail in details:
        kind = str(detail["type"])
        location = detail["loc"]
        parts = [str(part) for part in location] if isinstance(location, tuple | list) else []
        if kind == "extra_forbidden":
            parts = [*parts[:-1], "(unknown)"]
        shown = [part if part.isdigit() or part in known else "(unknown)" for part in parts]
        yield {"field": ".".join(shown), "code": kind, "message": _MESSAGES.get(kind, str(detail["msg"]))}


_MESSAGES = {
    "extra_forbidden": "this field is not known here",
    "enum": "not one of the allowed values",
    "literal_error": "not one of the allowed values",
    "uuid_parsing": "not a UUID",
}
