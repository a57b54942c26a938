"""How the way to a PostgreSQL is protected: over a network never in the clear, and never to just anybody.

The driver's own default tries TLS, believes any certificate, and goes on without where the server has none.
"""

import os
import ssl
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

__all__ = ["tls_for"]


def tls_for(url: str) -> ssl.SSLContext | None:
    """TLS with a certificate that is verified for the server's name (the system's authorities), or None.

    None where the operator has said it otherwise (`sslmode` in the URL or `PGSSLMODE`; `sslmode=verify-full` with
    `sslrootcert` for an authority of one's own), and for a server on this machine.
    """
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    if "sslmode" in options or os.environ.get("PGSSLMODE"):
        return None
    given = options.get("host") or [unquote(parts.netloc.rpartition("@")[2])]
    hosts = [host for entry in given for host in entry.split(",")]
    return None if all(_is_here(host) for host in hosts) else ssl.create_default_context()


def _is_here(host: str) -> bool:
    """Whether this host is this machine: a socket's folder, or loopback."""
    bare = host.removeprefix("[").partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if not bare or bare.startswith("/") or bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
