"""The variants that are compared: the product, the limit, and one process for each folder in `peers`."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.postgres import free_port
from benchmarks.world import MASTER_KEY_TEXT, bench_vault

ROOT = Path(__file__).parents[1]
WORKLOADS = ("W1", "W2", "W3", "W4", "W5")
_READY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Variant:
    """How to start it and what it can do."""

    name: str
    title: str
    command: tuple[str, ...]
    workloads: tuple[str, ...]
    ready: str = "/health"
    folder: Path = ROOT
    language: str = "none"
    env: Mapping[str, str] = field(default_factory=dict)


OURS = Variant(
    "ours",
    "this product, one worker",
    ("{python}", "-m", "integration_api", "serve"),
    WORKLOADS,
    "/health/ready",
)
UNSEALED = replace(
    OURS, name="unsealed", title="this product, its ledger not sealed", env={"INTEGRATION_API_SEAL_SECONDS": "0"}
)
"""Only where it is asked for by name."""
LIMITS = (
    Variant(
        "a_free",
        "the limit: raw ASGI + asyncpg, one statement a request",
        ("{python}", "-m", "benchmarks.limit", "free"),
        WORKLOADS,
    ),
    Variant(
        "a_batch",
        "the limit, requests in flight batched into one statement",
        ("{python}", "-m", "benchmarks.limit", "batch"),
        WORKLOADS[:3],
    ),
)


def peers() -> list[Variant]:
    """What stands in `benchmarks/peers`, by name."""
    found = []
    for file in sorted((ROOT / "benchmarks" / "peers").glob("*/peer.json")):
        said = json.loads(file.read_text())
        found.append(
            Variant(
                file.parent.name,
                said["title"],
                tuple(said["command"]),
                tuple(said["workloads"]),
                said.get("ready", "/health"),
                file.parent,
                said.get("language", "other"),
            )
        )
    return found


class Running:
    """A variant that answers."""

    def __init__(self, variant: Variant, process: "subprocess.Popen[bytes]", port: int) -> None:
        """Made by `start`."""
        self.variant, self.process, self.port = variant, process, port
        self.url = f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """Its whole process group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)


def environment(database: str | None, port: int) -> dict[str, str]:
    """What every variant is told."""
    vault = bench_vault()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTEGRATION_API_")}
    return {
        **kept,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PORT": str(port),
        "BENCH_MASTER_KEY": MASTER_KEY_TEXT,
        "BENCH_TOKEN_KEY": vault.derive("access-token").hex(),
        "BENCH_WRAPPING_KEY": vault.derive("wrapping").hex(),
        "BENCH_KEY_ID": vault.derive("key-id")[:4].hex(),
        "INTEGRATION_API_MASTER_KEY": MASTER_KEY_TEXT,
        "INTEGRATION_API_PORT": str(port),
    } | ({"DATABASE_URL": database, "INTEGRATION_API_DATABASE_URL": database} if database else {})


def start(variant: Variant, database: str | None, logs: Path, cores: Sequence[int] = ()) -> Running:
    """Start it on a free port and wait until it is ready. Raises RuntimeError with the end of its log."""
    port = free_port()
    places = {
        "python": sys.executable,
        "root": str(ROOT),
        "peers": os.environ.get("BENCH_PEERS", "/tmp/bench-peers"),  # noqa: S108  programs, of a known folder
    }
    words = [word.format(**places) for word in variant.command]
    log = logs / f"{variant.name}.log"
    with log.open("wb") as file:
        try:
            process = subprocess.Popen(
                words,
                cwd=variant.folder,
                env=environment(database, port) | dict(variant.env),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise RuntimeError(str(error)) from error
    if cores:
        os.sched_setaffinity(process.pid, cores)
    running = Running(variant, process, port)
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(running.url + variant.ready, timeout=2):  # noqa: S310  our own address
                return running
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    running.stop()
    raise RuntimeError(log.read_text(errors="replace")[-1500:] or "it did not answer in time")
