"""Traces: two spans a request, what they say, whose trace they belong to, and who is told of it."""

import asyncio
import io
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import Decision
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from pydantic import ValidationError

from integration_api.access import issuer
from integration_api.core import logs
from integration_api.core.trace_context import TRACE, TraceContext, trace_headers
from integration_api.settings import Settings
from integration_api.telemetry.sampler import drawn_here
from integration_api.telemetry.spans import ALLOWED, DATABASE_SPAN, OPERATION, SERVICE, Tracing, _allowed
from tests.applications import application, settings_of
from tests.support import World
from tests.telemetry.scraping import Collector, attributes_of, collector
from tests.waiting import STUCK_SECONDS, until_async

TRACE_ID, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def taken() -> Iterator[Collector]:
    with collector() as made:
        yield made


def traced(own: Settings, taken: Collector, ratio: float = 1.0) -> Settings:
    return own.model_copy(update={"traces_endpoint": taken.endpoint, "traces_ratio": ratio})


async def test_a_request_has_exactly_two_spans_with_attributes_of_the_list(own: Settings, taken: Collector) -> None:
    async with application(traced(own, taken)) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        head = {"authorization": f"Bearer {patient.token}", "x-request-id": "asked-once"}
        assert (await api.send("POST", "/reflections", json={"kind": "text", "text": "words"}, headers=head)).is_success
    [exchange] = [span for span in taken.spans if attributes_of(span).get("journal.request_id") == "asked-once"]
    [database] = [span for span in taken.spans if span.trace_id == exchange.trace_id and span.name == DATABASE_SPAN]
    assert len([span for span in taken.spans if span.trace_id == exchange.trace_id]) == 2
    assert exchange.name == "create_reflection"
    assert attributes_of(exchange) == {
        "journal.operation": "create_reflection",
        "http.response.status_code": 201,
        "journal.request_id": "asked-once",
    }
    found = attributes_of(database)
    assert database.parent_span_id == exchange.span_id
    assert exchange.start_time_unix_nano <= database.start_time_unix_nano <= database.end_time_unix_nano
    assert database.end_time_unix_nano <= exchange.end_time_unix_nano + 1_000_000
    assert "insert_reflection" in found["journal.statements"]
    assert "insert_ledger" in " ".join(found["journal.statements"])
    assert found["journal.rows"] >= 2
    assert {name for span in taken.spans for name in attributes_of(span)} <= ALLOWED
    assert {span.name for span in taken.spans} - {DATABASE_SPAN} == {
        attributes_of(span)["journal.operation"] for span in taken.spans if span.name != DATABASE_SPAN
    }


async def test_a_refusal_is_told_by_its_code_and_asks_nothing(own: Settings, taken: Collector) -> None:
    async with application(traced(own, taken)) as api:
        await api.send("GET", "/me")
        await api.send("GET", "/nowhere")
    [span] = taken.spans
    assert attributes_of(span)["error.type"] == "unauthenticated"
    assert attributes_of(span)["http.response.status_code"] == 401
    assert (len(span.events), span.status.message) == (0, "")


async def test_a_trace_is_taken_in_and_what_else_was_said_of_it_is_dropped(own: Settings, taken: Collector) -> None:
    async with application(traced(own, taken)) as api:
        head = {"traceparent": f"00-{TRACE_ID}-{PARENT}-00", "tracestate": "somebody=Zephyrine", "baggage": "a=b"}
        await api.send("GET", "/me", headers=head)
        await api.send("GET", "/me", headers={"traceparent": "00-Zephyrine-b7ad6b7169203331-01"})
    first, second = taken.spans
    assert (first.trace_id.hex(), first.parent_span_id.hex(), first.trace_state) == (TRACE_ID, PARENT, "")
    assert second.parent_span_id == b""
    assert second.trace_id.hex() != TRACE_ID


async def test_the_part_that_is_sent_is_chosen_here_and_every_request_has_a_trace(
    own: Settings, taken: Collector
) -> None:
    stream = io.StringIO()
    before = logging.getLogger().handlers[:]
    logs.configure("debug")
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    try:
        async with application(traced(own, taken, 0.0)) as api:
            await api.send("GET", "/me", headers={"traceparent": f"00-{TRACE_ID}-{PARENT}-01"})
            logs.write_out()
    finally:
        logging.getLogger().handlers[:] = before
    assert taken.spans == []
    [line] = [json.loads(line) for line in stream.getvalue().splitlines() if '"request"' in line]
    assert (line["trace_id"], line["route"]) == (TRACE_ID, "/v1/me")


async def test_a_trace_id_that_a_client_has_chosen_sends_nothing(own: Settings, taken: Collector) -> None:
    """The smallest trace id is below any part of all ids; one draw in a thousand millions is below this ratio."""
    async with application(traced(own, taken, 1e-9)) as api:
        await api.send("GET", "/me", headers={"traceparent": f"00-{1:032x}-{PARENT}-01"})
    assert taken.spans == []


@pytest.mark.parametrize("flags", ["00", "01"])
@pytest.mark.parametrize("trace_id", [f"{1:032x}", "f" * 32], ids=["lowest", "highest"])
def test_each_request_is_one_draw(trace_id: str, flags: str) -> None:
    draws = iter([0.0, 0.25, 0.75])
    sampler = drawn_here(0.25, draws.__next__)
    asked = TraceContextTextMapPropagator().extract({"traceparent": f"00-{trace_id}-{PARENT}-{flags}"})
    drawn = [sampler.should_sample(asked, int(trace_id, 16), "read_me").decision for _ in range(3)]
    assert drawn == [Decision.RECORD_AND_SAMPLE, Decision.DROP, Decision.DROP]


class Stuck(SpanExporter):
    """A collector that takes what it is given, and answers when the test lets it."""

    def __init__(self) -> None:
        self.answering = threading.Event()
        self.is_closed = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:  # noqa: ARG002  the name it has there
        self.answering.wait(STUCK_SECONDS)
        return SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        self.answering.wait(STUCK_SECONDS)
        self.is_closed = True


async def test_a_collector_that_hangs_stops_neither_the_loop_nor_the_end() -> None:
    stuck = Stuck()
    tracing = Tracing("http://127.0.0.1:4318/v1/traces", 1.0, stuck)
    tracing._tracer.start_span("read_me").end()
    try:
        await tracing.close(0)
        assert not stuck.is_closed
    finally:
        stuck.answering.set()
    await until_async(lambda: stuck.is_closed, "the exporter's end, beside the loop")


async def test_an_event_in_a_request_has_its_trace_and_one_elsewhere_has_none(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "integration_api")
    TRACE.set(None)  # a test before asked in the task that runs this one too
    logs.event("outside")

    async def within() -> None:
        TRACE.set(TraceContext(TRACE_ID, f"00-{TRACE_ID}-{PARENT}-01"))
        logs.event("inside")

    await asyncio.create_task(within())
    fields = {record.msg: vars(record)["fields"] for record in caplog.records}
    assert fields == {"outside": {}, "inside": {"trace_id": TRACE_ID}}
    assert trace_headers() == {}


async def test_a_trace_is_passed_on_to_the_issuer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one request of ours that a request waits for: the keys of an issuer."""
    given: list[str | None] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        given.append(next((line[13:] for line in head.split("\r\n") if line.startswith("traceparent: ")), None))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/keys"

    async def within() -> None:
        TRACE.set(TraceContext(TRACE_ID, f"00-{TRACE_ID}-{PARENT}-01"))
        await issuer._get_json(address)

    TRACE.set(None)  # as above
    await issuer._get_json(address)
    await asyncio.create_task(within())
    server.close()
    await server.wait_closed()
    assert given == [None, f"00-{TRACE_ID}-{PARENT}-01"]


def test_spans_are_sent_over_tls_or_on_this_machine(tmp_path: Path) -> None:
    for fine in ("https://collector.example.org/v1/traces", "http://127.0.0.1:4318/v1/traces"):
        assert Settings(data_dir=tmp_path, traces_endpoint=fine).traces_endpoint == fine
    with pytest.raises(ValidationError, match="must be https"):
        Settings(data_dir=tmp_path, traces_endpoint="http://collector.example.org/v1/traces")
    assert settings_of(tmp_path).traces_endpoint is None
    assert SERVICE == "integration-journal"


def test_what_is_not_on_the_list_is_dropped() -> None:
    given = {OPERATION: "read_me", "url.full": "https://example.org/patients/1", "exception.message": "Zephyrine"}
    assert _allowed(given) == {OPERATION: "read_me"}
