"""Sending a message to an address that a clinic has chosen, without being led anywhere else.

The name is resolved once. Every address that it leads to must be public, and the connection goes to one of these. So a
second look at the name (DNS rebinding) cannot lead elsewhere. TLS is verified for the name. Each message has a new
connection, and of its answer the status counts: nothing here follows a redirect or uses a proxy of the environment.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from httptools import HttpParserError, HttpResponseParser

from integration_api.core.addresses import is_public
from integration_api.resources.delivery.webhooks.rules import is_allowed_url, is_test_host
from integration_api.resources.delivery.webhooks.tables import DeliveryError

SECONDS = 10.0
"""For all of it: the name, the connection, the message and the answer."""
MAX_ANSWER_BYTES = 16_384
"""Of head and body together."""
_PART_BYTES = 4096
_CLOSE_SECONDS = 1.0
"""For the receiver to say goodbye by TLS; the message has ended before."""
_HTTPS = 443


@dataclass(frozen=True, slots=True)
class Sent:
    """The outcome of a try: a status, or why there is none."""

    status: int | None
    error: DeliveryError | None


Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the addresses that a name leads to."""


async def addresses_of(host: str, port: int) -> Sequence[str]:
    """Return the addresses that the system finds for a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class AddressRefused(Exception):
    """The address is none that a message may be sent to."""


class Sender:
    """Sends messages."""

    def __init__(self, test_hosts: Collection[str] = (), resolve: Resolve = addresses_of) -> None:
        """`test_hosts` are `host:port` that may be private, and without TLS; `resolve` looks a name up."""
        self._test_hosts, self._look_up = frozenset(test_hosts), resolve

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Sent:
        """Send one message, and return what came of it."""
        try:
            async with asyncio.timeout(SECONDS):
                status = await self._send(url, headers, body)
        except AddressRefused:
            return Sent(None, DeliveryError.ADDRESS_REFUSED)
        except TimeoutError:
            return Sent(None, DeliveryError.TIMED_OUT)
        except (HttpParserError, OSError, ValueError):
            return Sent(None, DeliveryError.UNREACHABLE)
        return Sent(status, None if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else DeliveryError.STATUS)

    async def _send(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        if not is_allowed_url(url, self._test_hosts):
            raise AddressRefused
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _HTTPS
        address = await self._resolve(host, port)
        tls = self._tls if parts.scheme == "https" else None
        reader, writer = await asyncio.open_connection(
            address,
            port,
            ssl=tls,
            server_hostname=host if tls else None,
            ssl_shutdown_timeout=_CLOSE_SECONDS if tls else None,
        )
        try:
            writer.write(_request(parts, headers, body))
            return await _status(reader)
        finally:
            writer.close()

    async def _resolve(self, host: str, port: int) -> str:
        """Return an address of this name. Raises AddressRefused if one of its addresses is not public."""
        addresses = await self._look_up(host, port)
        if not addresses:
            raise AddressRefused
        if not is_test_host(host, port, self._test_hosts) and not all(map(is_public, addresses)):
            raise AddressRefused
        return addresses[0]


def _request(parts: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    """Return the bytes of a message. An allowed address holds no space or line end, nor do our headers."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    own = {"host": parts.netloc, "content-length": str(len(body)), "connection": "close"}
    lines = [f"{name}: {value}" for name, value in {**own, **headers}.items()]
    return "\r\n".join([f"POST {target} HTTP/1.1", *lines, "", ""]).encode() + body


class _Answer:
    """An answer, as far as it has come."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self.status: int | None = None
        self.is_whole = False

    def take(self, part: bytes) -> None:
        """Take some bytes more. Raises HttpParserError."""
        self._parser.feed_data(part)

    def on_headers_complete(self) -> None:
        """Keep the status; one below 200 only says that an answer will come."""
        status = self._parser.get_status_code()
        self.status = status if status >= HTTPStatus.OK else None

    def on_message_complete(self) -> None:
        """Take an answer of no more bytes as whole."""
        self.is_whole = self.status is not None


async def _status(reader: asyncio.StreamReader) -> int:
    """Return the status of an answer, of which little is read. Raises HttpParserError, ConnectionError."""
    answer, left = _Answer(), MAX_ANSWER_BYTES
    while not answer.is_whole and left > 0 and (part := await reader.read(_PART_BYTES)):
        left -= len(part)
        answer.take(part)
    if answer.status is None:
        raise ConnectionError
    return answer.status
