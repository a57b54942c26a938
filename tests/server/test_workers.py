"""Several processes on one port and one PostgreSQL."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from multiprocessing.context import ForkProcess
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest

from integration_api.access.totp import code_at
from integration_api.server.workers import MAX_ACCEPTED_TOGETHER, listen
from integration_api.server.workers import _Nursery as Nursery
from tests.databases import migrated_postgres, migrated_sqlite
from tests.serving import Server, command, environment
from tests.test_process import INIT, PASSWORD
from tests.waiting import STUCK_SECONDS, until

ONE = httpx.Limits(max_connections=1, keepalive_expiry=None)
SIGN_IN = {"email": "ada@example.org", "password": PASSWORD}


@pytest.fixture(scope="module")
def env(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A clinic on a PostgreSQL of its own."""
    env = environment(tmp_path_factory.mktemp("data"), asyncio.run(migrated_postgres(postgres_url)))
    assert command(*INIT, env=env, text=PASSWORD + "\n").returncode == 0
    return env


@pytest.fixture(scope="module")
def pair(env: dict[str, str]) -> Iterator[Server]:
    """Two workers, ready."""
    server = Server(env, ("serve", "--workers", "2"))
    server.start()
    try:
        until(lambda: len(server.workers()) == 2, "two workers")
        yield server
    finally:
        server.stop()


def client_of(server: Server, worker: int) -> httpx.Client:
    """A client whose one connection is to this worker: it was made while the others were stopped."""
    client = httpx.Client(
        base_url=f"{server.url}/v1",
        timeout=STUCK_SECONDS,
        limits=ONE,
    )
    others = [psutil.Process(other) for other in server.workers() if other != worker]
    for other in others:
        other.suspend()
    try:
        assert client.get("/nowhere").status_code == 404
    finally:
        for other in others:
            other.resume()
    return client


def strong_token(one: httpx.Client, other: httpx.Client) -> str:
    """The first admin adds an app for codes: begun with one worker, confirmed with another."""
    token = one.post("/auth/tokens", json=SIGN_IN).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert one.get("/accounts", headers=headers).json()["code"] == "second-factor-required"
    begun = one.post("/me/factors/totp", json={}, headers=headers).json()
    code = {"totp_code": code_at(begun["secret"], datetime.now(UTC))}
    added = other.post(f"/me/factors/totp/{begun['id']}/confirm", json=code, headers=headers)
    return str(added.json()["access"]["access_token"])


def test_a_retry_and_a_sign_out_hold_in_every_worker(pair: Server) -> None:
    one, other = (client_of(pair, worker) for worker in pair.workers())
    with closing(one), closing(other):
        token = strong_token(one, other)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "same"}
        body = {"name": "Imani Vale", "email": "new@example.org", "roles": ["therapist"]}
        first = one.post("/accounts", json=body, headers=headers)
        again = other.post("/accounts", json=body, headers=headers)
        assert (first.status_code, again.status_code) == (201, 201), first.text
        assert (again.headers.get("idempotency-replayed"), again.content) == ("true", first.content)
        assert "idempotency-replayed" not in first.headers
        assert other.get("/me", headers=headers).status_code == 200
        signed_out = one.delete("/auth/tokens/current", headers={**headers, "Idempotency-Key": "sign-out"})
        assert signed_out.status_code == 204
        for client in (one, other):
            assert client.get("/me", headers=headers).status_code == 401


def test_a_killed_worker_is_replaced_and_the_port_answers_all_the_while(pair: Server) -> None:
    before = set(pair.workers())
    os.kill(min(before), signal.SIGKILL)
    for _ in range(20):
        assert httpx.get(f"{pair.url}/health/ready", timeout=STUCK_SECONDS).status_code == 200
    until(lambda: len(set(pair.workers()) - {min(before)}) == 2, "a worker in its place")
    assert max(before) in pair.workers()
    assert "worker_ended" in pair.log.read_text()


def test_workers_that_cannot_start_do_not_take_the_port_down(
    pair: Server, env: dict[str, str], postgres_url: str
) -> None:
    """The database is gone when a worker has to be replaced; when it is back, so is the worker."""
    database = env["INTEGRATION_API_DATABASE_URL"].partition("?")[0].rsplit("/", 1)[1]
    asyncio.run(_rename(postgres_url, database, f"{database}x"))
    try:
        seen = pair.log.read_text().count("worker_ended")
        os.kill(pair.workers()[0], signal.SIGKILL)
        # The killed one, and its replacement.
        until(lambda: pair.log.read_text().count("worker_ended") >= seen + 2, "a worker that could not start")
        assert httpx.get(f"{pair.url}/health/live", timeout=STUCK_SECONDS).status_code == 200
    finally:
        asyncio.run(_rename(postgres_url, f"{database}x", database))
    until(lambda: len(pair.workers()) == 2, "two workers again")


async def _rename(url: str, before: str, after: str) -> None:
    """While nobody is connected, and nobody can be."""
    connection = await asyncpg.connect(url)
    await connection.execute(f"ALTER DATABASE {before} ALLOW_CONNECTIONS false")
    while await connection.fetchval("SELECT count(*) FROM pg_stat_activity WHERE datname = $1", before):
        await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", before)
    await connection.execute(f"ALTER DATABASE {before} RENAME TO {after}")
    await connection.execute(f"ALTER DATABASE {after} ALLOW_CONNECTIONS true")
    await connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_all_workers_end_with_the_process_that_keeps_them(env: dict[str, str], number: signal.Signals) -> None:
    server = Server(env, ("serve", "--workers", "2"))
    server.start()
    assert server.process is not None
    children = psutil.Process(server.process.pid).children()
    server.process.send_signal(number)
    assert server.process.wait() == (-number if number == signal.SIGKILL else 0)
    _, alive = psutil.wait_procs(children, STUCK_SECONDS)
    assert (len(children), alive) == (2, [])


def test_what_cannot_be_served_is_said_in_one_line(env: dict[str, str], tmp_path: Path) -> None:
    embedded = environment(tmp_path)
    migrated_sqlite(tmp_path / "journal.sqlite3")
    refused = command("serve", "--workers", "2", env=embedded)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "one process" in refused.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for count in ("1", "2"):
            refused = command("serve", "--workers", count, env={**env, "INTEGRATION_API_PORT": port})
            assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), refused.stderr
            assert "cannot listen on 127.0.0.1" in refused.stderr


def test_where_no_process_can_be_forked_signals_still_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: ForkProcess) -> None:
        raise BlockingIOError(errno.EAGAIN, "no room")

    monkeypatch.setattr(ForkProcess, "start", refuse)
    assert Nursery(lambda: None, *os.pipe()).start() is None
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) & {signal.SIGTERM, signal.SIGINT} == set()


async def test_those_who_connect_at_once_are_accepted_together() -> None:
    """One a turn, as libuv accepts of a single socket, the last would wait for the requests of all the others."""
    loop, turn, accepted, all_are_in = asyncio.get_running_loop(), 0, list[int](), asyncio.Event()

    class Accepted(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted.append(turn)
            transport.close()

    def count() -> None:
        nonlocal turn
        turn += 1
        if len(accepted) == MAX_ACCEPTED_TOGETHER:
            all_are_in.set()
        else:
            loop.call_soon(count)

    sockets = listen("127.0.0.1", 0)
    servers = [await loop.create_server(Accepted, sock=one) for one in sockets]
    with ExitStack() as clients:
        for _ in range(MAX_ACCEPTED_TOGETHER):
            clients.enter_context(socket.create_connection(sockets[0].getsockname()))  # waits in the kernel's queue
        count()
        async with asyncio.timeout(STUCK_SECONDS):
            await all_are_in.wait()
    assert len(set(accepted)) <= 2, accepted
    for server in servers:
        server.close()
