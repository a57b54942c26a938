"""The trace of the request that runs now (W3C Trace Context), for log lines and for requests of our own.

Nothing is exported here. Without tracing no request has a trace.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TraceContext:
    """The ids of a trace: random, and about nobody."""

    trace_id: str
    traceparent: str
    """The header for a request of ours: the trace, and the span that makes it."""


TRACE: ContextVar[TraceContext | None] = ContextVar("trace", default=None)


def trace_headers() -> dict[str, str]:
    """Return the header that passes the present trace on; none if there is no trace."""
    found = TRACE.get()
    return {} if found is None else {"traceparent": found.traceparent}
