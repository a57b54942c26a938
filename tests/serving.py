"""A server process, started the way `make run` starts it, and stopped by its own id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO

import httpx

from tests.conftest import APPLY_AS
from tests.log_watch import WATCH

ROOT = Path(__file__).parents[1]
READY_SECONDS = 60


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, url: str | None = None, **more: str) -> dict[str, str]:
    """A bare environment for the product."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTEGRATION_API_")}
    found = {**kept, "PYTHONPATH": str(ROOT / "src"), "INTEGRATION_API_DATA_DIR": str(data), **more}
    if url is not None:
        found["INTEGRATION_API_DATABASE_URL"] = url
        found.setdefault("INTEGRATION_API_POSTGRES_APPLY", APPLY_AS)
        found.setdefault("INTEGRATION_API_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    return found


def command(*words: str, env: Mapping[str, str], text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return subprocess.run(
        [sys.executable, "-m", "integration_api", *words],
        env=dict(env),
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        timeout=READY_SECONDS,
        check=False,
    )


class Server:
    """One process."""

    def __init__(self, env: Mapping[str, str], words: tuple[str, ...] = ("serve",)) -> None:
        self.port = free_port()
        self.env = {"INTEGRATION_API_LOG_LEVEL": "debug", **env, "INTEGRATION_API_PORT": str(self.port)}
        self.words = words
        self.log: Path = Path(self.env["INTEGRATION_API_DATA_DIR"]) / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
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
        self.process = subprocess.Popen(
            [sys.executable, "-m", "integration_api", *self.words],
            env=self.env,
            cwd=ROOT,
            stdout=subprocess.DEVNULL if "demo" in self.words else self._file,  # it tells how to sign in
            stderr=self._file,
        )
        while time.monotonic() - started < READY_SECONDS:
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=2).status_code == 200:
                    return time.monotonic() - started
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.log.read_text()[-2000:])

    def start_unless_running(self) -> None:
        """Start it where it was not, or has ended."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """As a power cut would end it."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)
        self._close_log()

    def stop(self) -> float:
        """Ask it to end, and say how many seconds it took."""
        assert self.process is not None
        started = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        self._close_log()
        return time.monotonic() - started

    def _close_log(self) -> None:
        if self._file is not None and not self._file.closed:
            self._file.close()
            WATCH.look_at(self.log, self._logged_before)
