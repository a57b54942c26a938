"""The source of a request, for rate limits: its peer, or the client that our own proxies name.

Any client can write `X-Forwarded-For`, and each proxy appends its own peer. So the header is read from the right, only
as far as trusted proxies wrote it. It is ignored if the peer is none of them. Source: OWASP ASVS 5.0, 4.1.3.
"""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"
"""The one source of all requests without a peer address (a Unix socket)."""

_WITH_PORT = re.compile(r"^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::[0-9]{1,5})?$")
_ONE_HOME = 56  # prefix bits of one site, which chooses the other 72 itself. Source: RFC 6177
_MAX_HOPS = 20


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Parse networks in CIDR notation, or single addresses. Raises ValueError."""
    return tuple(ip_network(text.strip()) for text in texts if text.strip())


def source_of(peer: str | None, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Return the source to count: an IPv4 address, or the /56 network of an IPv6 address.

    `forwarded` are the values of every `X-Forwarded-For` header, in order. A value that is no address ends the
    reading; then the trusted proxy that passed it on is the source.
    """
    found = _address(peer or "")
    if found is None:
        return UNKNOWN
    hops = [hop for line in forwarded for hop in line.split(",")][-_MAX_HOPS:]
    while hops and _is_in(found, trusted):
        before = _address(hops.pop().strip())
        if before is None:
            break
        found = before
    return _counted(found)


def _address(text: str) -> Address | None:
    """Parse an address with or without port and brackets. An IPv4 address mapped to IPv6 is returned as IPv4."""
    with_port = _WITH_PORT.match(text)
    try:
        found = ip_address((with_port[1] or with_port[2]) if with_port else text)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        return None if found.scope_id else (found.ipv4_mapped or found)
    return found


def _is_in(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)


def _counted(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((int(address), _ONE_HOME), strict=False))
