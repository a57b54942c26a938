"""Several workers count together; one that dies is taken out of the numbers of now, and its sums stay."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from tests.databases import migrated_postgres
from tests.processes import free_port
from tests.server.test_workers import client_of
from tests.serving import Server, command, environment
from tests.telemetry.scraping import Samples, fetch, samples_of, value
from tests.waiting import STUCK_SECONDS, until

COUNT = "journal_request_seconds_count"


class Watched(Server):
    """A server of two workers and the process that Prometheus visits."""

    metrics_port = 0
    folder = Path()

    def samples(self) -> Samples:
        return samples_of(fetch(self.metrics_port))


@pytest.fixture(scope="module")
def pair(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    port, folder = free_port(), tmp_path_factory.mktemp("counts") / "folder"
    folder.mkdir(mode=0o700)
    (folder / "counter_1.db").write_bytes(b"what a process before has left")
    more = {"INTEGRATION_API_METRICS_PORT": str(port), "INTEGRATION_API_METRICS_DIR": str(folder)}
    env = environment(tmp_path_factory.mktemp("data"), asyncio.run(migrated_postgres(postgres_url)), **more)
    server = Watched(env, ("serve", "--workers", "2"))
    server.metrics_port, server.folder = port, folder
    server.start()
    try:
        until(lambda: len(server.workers()) == 2, "two workers")
        until(lambda: _answers(port), "the process beside them")
        until(lambda: value(server.samples(), "journal_state_seen") == 1, "a look at the state")
        yield server
    finally:
        server.stop()


def _answers(port: int) -> bool:
    try:
        return bool(fetch(port))
    except httpx.TransportError:
        return False


def test_both_workers_are_counted_and_the_folder_was_emptied(pair: Watched) -> None:
    before = value(pair.samples(), COUNT, operation="read_me", status="4xx")
    for worker in pair.workers():
        with closing(client_of(pair, worker)) as client:
            for _ in range(5):
                assert client.get("/me").status_code == 401
    assert value(pair.samples(), COUNT, operation="read_me", status="4xx") == before + 10
    assert {path.stat().st_mode & 0o077 for path in [pair.folder]} == {0}
    assert not (pair.folder / "counter_1.db").exists()


def test_a_worker_that_dies_leaves_its_sums_and_none_of_what_is_now(pair: Watched) -> None:
    before = pair.samples()
    victim = pair.workers()[0]
    gauge = pair.folder / f"gauge_livesum_{victim}.db"
    assert gauge.exists()
    os.kill(victim, signal.SIGKILL)
    until(lambda: value(pair.samples(), "journal_workers_ended_total") == 1, "a worker that ended")
    until(lambda: not gauge.exists(), "its gauges to go")
    until(lambda: len(pair.workers()) == 2, "another worker")
    after = pair.samples()
    key = {"operation": "read_readiness", "status": "2xx"}
    assert value(after, COUNT, **key) >= value(before, COUNT, **key) > 0
    assert value(after, "journal_requests_in_flight") == 0


def test_the_process_beside_them_is_replaced(pair: Watched) -> None:
    assert pair.process is not None
    beside = next(
        child.pid
        for child in psutil.Process(pair.process.pid).children()
        if any(one.laddr.port == pair.metrics_port for one in child.net_connections("tcp"))
    )
    os.kill(beside, signal.SIGKILL)
    until(lambda: _answers(pair.metrics_port), "another one")
    assert httpx.get(f"{pair.url}/health/ready", timeout=STUCK_SECONDS).status_code == 200


def test_a_port_that_is_taken_is_one_sentence(pair: Watched) -> None:
    ended = command("serve", env={**pair.env, "INTEGRATION_API_PORT": str(free_port())})
    assert ended.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {pair.metrics_port} for metrics" in ended.stderr
