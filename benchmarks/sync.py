"""A batch of 50 against 50 single requests of one phone, on SQLite and on PostgreSQL.

    python -m benchmarks.sync [--rounds 20]

Three ways to send the same 50 new reflections: one after the other on one connection, over six connections as a browser
does, and as one batch. They take turns within a round, and the ratios are of one round.
"""

import argparse
import asyncio
import http.client
import json
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import asyncpg

from benchmarks.postgres import postgres
from benchmarks.run import cores, database_for
from benchmarks.seed import SIZES, seed_sqlite
from benchmarks.targets import Fetch, Signing, people
from benchmarks.texts import create_bodies, encoded
from benchmarks.variants import OURS, Running, start

ITEMS, BROWSER_CONNECTIONS = 50, 6
Way = Callable[[int, str, Sequence[bytes]], None]


def _post(connection: http.client.HTTPConnection, path: str, token: str, body: bytes, key: str | None = None) -> bytes:
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", path, body, head | ({"Idempotency-Key": key} if key else {}))
    answer = connection.getresponse()
    found = answer.read()
    if answer.status not in (200, 201):
        raise RuntimeError(found.decode())
    return found


def one_by_one(port: int, token: str, bodies: Sequence[bytes]) -> None:
    """On one connection, each after the response to the one before."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for body in bodies:
        _post(connection, "/v1/reflections", token, body, uuid4().hex)
    connection.close()


def over_six(port: int, token: str, bodies: Sequence[bytes]) -> None:
    """Over as many connections as a browser opens to one origin."""
    with ThreadPoolExecutor(BROWSER_CONNECTIONS) as pool:
        list(pool.map(lambda at: one_by_one(port, token, bodies[at::BROWSER_CONNECTIONS]), range(BROWSER_CONNECTIONS)))


def as_a_batch(port: int, token: str, bodies: Sequence[bytes]) -> None:
    """In one request."""
    create = {"operation": "create_reflection", "path": "/v1/reflections"}
    items = [{**create, "key": uuid4().hex, "body": json.loads(body)} for body in bodies]
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = json.loads(_post(connection, "/v1/sync", token, json.dumps({"items": items}).encode()))
    if any(result["status"] != 201 for result in found["results"]):
        raise RuntimeError(json.dumps(found))
    connection.close()


WAYS: tuple[Way, ...] = (one_by_one, over_six, as_a_batch)


async def _measure(name: str, running: Running, fetch: Fetch, rounds: int, *, is_sqlite: bool) -> None:
    who, sign = await people(fetch, is_sqlite=is_sqlite), Signing()
    bodies = [encoded(body) for body in create_bodies(7)]
    found: dict[Way, list[float]] = {way: [] for way in WAYS}
    for at in range(-1, rounds):  # the first round warms up
        token = sign.token(who.patients[at % len(who.patients)])
        for way in reversed(WAYS) if at % 2 else WAYS:
            sent = [bodies[(at + 1 + number) % len(bodies)] for number in range(ITEMS)]
            began = time.perf_counter()
            await asyncio.to_thread(way, running.port, token, sent)
            if at >= 0:
                found[way].append((time.perf_counter() - began) * 1000)
    for way in WAYS:
        ratios = sorted(batch / took for batch, took in zip(found[as_a_batch], found[way], strict=True))
        print(
            f"{name:<10} {way.__name__:<11} {ITEMS} items {median(found[way]):>7.1f} ms; the batch takes "
            f"{median(ratios):.2f} of it ({ratios[0]:.2f} to {ratios[-1]:.2f})",
            flush=True,
        )


async def _on_sqlite(given: argparse.Namespace, folder: Path) -> None:
    path = folder / "journal.sqlite3"
    await seed_sqlite(path, SIZES[given.rows], given.seed)
    file = sqlite3.connect(path)

    async def fetch(sql: str) -> Sequence[Sequence[Any]]:
        return file.execute(sql).fetchall()

    running = start(replace(OURS, env={"INTEGRATION_API_DATA_DIR": str(folder)}), None, folder, cores()[0])
    try:
        await _measure("sqlite", running, fetch, given.rounds, is_sqlite=True)
    finally:
        running.stop()
        file.close()


async def _on_postgres(given: argparse.Namespace, folder: Path, server: str) -> None:
    url = await database_for(server, given.rows, given.seed)
    connection = await asyncpg.connect(url)
    fetch: Callable[[str], Awaitable[Sequence[Sequence[Any]]]] = connection.fetch
    running = start(OURS, url, folder, cores()[0])
    try:
        await _measure("postgresql", running, fetch, given.rounds, is_sqlite=False)
    finally:
        running.stop()
        await connection.close()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", choices=SIZES, default="20k")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-sync-") as folder:
        asyncio.run(_on_sqlite(given, Path(folder)))
    with tempfile.TemporaryDirectory(prefix="bench-sync-") as folder, postgres() as server:
        asyncio.run(_on_postgres(given, Path(folder), server.url))


if __name__ == "__main__":
    main()
