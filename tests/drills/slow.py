"""500 half-open requests against the bare server, and against the shipped proxy configuration in front of it.

`python -m tests.drills.slow` (needs `haproxy` on the PATH). Reports how many were still held after the limit, and what
everybody else noticed: the p99 of a healthy client, before and meanwhile.
"""

import datetime
import os
import shutil
import socket
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.drills.clinic import Clinic, clinic
from tests.processes import ROOT, free_port, start

HELD = 500
LIMIT_SECONDS = 12
HEAD = b"POST /v1/reflections HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
HALVES = (b"", b"GET /v1/me", HEAD, HEAD + b"Content-Length: 500\r\n\r\n{", HEAD + b"X-Slow: a")


def certificate(folder: Path) -> Path:
    """A certificate of our own, for localhost and a day, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "tls.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@contextmanager
def proxy(to_port: int) -> Iterator[tuple[int, ssl.SSLContext]]:
    """The shipped configuration, as it is, in front of a server."""
    program = shutil.which("haproxy")
    if program is None:
        msg = "haproxy is not on the PATH: the shipped configuration was not tested"
        raise SystemExit(msg)
    with tempfile.TemporaryDirectory(prefix="proxy") as made:
        pem, port = certificate(Path(made)), free_port()
        env = {
            **os.environ,
            "JOURNAL_LISTEN": f"127.0.0.1:{port}",
            "JOURNAL_CERTIFICATE": str(pem),
            "JOURNAL_API": f"127.0.0.1:{to_port}",
        }
        running = start("program", [program, "-f", str(ROOT / "deploy" / "haproxy.cfg"), "-db"], env)
        try:
            context = ssl.create_default_context(cafile=str(pem))
            for _ in range(100):
                try:
                    if httpx.get(f"https://localhost:{port}/health/ready", verify=context).status_code == 200:
                        break
                except httpx.TransportError:
                    assert running.poll() is None, "haproxy does not take the configuration"
                time.sleep(0.1)
            yield port, context
        finally:
            running.kill()


def connect(port: int, context: ssl.SSLContext | None) -> socket.socket:
    """One connection, with TLS where there is a context."""
    raw = socket.create_connection(("127.0.0.1", port), timeout=20)
    return context.wrap_socket(raw, server_hostname="localhost") if context else raw


def p99_ms(client: httpx.Client, token: str, seconds: float) -> float:
    """The p99 of one healthy client."""
    took = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.perf_counter()
        assert client.get("/v1/worklist", headers={"Authorization": f"Bearer {token}"}).status_code == 200
        took.append((time.perf_counter() - started) * 1000)
    return statistics.quantiles(took, n=100)[98]


def is_held(opened: socket.socket, until: float) -> bool:
    """Whether the other side still waits then."""
    opened.settimeout(max(0.01, until - time.monotonic()))
    try:
        while opened.recv(65536):
            pass
    except TimeoutError:
        return True
    except OSError:
        return False
    return False


def besiege(name: str, port: int, context: ssl.SSLContext | None, token: str) -> bool:
    """500 of them at once; True where none was held and the healthy client hardly noticed."""
    base = f"{'https' if context else 'http'}://localhost:{port}"
    with httpx.Client(base_url=base, verify=context or True, timeout=10) as client, ExitStack() as stack:
        before = p99_ms(client, token, 3)
        sockets = [stack.enter_context(closing(connect(port, context))) for _ in range(HELD)]
        started = time.monotonic()
        for at, opened in enumerate(sockets):
            opened.sendall(HALVES[at % len(HALVES)])
        meanwhile = p99_ms(client, token, 6)
        held = sum(is_held(opened, started + LIMIT_SECONDS) for opened in sockets)
    sys.stdout.write(
        f"{name}: {held} of {HELD} held after {LIMIT_SECONDS} s; p99 {before:.1f} -> {meanwhile:.1f} ms "
        f"(x{meanwhile / before:.2f})\n"
    )
    sys.stdout.flush()
    return held == 0 and meanwhile < 2 * before


def refusals(port: int, context: ssl.SSLContext) -> bool:
    """What the proxy refuses itself, and what it does not believe."""
    with httpx.Client(base_url=f"https://localhost:{port}", verify=context, timeout=10) as client:
        found = {
            "long address": client.get("/" + "a" * 9000).status_code,
            "trace": client.request("TRACE", "/version").status_code,
            "large body": client.post("/v1/reflections", content=b" " * 1_100_000).status_code,
            "hsts": client.get("/version").headers.get("strict-transport-security", ""),
        }
    sys.stdout.write(f"proxy: {found}\n")
    return (found["long address"], found["trace"], found["large body"]) == (414, 405, 413) and bool(found["hsts"])


def siege(on: Clinic) -> bool:
    """Both ways in."""
    on.server.start_unless_running()
    bare = besiege("bare server", on.server.port, None, on.therapist)
    with proxy(on.server.port) as (port, context):
        behind = besiege("behind the proxy", port, context, on.therapist)
        return refusals(port, context) and bare and behind


def main() -> None:
    """Ends with 1 where something was held."""
    with clinic(None) as on:
        sys.exit(0 if siege(on) else 1)


if __name__ == "__main__":
    main()
