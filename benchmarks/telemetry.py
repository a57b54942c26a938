"""The cost of metrics and traces for a request: `python -m benchmarks.telemetry [rounds]`.

One process has an application of each kind on the same SQLite file, and asks each in turn. Figures are microseconds of
processor time of one read, with its client, and the thread that sends spans, in the same process.
"""

import asyncio
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, MutableMapping
from contextlib import AsyncExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.inline import answer_inline
from tests.processes import enter_run, free_port
from tests.support import SettableClock, World

REQUESTS = 50
"""Of one kind before the next has its turn."""
_OK = 200


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has there
        pass


@contextmanager
def _collector() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces"
    finally:
        server.shutdown()
        server.server_close()


async def _ask(app: FastAPI, token: str) -> None:
    headers = [(b"host", b"a"), (b"authorization", f"Bearer {token}".encode())]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/v1/me",
        "raw_path": b"/v1/me",
        "query_string": b"",
    }
    scope |= {"headers": headers, "http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("a", 80), "app": app}
    statuses = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        statuses.append(message.get("status"))

    stack = app.middleware_stack
    if stack is None:
        raise RuntimeError
    await stack(scope, receive, send)
    if statuses[0] != _OK:
        raise RuntimeError(statuses)


async def measure(rounds: int) -> dict[str, list[float]]:
    """Return the microseconds of each kind, one figure a round."""
    SettableClock.begins_at = None
    enter_run()
    with tempfile.TemporaryDirectory() as folder, _collector() as endpoint:
        plain = settings_of(Path(folder))
        migrated_sqlite(plain.sqlite_path)
        kinds: dict[str, dict[str, object]] = {
            "off": {},
            "off again": {},
            "metrics": {"metrics_port": free_port()},
            "traces 1 %": {"traces_endpoint": endpoint, "traces_ratio": 0.01},
            "traces all": {"traces_endpoint": endpoint, "traces_ratio": 1.0},
            "both 1 %": {"metrics_port": free_port(), "traces_endpoint": endpoint, "traces_ratio": 0.01},
        }
        async with AsyncExitStack() as stack:
            apis = {
                name: await stack.enter_async_context(application(plain.model_copy(update=more)))
                for name, more in kinds.items()
            }
            for api in apis.values():
                driver = api.runtime.database.driver
                answer_inline(getattr(driver, "inner", driver))  # as the plain ones: no thread of SQLite's is measured
            first = next(iter(apis.values()))
            token = (await (await World.build(first)).therapist()).token
            found: dict[str, list[float]] = {name: [] for name in kinds}
            for _ in range(rounds):
                for name, api in apis.items():
                    begun = time.process_time()
                    for _ in range(REQUESTS):
                        await _ask(api.app, token)
                    found[name].append((time.process_time() - begun) / REQUESTS * 1e6)
            return found


def main() -> None:
    """Print the median of each kind, and its ratio to the first."""
    found = asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
    base = statistics.median(found["off"])
    for name, figures in found.items():
        middle = statistics.median(figures)
        print(f"{name:<12} {middle:8.0f} us  {base / middle:5.3f}  (least {min(figures):.0f})")


if __name__ == "__main__":
    main()
