"""Webhooks: messages delivered each second to a receiver on loopback, against a hand-written limit of the same work.

    python -m benchmarks.webhooks [--messages 200] [--rounds 10]

On SQLite and on PostgreSQL. Both claim a message durably, sign it, send it over a new connection and mark it durably,
four at a time, as one webhook is served. They take turns on the same rows within a round, and ratios are of one round.
The limit knows address, secret and body before; the product reads them, and asks whether the program may be told. The
receiver is a process of its own. Processor time is that of the sending process, and steadier on a busy machine.
"""

import argparse
import asyncio
import base64
import hashlib
import hmac
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import IO, Any, cast
from uuid import UUID

import asyncpg
import httpx

from benchmarks.postgres import postgres
from benchmarks.world import MASTER_KEY_TEXT
from integration_api.access import sandbox_clock
from integration_api.access.totp import code_at
from integration_api.app import create_app, open_database, sealer_of
from integration_api.core.clock import system_clock
from integration_api.demo.sandbox.router import router
from integration_api.resources.delivery.webhooks.job import MAX_OF_ONE, Job
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.settings import Settings
from integration_api.storage.migrations import migrate_postgres, migrate_sqlite

Json = dict[str, Any]
Run = Callable[..., Awaitable[Sequence[Sequence[Any]]]]
_CLINIC = {"name": "Willow House", "time_zone": "America/New_York", "country": "US"}
_DUE = "SELECT id FROM webhook_deliveries WHERE state = 'pending' AND kind = 'session'"
_CLAIM = (
    "UPDATE webhook_deliveries SET attempts = attempts + 1, due_at = ? "
    "WHERE clinic_id = ? AND id = ? AND state = 'pending' AND due_at <= ?"
)
_MARK = (
    "UPDATE webhook_deliveries SET state = 'delivered', ended_at = ?, last_status = 204 "
    "WHERE clinic_id = ? AND id = ? AND attempts = 1"
)
_AGAIN = "UPDATE webhook_deliveries SET state = 'pending', attempts = 0, due_at = created_at, ended_at = NULL"
_ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


# ── the receiver ──


async def receive() -> None:
    """Answer every message with 204, and print the port; until the standard input ends."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        writer.write(_ANSWER)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


# ── the limit ──


async def limit(run: Run, clinic_id: UUID, port: int, secret: bytes) -> None:
    """Deliver all that is pending, by hand."""
    waiting = [row[0] for row in await run(_DUE)]

    async def work() -> None:
        while waiting:
            row_id = waiting.pop()
            now = datetime.now(UTC)
            await run(_CLAIM, now + timedelta(minutes=1), clinic_id, row_id, now)
            body, at = b'{"type":"session.changed","timestamp":"2026-11-20T15:00:00Z","data":{}}', int(now.timestamp())
            signed = f"{row_id}.{at}.".encode() + body
            signature = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = (
                f"POST /journal HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: {len(body)}\r\n"
                f"webhook-id: {row_id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: v1,{signature}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            answer = await reader.read()
            writer.close()
            if not answer.startswith(b"HTTP/1.1 204"):
                raise RuntimeError(answer.decode())
            await run(_MARK, datetime.now(UTC), clinic_id, row_id)

    await asyncio.gather(*(work() for _ in range(MAX_OF_ONE)))


def on_sqlite(path: Path) -> Run:
    """Statements of a connection whose commits are durable, in a thread of its own."""
    pool, opened = ThreadPoolExecutor(1), list[sqlite3.Connection]()

    def plain(value: object) -> object:
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M:%S.%f}"
        return value.hex if isinstance(value, UUID) else value

    def execute(sql: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
        if not opened:
            opened.append(sqlite3.connect(path, timeout=30, isolation_level=None))
            opened[0].execute("PRAGMA synchronous = FULL")
        return opened[0].execute(sql, [plain(value) for value in values]).fetchall()

    async def run(sql: str, *values: object) -> Sequence[Sequence[Any]]:
        return await asyncio.get_running_loop().run_in_executor(pool, execute, sql, values)

    return run


def on_postgres(pool: "asyncpg.Pool[asyncpg.Record]") -> Run:
    """Statements of connections whose commits are durable."""

    async def run(sql: str, *values: object) -> Sequence[Sequence[Any]]:
        for at in range(len(values)):
            sql = sql.replace("?", f"${at + 1}", 1)
        found: Sequence[Sequence[Any]] = await pool.fetch(sql, *values)
        return found

    return run


# ── the product ──


async def drain(job: Job) -> None:
    """Deliver all that is pending, as the job of a process does."""
    while await job.turn():
        await job.pool.all_ended()


async def prepare(client: httpx.AsyncClient, port: int, messages: int) -> tuple[UUID, str]:
    """Make a clinic with a webhook, and so many changes; return the clinic and the secret."""

    async def ask(path: str, body: object, token: str | None = None) -> Json:
        head = {"Authorization": f"Bearer {token}"} if token else {}
        answer = await client.post(f"/v1{path}", json=body, headers=head)
        if answer.status_code != httpx.codes.CREATED:
            raise RuntimeError(answer.text)
        found: Json = answer.json()
        return found

    clinic = await ask("/sandbox/clinics", _CLINIC)
    people = {person["key"]: person for person in clinic["people"]}

    async def token_of(key: str) -> str:
        code = code_at(clinic["totp_secret"], system_clock())
        body = {"email": people[key]["email"], "password": clinic["password"], "totp_code": code}
        return str((await ask("/auth/tokens", body))["access_token"])

    admin, therapist = await token_of("admin"), await token_of("therapist")
    scopes = ["clinic:read", "changes:session"]
    program = await ask("/service-accounts", {"name": "Front desk", "scopes": scopes}, admin)
    hook = {"account_id": program["id"], "url": f"http://localhost:{port}/journal", "kinds": ["session"]}
    made = await ask("/webhooks", hook, admin)
    session = {
        "patient_id": people["patient"]["patient_id"],
        "phase": "integration",
        "modality": "in_person",
        "planned_start_at": (system_clock() + timedelta(days=1)).isoformat(),
        "people": [{"role": "therapist", "account_id": people["therapist"]["account_id"]}],
    }
    for _ in range(messages):
        await ask("/sessions", session, therapist)
    return UUID(clinic["clinic_id"]), str(made["secret"])


async def measure(name: str, settings: Settings, port: int, given: argparse.Namespace) -> None:
    """Print the rates of both, and their ratio."""
    settings = settings.model_copy(
        update={
            "webhook_test_hosts": (f"localhost:{port}",),
            "seal_seconds": 0.0,
            "webhook_seconds": 0.0,
            "notification_seconds": 0.0,
        }
    )
    async with open_database(settings) as database:
        await sandbox_clock.mark(database, system_clock())
    app = create_app(settings, sandbox=router)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench", timeout=60) as client,
    ):
        clinic_id, secret = await prepare(client, port, given.messages)
        job = Job(app.state.runtime, Sender(settings.webhook_test_hosts))
        await sealer_of(app.state.runtime).seal(clinic_id)
        await drain(job)
        url = settings.database_url
        pool = (
            await asyncpg.create_pool(url.get_secret_value(), min_size=MAX_OF_ONE, max_size=MAX_OF_ONE) if url else None
        )
        run = on_postgres(pool) if pool else on_sqlite(settings.sqlite_path)
        key = base64.b64decode(secret.removeprefix("whsec_"))
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "limit": lambda: limit(run, clinic_id, port, key),
            "ours": lambda: drain(job),
        }
        rates: dict[str, list[float]] = {way: [] for way in ways}
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for at in range(-1, given.rounds):  # the first round warms up
            for way in reversed(ways) if at % 2 else ways:
                await run(_AGAIN)
                began, began_cpu = time.perf_counter(), time.process_time()
                await ways[way]()
                took, cpu = time.perf_counter() - began, time.process_time() - began_cpu
                if left := await run(_DUE):
                    msg = f"{way} left {len(left)} messages"
                    raise RuntimeError(msg)
                if at >= 0:
                    rates[way].append(given.messages / took)
                    spent[way].append(cpu * 1000 / given.messages)
        if pool:
            await pool.close()
    ratios = sorted(ours / best for ours, best in zip(rates["ours"], rates["limit"], strict=True))
    print(
        f"{name:<10} ours {median(rates['ours']):>6.0f}/s, limit {median(rates['limit']):>6.0f}/s; "
        f"ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}); "
        f"processor time of a message: ours {median(spent['ours']):.2f} ms, limit {median(spent['limit']):.2f} ms",
        flush=True,
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.receive:
        asyncio.run(receive())
        return
    os.environ.setdefault("INTEGRATION_API_LOG_LEVEL", "warning")
    command = [sys.executable, "-m", "benchmarks.webhooks", "--receive"]
    receiver = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    said, stop = cast(IO[str], receiver.stdout), cast(IO[str], receiver.stdin)
    try:
        port = int(said.readline())
        with tempfile.TemporaryDirectory(prefix="bench-webhooks-") as folder:
            settings = Settings(data_dir=Path(folder), master_key=MASTER_KEY_TEXT)
            migrate_sqlite(settings.sqlite_path)
            asyncio.run(measure("sqlite", settings, port, given))
        with tempfile.TemporaryDirectory(prefix="bench-webhooks-") as folder, postgres() as server:
            settings = Settings(data_dir=Path(folder), master_key=MASTER_KEY_TEXT, database_url=server.url)
            asyncio.run(migrate_postgres(server.url))
            asyncio.run(measure("postgresql", settings, port, given))
    finally:
        stop.close()
        receiver.wait()


if __name__ == "__main__":
    main()
