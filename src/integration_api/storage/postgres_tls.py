"""TLS to PostgreSQL: over a network always encrypted, and only to a server whose certificate is verified.

The driver's own default tries TLS, accepts any certificate, and goes on without TLS if the server has none.
"""

import os
import ssl
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit


def tls_for(url: str) -> ssl.SSLContext | None:
    """Return a TLS context that verifies the server's certificate and name, or None to leave TLS to the driver.

    None if the operator chose a mode (`sslmode` in the URL, or `PGSSLMODE`), or if the server is on this machine. For
    an authority of your own, set `sslmode=verify-full` and `sslrootcert`. Hosts are read from every place that the
    driver reads. A host that a service names (`service`, `PGSERVICE`) is unknown, and counts as remote.
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
    """Return whether this host is this machine: the folder of a socket, or loopback."""
    bare = host.removeprefix("[").partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if not bare or bare.startswith("/") or bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False
