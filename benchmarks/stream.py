"""The live stream: what 2,000 idle listeners cost, and how late an event is with 1,000 of them and 10 events a second.

python -m benchmarks.stream [--listeners 1000] [--rate 10] [--seconds 20] [--idle 2000]

One process on SQLite, over loopback. Each listener is a patient with a sign-in of their own. An event is a reflection
that one of them writes: it is told to that one alone. A burst is an entry of a clinic's strategy library, which all
listeners of that clinic are told of.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.seed import seed_sqlite
from benchmarks.targets import bench_tokens, people
from benchmarks.variants import OURS, start
from integration_api.access.actor import Actor, Role
from integration_api.storage.sqlite import connect

_MIB = 1024 * 1024
_REFLECTIONS = 2_000
_BEGINNING, _BEGIN_SECONDS = 16, 120.0
_SETTLE_SECONDS = 3.0
_LATE_SECONDS = 15.0


@dataclass(slots=True)
class Told:
    """The events that the listeners received, with their times."""

    listening: int = 0
    beginning: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_BEGINNING))
    at: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    async def listen(self, port: int, token: str) -> None:
        """Keep one stream open and note what it tells."""
        head = f"GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n"
        async with self.beginning:  # so that none is refused by load shedding
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(head.encode())
            first = await reader.readline()
        try:
            if b" 200 " not in first:
                raise RuntimeError(first)
            self.listening += 1
            while line := await reader.readline():
                if line.startswith(b'data: {"kind"'):
                    self.at[json.loads(line[6:])["id"]].append(time.perf_counter())
        finally:
            writer.close()


@dataclass(frozen=True, slots=True)
class Usage:
    """The memory and processor time of the server."""

    rss_mib: float
    cpu_seconds: float

    @classmethod
    def of(cls, pid: int) -> "Usage":
        """Look at it now."""
        process = psutil.Process(pid)
        times = process.cpu_times()
        return cls(process.memory_info().rss / _MIB, times.user + times.system)


async def _database(path: Path) -> list[Actor]:
    """Make the people of a benchmark, and little else; return them."""
    await seed_sqlite(path, _REFLECTIONS, 7)
    file = connect(path)

    async def fetch(sql: str) -> list[tuple[Any, ...]]:
        return file.execute(sql).fetchall()

    who = await people(fetch, is_sqlite=True)
    file.close()
    return [*who.patients, *who.therapists.values()]


async def _wait_for(told: Told, count: int) -> None:
    async with asyncio.timeout(_BEGIN_SECONDS):
        while told.listening < count:  # noqa: ASYNC110  many tasks add to it
            await asyncio.sleep(0.05)
    await asyncio.sleep(_SETTLE_SECONDS)


async def _write(client: httpx.AsyncClient, token: str, path: str, body: object) -> tuple[str, float]:
    answer = await client.post(path, json=body, headers={"Authorization": f"Bearer {token}"})
    if answer.status_code != httpx.codes.CREATED:
        raise RuntimeError(answer.text)
    return answer.json()["id"], time.perf_counter()


async def _arrived(told: Told, written: dict[str, float], each: int) -> list[float]:
    """Wait for all events, and return how late each was in seconds."""
    latest = time.perf_counter() + _LATE_SECONDS
    while any(len(told.at[one]) < each for one in written) and time.perf_counter() < latest:  # noqa: ASYNC110  as above
        await asyncio.sleep(0.1)
    return sorted(at - done for one, done in written.items() for at in told.at[one])


def _line(name: str, late: list[float], wanted: int) -> str:
    at = statistics.quantiles(late, n=100) if len(late) > 1 else [*late] * 99
    return (
        f"{name}: {len(late)} of {wanted} told; late by p50 {at[49]:.2f} s, p99 {at[98]:.2f} s, most {late[-1]:.2f} s"
    )


async def _measure(given: argparse.Namespace, folder: Path) -> None:
    everybody = await _database(folder / "journal.sqlite3")
    tokens = {actor: bench_tokens().issue(actor, datetime.now(UTC)) for actor in everybody}
    patients = [actor for actor in everybody if actor.is_patient]
    env = {"INTEGRATION_API_DATA_DIR": str(folder), "INTEGRATION_API_MAX_STREAMS": "5000"}
    running = start(replace(OURS, env=env), None, folder)
    told, tasks = Told(), list[asyncio.Task[None]]()
    try:
        empty = Usage.of(running.process.pid)
        for actor in patients[: given.listeners]:
            tasks.append(asyncio.create_task(told.listen(running.port, tokens[actor])))
        await _wait_for(told, given.listeners)
        before, began = Usage.of(running.process.pid), time.perf_counter()
        written: dict[str, float] = {}
        async with httpx.AsyncClient(base_url=running.url) as client:
            for at in range(given.rate * given.seconds):
                await asyncio.sleep(max(0.0, began + at / given.rate - time.perf_counter()))
                token = tokens[patients[at % given.listeners]]
                name, done = await _write(client, token, "/v1/reflections", {"text": "The lake was still."})
                written[name] = done
            late = await _arrived(told, written, 1)
            after = Usage.of(running.process.pid)
            share = (after.cpu_seconds - before.cpu_seconds) / (time.perf_counter() - began)
            print(_line(f"{given.listeners} listeners, {given.rate} events a second", late, len(written)))
            print(f"  {share:.0%} of a core")
            therapist = next(actor for actor in everybody if Role.THERAPIST in actor.roles)
            there = sum(actor.clinic_id == therapist.clinic_id for actor in patients[: given.listeners])
            body = {"category": "music", "title": "Music", "if_cue": "If it is loud", "then_action": "then I listen"}
            name, done = await _write(client, tokens[therapist], "/v1/strategy-library", body)
            print(_line(f"a burst to {there} listeners", await _arrived(told, {name: done}, there), there))
        for actor in patients[given.listeners : given.idle]:
            tasks.append(asyncio.create_task(told.listen(running.port, tokens[actor])))
        await _wait_for(told, max(given.idle, given.listeners))
        began, before = time.perf_counter(), Usage.of(running.process.pid)
        await asyncio.sleep(given.seconds)
        idle = Usage.of(running.process.pid)
        share = (idle.cpu_seconds - before.cpu_seconds) / (time.perf_counter() - began)
        each = (idle.rss_mib - empty.rss_mib) * 1024 / told.listening
        print(f"{told.listening} idle: {idle.rss_mib:.0f} MiB, {empty.rss_mib:.0f} before; {each:.0f} KiB each")
        print(f"  {share:.0%} of a core")
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        began = time.perf_counter()
        running.stop()
        print(f"stopped in {time.perf_counter() - began:.1f} s")


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=1000)
    parser.add_argument("--rate", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--idle", type=int, default=2000)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(parser.parse_args(), Path(folder)))


if __name__ == "__main__":
    main()
