"""Addresses that the product itself may call: https, or this machine if the operator means it."""

from ipaddress import ip_address
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
