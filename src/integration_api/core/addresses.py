"""Which addresses the product itself may ask: https, or this machine where that was meant."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(address: str) -> bool:
    """Whether the address is on this machine."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe_address(address: str, *, allow_loopback: bool) -> bool:
    """Whether it is https to a named host with no user in it; or plain http on this machine, where that is allowed."""
    try:
        parts = urlsplit(address)
        is_named = bool(parts.hostname) and parts.username is None and parts.password is None and parts.port != 0
    except ValueError:
        return False
    if not is_named or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and allow_loopback and is_loopback(address))
