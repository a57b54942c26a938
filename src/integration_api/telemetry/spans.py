"""Traces: two spans a request, made by hand, with attributes from a list. Loaded only if they are wanted.

One span is the exchange. The other is all that it asked of the database; a request that asks nothing has none. No
library instruments anything by itself: those write addresses, which hold ids of people.
"""

import asyncio
import json
import random
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, format_span_id, format_trace_id, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from integration_api import __version__
from integration_api.access.route import ActionRoute
from integration_api.core.trace_context import TRACE, TraceContext
from integration_api.storage.traced_database import STEP, DatabaseStep
from integration_api.telemetry.sampler import drawn_here
from integration_api.web.problems import PROBLEM, request_id_of

SERVICE: Final = "integration-journal"
OPERATION: Final = "journal.operation"
STATUS: Final = "http.response.status_code"
ERROR: Final = "error.type"
REQUEST: Final = "journal.request_id"
STATEMENTS: Final = "journal.statements"
ROWS: Final = "journal.rows"
ALLOWED: Final = frozenset({OPERATION, STATUS, ERROR, REQUEST, STATEMENTS, ROWS})
"""Every attribute that a span may have: words of ours, numbers, and the id of a request. Nothing of a person."""
DATABASE_SPAN: Final = "database"
_SERVER_ERROR = 500
_EXPORT_SECONDS = 5.0
_CLOSE_SECONDS = 2.0
_DRAW = random.SystemRandom().random


class Tracing:
    """The spans of one process, which are sent in the background and lost if nobody takes them."""

    def __init__(
        self,
        endpoint: str,
        ratio: float,
        exporter: SpanExporter | None = None,
        draw: Callable[[], float] = _DRAW,
    ) -> None:
        """Send to `endpoint` the spans of a part of all requests. It has a thread: make it after a fork."""
        exporter = exporter or OTLPSpanExporter(endpoint, timeout=_EXPORT_SECONDS)
        resource = Resource({"service.name": SERVICE, "service.version": __version__})
        self._provider = TracerProvider(drawn_here(ratio, draw), resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer(SERVICE, __version__)
        self._propagator = TraceContextTextMapPropagator()

    async def close(self, seconds: float = _CLOSE_SECONDS) -> None:
        """Send what is left, if the collector takes it in time. The process does not wait for its thread to end."""
        loop, closed = asyncio.get_running_loop(), asyncio.Event()

        def close() -> None:
            self._provider.shutdown()
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(closed.set)

        threading.Thread(target=close, name="tracing-closes", daemon=True).start()
        with suppress(TimeoutError):
            await asyncio.wait_for(closed.wait(), seconds)

    async def answer(self, route: ActionRoute, request: Request) -> Response:
        """Answer a request in a span; the trace that it names is taken in, and its wish to be sent is not."""
        span = self._tracer.start_span(
            route.name,
            context=self._parent(request),
            kind=SpanKind.SERVER,
            attributes=_allowed({OPERATION: route.name, REQUEST: request_id_of(request)}),
            record_exception=False,
            set_status_on_exception=False,
        )
        TRACE.set(_context_of(span))
        step = DatabaseStep()
        STEP.set(step)
        try:
            response = await route.answer(request)
            if span.is_recording():
                _describe(span, response)
            return response
        finally:
            STEP.set(None)
            self._tell(step, span)
            span.end()

    def _parent(self, request: Request) -> Context:
        """Return the trace that a request names. What else it says of the trace is its own text, and is dropped."""
        given = request.headers.get("traceparent")
        return self._propagator.extract({"traceparent": given} if given else {}, context=Context())

    def _tell(self, step: DatabaseStep, parent: Span) -> None:
        if not (step.begun_ns and parent.is_recording()):
            return
        span = self._tracer.start_span(
            DATABASE_SPAN,
            context=set_span_in_context(parent, Context()),
            kind=SpanKind.CLIENT,
            attributes=_allowed({STATEMENTS: step.names, ROWS: step.rows}),
            start_time=step.begun_ns,
        )
        span.end(step.ended_ns)


class TracedRoutes:
    """The operations of one application, whose tracing is opened with it."""

    def __init__(self) -> None:
        """Trace nothing yet."""
        self.tracing: Tracing | None = None

    def of(self, route: ActionRoute) -> ASGIApp:
        """Return what answers for a route."""

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope, receive)
            tracing = self.tracing
            response = await (route.answer(request) if tracing is None else tracing.answer(route, request))
            await response(scope, receive, send)

        return serve


def _context_of(span: Span) -> TraceContext:
    found = span.get_span_context()
    trace_id = format_trace_id(found.trace_id)
    return TraceContext(trace_id, f"00-{trace_id}-{format_span_id(found.span_id)}-{found.trace_flags:02x}")


def _describe(span: Span, response: Response) -> None:
    """Say how it ended: its status, and the code of an error of ours, never a text."""
    span.set_attributes(_allowed({STATUS: response.status_code}))
    if response.media_type == PROBLEM:
        span.set_attributes(_allowed({ERROR: str(json.loads(bytes(response.body))["code"])}))
    if response.status_code >= _SERVER_ERROR:
        span.set_status(Status(StatusCode.ERROR))


def _allowed(values: Mapping[str, str | int | list[str]]) -> dict[str, str | int | list[str]]:
    """Return the attributes of the list; what is not on it is dropped."""
    return {name: value for name, value in values.items() if name in ALLOWED}
