"""Addresses that the product itself may call: https, or this machine if the operator means it."""

import re
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit


def is_loopback(address: str) -> bool:
    """Return whether the address is on this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe_address(address: str, *, allow_loopback: bool) -> bool:
    """Return whether it is https to a named host without a user, or http on this machine if that is allowed."""
    try:
        parts = urlsplit(address)
        is_named = bool(parts.hostname) and parts.username is None and parts.password is None and parts.port != 0
    except ValueError:
        return False
    if not is_named or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and allow_loopback and is_loopback(address))


_NEVER = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # 6to4 relays
            "::ffff:0:0/96",  # mapped IPv4
            "64:ff9b::/96",  # NAT64: an IPv4 address in it, of whatever kind
            "64:ff9b:1::/48",
            "2001::/32",  # Teredo, as above
            "2002::/16",  # 6to4, as above
            "fec0::/10",  # site-local
        ),
    )
)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the internet: no private, local, multicast, mapped or translated one."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.scope_id is not None:
        return False
    is_special = found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    if is_special or found.is_link_local or not found.is_global:
        return False
    return not any(found.version == network.version and found in network for network in _NEVER)


_WRITTEN = re.compile(r"[!-\[\]-~]{1,2000}")
"""Printable ASCII without a backslash, which programs read in two ways."""
_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
"""A name of at least two parts. The last one begins with a letter, so that no form of an IP address is one."""


def is_allowed_url(url: str, test_hosts: Collection[str]) -> bool:
    """Return whether a clinic may choose this address: https and a public name, or a host that the operator named."""
    if not _WRITTEN.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or parts.fragment or port == 0:
        return False
    host = parts.hostname or ""
    if is_test_host(host, port, test_hosts):
        return parts.scheme in ("http", "https")
    return parts.scheme == "https" and _NAME.fullmatch(host) is not None


def is_test_host(host: str, port: int | None, test_hosts: Collection[str]) -> bool:
    """Return whether the operator named this host and port, whose address may be private."""
    return f"{host}:{port}" in test_hosts
