"""A server process, started the way `make run` starts it, and stopped by its own id."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import httpx
import psutil

from tests.applications import APPLY_AS
from tests.keeper import PRODUCT
from tests.log_watch import WATCH
from tests.processes import Child, free_port, run, start
from tests.waiting import STUCK_SECONDS

_PATIENT = {f"INTEGRATION_API_{name}_SECONDS": str(STUCK_SECONDS) for name in ("DATABASE_WAIT", "GRACE", "REQUEST")}
"""Servers that wait however long this machine takes; a test of their patience sets its own."""

_CHEAP = {"INTEGRATION_API_ARGON2_MEMORY_KIB": "8192"}
"""Each start of a server computes a hash, as does each sign-in: at the least cost that is allowed."""


def environment(data: Path, url: str | None = None, **more: str) -> dict[str, str]:
    """A bare environment for the product."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTEGRATION_API_")}
    found = {**kept, **_PATIENT, **_CHEAP, "INTEGRATION_API_DATA_DIR": str(data), **more}
    if url is not None:
        found["INTEGRATION_API_DATABASE_URL"] = url
        found.setdefault("INTEGRATION_API_POSTGRES_APPLY", APPLY_AS)
        found.setdefault("INTEGRATION_API_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    return found


def command(*words: str, env: Mapping[str, str], text: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return run(PRODUCT, ("integration-api", *words), env, text)


class Server:
    """One process."""

    def __init__(self, env: Mapping[str, str], words: tuple[str, ...] = ("serve",)) -> None:
        self.port = free_port()
        self.env = {"INTEGRATION_API_LOG_LEVEL": "debug", **env, "INTEGRATION_API_PORT": str(self.port)}
        self.words = words
        self.log: Path = Path(self.env["INTEGRATION_API_DATA_DIR"]) / "server.log"
        self.process: Child | None = None
        self._file: IO[bytes] | None = None
        self._logged_before = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Start it, wait until it is ready, and say how many seconds that took."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.log.open("ab")
        self._logged_before = self._file.tell()
        started = time.monotonic()
        self.process = start(
            PRODUCT,
            ("integration-api", *self.words),
            self.env,
            stdout=subprocess.DEVNULL if "demo" in self.words else self._file,  # it tells how to sign in
            stderr=self._file,
        )
        while time.monotonic() - started < STUCK_SECONDS:
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=STUCK_SECONDS).status_code == 200:
                    return time.monotonic() - started
            except httpx.TransportError:
                pass
            time.sleep(0.02)
        raise AssertionError(self.log.read_text()[-2000:])

    def workers(self) -> list[int]:
        """The ids of the processes that answer now: those that have logged that they started, and still run."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if '"event": "started"' in line]
        return [line["process"] for line in lines if psutil.pid_exists(line["process"])]

    def start_unless_running(self) -> None:
        """Start it where it was not, or has ended."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """As a power cut would end it."""
        assert self.process is not None
        self.process.kill()
        self._close_log()

    def stop(self) -> float:
        """Ask it to end, and say how many seconds it took."""
        assert self.process is not None
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self._close_log()
        return time.monotonic() - started

    def _close_log(self) -> None:
        if self._file is not None and not self._file.closed:
            self._file.close()
            WATCH.look_at(self.log, self._logged_before)
