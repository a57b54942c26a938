"""How the way to a PostgreSQL is protected: over a network never in the clear, and never to just anybody.

The driver's own default tries TLS, believes any certificate, and goes on without where the server has none.
"""

import os
import ssl
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit


def tls_for(url: str) -> ssl.SSLContext | None:
    """TLS with a certificate that is verified for the server's name (the system's authorities), or None.

    None where the operator has said it otherwise (`sslmode` in the URL or `PGSSLMODE`; `sslmode=verify-full` with
    `sslrootcert` for an authority of one's own), and for a server on this machine. Hosts are looked for wherever the
    driver might find one; one that a service names (`service`, `PGSERVICE`) is not known, and counts as far away.
    """
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    if "sslmode" in options or os.environ.get("PGSSLMODE"):
        return None
    given = [unquote(parts.netloc.rpartition("@")[2]), *options.get("host", []), *options.get("hostaddr", [])]
    is_named = "service" in options
    if not any(given):
        given = [os.environ.get(name, "") for name in ("PGHOST", "PGHOSTADDR")]
        is_named = is_named or bool(os.environ.get("PGSERVICE"))
    hosts = [host for entry in given for host in entry.split(",")]
    is_here = not is_named and all(_is_here(host) for host in hosts)
    return None if is_here else ssl.create_default_context()


def _is_here(host: str) -> bool:
    """Whether this host is this machine: a socket's folder, or loopback."""
    bare = host.removeprefix("[").partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if not bare or bare.startswith("/") or bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
