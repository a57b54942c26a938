"""Which requests have their spans sent: drawn here, whatever a client says of its trace. Loaded with traces alone."""

from collections.abc import Callable, Sequence

from opentelemetry.context import Context
from opentelemetry.sdk.trace.sampling import Decision, ParentBased, Sampler, SamplingResult
from opentelemetry.trace import Link, SpanKind, TraceState
from opentelemetry.util.types import Attributes


class _Drawn(Sampler):
    """A part of all spans, at random. The library's own goes by the trace id, which a client may choose."""

    def __init__(self, ratio: float, draw: Callable[[], float]) -> None:
        self._ratio, self._draw = ratio, draw

    def should_sample(
        self,
        parent_context: Context | None,  # noqa: ARG002  the signature is the library's
        trace_id: int,  # noqa: ARG002  as above
        name: str,  # noqa: ARG002  as above
        kind: SpanKind | None = None,  # noqa: ARG002  as above
        attributes: Attributes = None,
        links: Sequence[Link] | None = None,  # noqa: ARG002  as above
        trace_state: TraceState | None = None,  # noqa: ARG002  as above
    ) -> SamplingResult:
        """Draw, and look at nothing."""
        if self._draw() < self._ratio:
            return SamplingResult(Decision.RECORD_AND_SAMPLE, attributes)
        return SamplingResult(Decision.DROP)

    def get_description(self) -> str:
        """Return its name and the part."""
        return f"Drawn{{{self._ratio}}}"


def drawn_here(ratio: float, draw: Callable[[], float]) -> Sampler:
    """Return what draws once a request, from 0 to below 1. A span within it goes with the request's own."""
    drawn = _Drawn(ratio, draw)
    return ParentBased(drawn, remote_parent_sampled=drawn, remote_parent_not_sampled=drawn)
