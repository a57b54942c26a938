"""Cross-origin resource sharing (CORS): which front ends of another origin may read responses in a browser.

An operator names each origin; there is no wildcard, and no cookie is ever used. Every response to such an origin has
the headers, also a refusal, so that the front end can read the problem. Source: WHATWG Fetch, 3.2.
"""

import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integration_api.core.addresses import is_safe_address
from integration_api.web.problems import NO_SNIFFING, NO_STORE

Headers = list[tuple[bytes, bytes]]

MAX_PREFLIGHT_SECONDS = 7200
"""A browser may remember the response to a preflight for so long; Chromium forgets it then anyway."""
_VARY = (b"vary", b"origin")
_EXPOSED = (
    b"ETag, Location, Retry-After, X-Request-Id, Idempotency-Replayed, WWW-Authenticate, "
    b"Content-Range, Accept-Ranges, Content-Disposition"
)
_PREFLIGHT: Headers = [
    (b"access-control-allow-methods", b"GET, POST, PATCH, PUT, DELETE"),
    (
        b"access-control-allow-headers",
        b"Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, On-Conflict, X-Request-Id, "
        b"Last-Event-ID, Range",
    ),
    (b"access-control-max-age", b"%d" % MAX_PREFLIGHT_SECONDS),
    NO_SNIFFING,
    NO_STORE,
]
_ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?")
_DEFAULT_PORTS = {"https": "443", "http": "80"}


def is_origin(text: str) -> bool:
    """Return whether it is an origin as browsers write it: https, http on this machine, or the scheme of an app.

    The scheme of an app is that of its web view, such as `capacitor://localhost`.
    """
    found = _ORIGIN.fullmatch(text)
    if found is None or found[2] == _DEFAULT_PORTS.get(found[1], ""):
        return False
    return found[1] not in _DEFAULT_PORTS or is_safe_address(text, allow_loopback=True)


def origin_of(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    """Return the origin that a request names; empty if it names several, None if it names none."""
    found = [value for name, value in headers if name == b"origin"]
    return None if not found else found[0] if len(found) == 1 else b""


def response_headers(origin: bytes | None, allowed: frozenset[bytes]) -> Headers:
    """Return the headers that a response to this origin has. None: the request names no origin."""
    if origin is None:
        return []
    if origin not in allowed:
        return [_VARY]
    return [(b"access-control-allow-origin", origin), (b"access-control-expose-headers", _EXPOSED), _VARY]


class Cors:
    """The outermost application: answers preflights, and adds the headers to every other response.

    A preflight takes no slot of the load shedder and reaches no operation.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        """`origins` are those whose front ends may read responses of `app`."""
        self.app, self._allowed = app, encoded(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        origin = origin_of(scope["headers"]) if scope["type"] == "http" else None
        if origin is None:
            return await self.app(scope, receive, send)
        added = response_headers(origin, self._allowed)
        if scope["method"] == "OPTIONS" and origin in self._allowed and _is_preflight(scope):
            await send({"type": "http.response.start", "status": 204, "headers": [*added, *_PREFLIGHT]})
            return await send({"type": "http.response.body"})

        async def readable(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            await send(message)

        return await self.app(scope, receive, readable)


def encoded(origins: Iterable[str]) -> frozenset[bytes]:
    """Return the origins as they stand in a header."""
    return frozenset(origin.encode("ascii") for origin in origins)


def _is_preflight(scope: Scope) -> bool:
    return any(name == b"access-control-request-method" for name, _ in scope["headers"])
