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
from urllib.parse import urlsplit

import httpx

from integration_api.core.addresses import is_allowed_url, is_public, is_test_host
from integration_api.resources.delivery.webhooks.tables import DeliveryError

SECONDS = 10.0
"""For all of it: the name, the connection, the message and the answer."""
MAX_ANSWER_BYTES = 4096
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
    def _transport(self) -> httpx.AsyncHTTPTransport:
        """Connects and speaks HTTP, and nothing else: no cookies, no redirects, and no connection that is kept."""
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        return httpx.AsyncHTTPTransport(verify=ssl.create_default_context(), trust_env=False, limits=limits)

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Sent:
        """Send one message, and return what came of it."""
        try:
            async with asyncio.timeout(SECONDS):
                status, _ = await self._ask("POST", url, headers, body, MAX_ANSWER_BYTES)
        except AddressRefused:
            return Sent(None, DeliveryError.ADDRESS_REFUSED)
        except TimeoutError:
            return Sent(None, DeliveryError.TIMED_OUT)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            return Sent(None, DeliveryError.UNREACHABLE)
        return Sent(status, None if httpx.codes.is_success(status) else DeliveryError.STATUS)

    async def fetch(self, url: str, max_bytes: int) -> bytes | None:
        """Return what is at an address; None if it cannot be had, or is longer."""
        try:
            async with asyncio.timeout(SECONDS):
                status, found = await self._ask("GET", url, {"Accept": "application/json"}, b"", max_bytes)
        except (AddressRefused, TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            return None
        return found if status == httpx.codes.OK and len(found) <= max_bytes else None

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, max_bytes: int
    ) -> tuple[int, bytes]:
        """Return the status and the beginning of the body: at most one part more than `max_bytes`."""
        if not is_allowed_url(url, self._test_hosts):
            raise AddressRefused
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _HTTPS
        target = httpx.URL(url).copy_with(host=await self._resolve(host, port), port=port)
        asked = httpx.Request(
            method,
            target,
            headers={**headers, "Host": parts.netloc, "Connection": "close"},
            content=body,
            extensions={"sni_hostname": host},
        )
        answer = await self._transport.handle_async_request(asked)
        try:
            read = bytearray()
            async for part in answer.aiter_raw():
                read += part
                if len(read) > max_bytes:
                    break
            return answer.status_code, bytes(read)
        finally:
            await answer.aclose()

    async def _resolve(self, host: str, port: int) -> str:
        """Return an address of this name. Raises AddressRefused if one of its addresses is not public."""
        addresses = await self._look_up(host, port)
        if not addresses:
            raise AddressRefused
        if not is_test_host(host, port, self._test_hosts) and not all(map(is_public, addresses)):
            raise AddressRefused
        return addresses[0]
