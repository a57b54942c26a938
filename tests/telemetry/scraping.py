"""Visiting an application as Prometheus does, and taking its spans as a collector does."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from integration_api.settings import Settings
from integration_api.telemetry.state import StateWatch
from tests.applications import application
from tests.processes import free_port
from tests.support import Api
from tests.waiting import STUCK_SECONDS, until_async

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples_of(text: str) -> Samples:
    """Every sample by name and labels, read by the library's own parser."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float:
    """One sample; 0 where there is none."""
    return samples.get((name, frozenset(labels.items())), 0.0)


def fetch(port: int) -> str:
    """What is told at one visit."""
    answer = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=STUCK_SECONDS)
    assert answer.status_code == 200
    return answer.text


class Counted:
    """An application whose metrics are counted, and its port for Prometheus."""

    def __init__(self, api: Api, port: int) -> None:
        self.api, self.port = api, port

    async def text(self) -> str:
        return await asyncio.to_thread(fetch, self.port)

    async def samples(self) -> Samples:
        return samples_of(await self.text())


@asynccontextmanager
async def counted(settings: Settings, **more: object) -> AsyncIterator[Counted]:
    """Serve an application with metrics, as soon as it has looked at its state."""
    port = free_port()
    async with application(settings.model_copy(update={"metrics_port": port, **more})) as api:
        made = Counted(api, port)
        await until_async(lambda: _has_looked(made), "a look at the state")
        yield made


async def _has_looked(made: Counted) -> bool:
    return value(await made.samples(), "journal_state_seen") == 1


async def looked_again(settings: Settings, api: Api) -> Any:
    """What is seen now."""
    watch = StateWatch(api.runtime, settings)
    await watch.turn()
    assert watch.state is not None
    return watch.state


class Collector:
    """A collector of OpenTelemetry: it takes spans by OTLP over HTTP, as one of them does."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.port = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1/traces"

    @property
    def spans(self) -> list[Any]:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


def attributes_of(span: Any) -> dict[str, Any]:
    """Its attributes, as plain values."""
    found = {}
    for one in span.attributes:
        kind = one.value.WhichOneof("value")
        plain = getattr(one.value, kind)
        found[one.key] = [each.string_value for each in plain.values] if kind == "array_value" else plain
    return found


@contextmanager
def collector() -> Iterator[Collector]:
    """Take spans meanwhile, on loopback."""
    made = Collector()

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.path == "/v1/traces"
            assert self.headers["content-type"] == "application/x-protobuf"
            made.bodies.append(body)
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
