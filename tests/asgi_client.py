"""A client of an application in this process."""

import json
import re
from asyncio import Event
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from typing import Any

from fastapi import FastAPI
from httpx import URL, AsyncByteStream, AsyncClient, ByteStream, Headers, QueryParams, Request, Response
from starlette.types import Message, Scope

_BASE = "http://test"
_PLAIN = re.compile(r"(?:/[\w~-][\w.~-]*)+(?:\?(?:[\w.~=&:,+@/-]|%[0-9A-Fa-f]{2})*)?", re.ASCII)
"""Addresses of which httpx changes nothing."""
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})

Pairs = list[tuple[bytes, bytes]]


class Exchange:
    """One request's body on its way in, and its answer on its way out.

    The client leaves a stream of events as soon as it begins: it reads whole answers.
    """

    def __init__(self, body: bytes | AsyncIterator[bytes]) -> None:
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
        part = self._body if isinstance(self._body, bytes) else await anext(self._body, None)
        self._is_sent = part is None or part is self._body
        return {"type": "http.request", "body": part or b"", "more_body": not self._is_sent}

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


class Answer(Response):
    """A whole answer. Its request is made anew from method and address when somebody looks at it."""

    def __init__(self, exchange: Exchange, method: str, address: str) -> None:
        self._content = b"" if method == "HEAD" else b"".join(exchange.parts)
        super().__init__(exchange.status)
        self.headers = Headers(exchange.headers, "utf-8")
        self._asked = method, address

    @property
    def request(self) -> Request:
        """The method and address of a request, without headers and body."""
        return Request(*self._asked)

    @request.setter
    def request(self, value: Request) -> None:
        raise AttributeError(value)

    def raise_for_status(self) -> Response:
        """As httpx does it, which names the request."""
        self._request = self.request
        return super().raise_for_status()


class Client(AsyncClient):
    """A client of one application: a request is one exchange, without redirects, cookies and authentication.

    It does what httpx with its `ASGITransport` does, in a tenth of the processor time: the tests send so many requests
    that the rest would be a fifth of a whole run.
    """

    def __init__(self, app: FastAPI) -> None:
        super().__init__(base_url=_BASE)
        self._app = app
        self._always = [(b"host", b"test"), *_pairs(self.headers)]

    async def request(self, method: str, url: URL | str, **given: Any) -> Response:
        """Send a request, and return its whole answer. httpx makes it where its address or body is no plain one."""
        params, content = given.get("params"), given.get("content")
        address = f"{url}?{QueryParams(params)}" if params else url
        if not isinstance(address, str) or not _PLAIN.fullmatch(address) or isinstance(content, AsyncIterator):
            return await super().request(method, url, **given)
        body, headers = _body(content, given.get("json"))
        sent = _pairs(given.get("headers"))
        names = {name for name, _ in sent}
        if not headers and method in _WITH_BODY and b"transfer-encoding" not in names:
            headers = [(b"content-length", b"0")]
        headers = [*(pair for pair in (*self._always, *headers) if pair[0] not in names), *sent]
        path, _, query = address.partition("?")
        exchange = Exchange(body)
        await self._exchange(exchange, method, path, path.encode(), query.encode(), headers)
        if any(name == b"content-encoding" for name, _ in exchange.headers):
            return _decoded(exchange, Request(method, _BASE + address))
        return Answer(exchange, method, _BASE + address)

    async def send(self, request: Request, **_: object) -> Response:
        """Give a request of httpx to the application, and return its whole answer."""
        assert isinstance(request.stream, AsyncByteStream)
        exchange = Exchange(aiter(request.stream))
        path, query = request.url.raw_path.partition(b"?")[::2]
        headers = [(name.lower(), value) for name, value in request.headers.raw]
        await self._exchange(exchange, request.method, request.url.path, path, query, headers)
        return _decoded(exchange, request)

    async def _exchange(
        self, exchange: Exchange, method: str, path: str, raw_path: bytes, query: bytes, headers: Pairs
    ) -> None:
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "headers": headers,
            "scheme": "http",
            "path": path,
            "raw_path": raw_path,
            "query_string": query,
            "server": ("test", None),
            "client": ("127.0.0.1", 123),
            "root_path": "",
        }
        with suppress(Exception):  # as a server, which logs it
            await self._app(scope, exchange.receive, exchange.send)


def _decoded(exchange: Exchange, request: Request) -> Response:
    body = b"" if request.method == "HEAD" else b"".join(exchange.parts)
    answer = Response(exchange.status, headers=exchange.headers, stream=ByteStream(body), request=request)
    answer.read()
    return answer


def _body(content: bytes | str | None, value: object) -> tuple[bytes, Pairs]:
    """The bytes of a body, and the headers that httpx gives it."""
    if content is None and value is not None:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        return body, [(b"content-length", str(len(body)).encode()), (b"content-type", b"application/json")]
    body = content.encode() if isinstance(content, str) else content or b""
    return body, [(b"content-length", str(len(body)).encode())] if body else []


def _pairs(headers: Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]] | None) -> Pairs:
    """Headers as a server gives them."""
    if isinstance(headers, Headers):
        headers = headers.raw
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return [(_bytes(name).lower(), _bytes(value)) for name, value in pairs]


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("ascii")
