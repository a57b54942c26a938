"""Metrics of one process, as Prometheus counts them. Loaded only if they are wanted.

The only labels are the operation and the class of the status. A series is looked up once and kept, so that counting
takes about a microsecond.
"""

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

from integration_api.telemetry.counted_events import EVENTS, JOBS, JOBS_FAILED
from integration_api.telemetry.metered_wire import Number

LABELS = ("operation", "status")
NONE = "none"
"""The operation of a request that is for none; the status of one that was never answered."""
SIGN_INS = frozenset({"sign_in", "sign_in_with_passkey"})
_UNAUTHENTICATED = 401
_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5)
_DATABASE_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.025, 0.1, 1.0)
_ITEMS = (1, 2, 4, 8, 16, 32, 64)
disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, of no use


class Meters:
    """The metrics of one process."""

    def __init__(self, operations: Mapping[tuple[str, str], str], registry: CollectorRegistry) -> None:
        """`operations` names the operation of each method and path template."""
        self._operations, self.registry = operations, registry
        self._requests = Histogram(
            "journal_request_seconds",
            "Seconds until a response began, by operation and class of its status.",
            LABELS,
            buckets=_SECONDS,
            registry=registry,
        )
        self._children: dict[
            tuple[str, str | None, int], tuple[Callable[[float], None], Callable[[], None] | None]
        ] = {}
        self.in_flight: Number = Gauge(
            "journal_requests_in_flight",
            "Requests that have no response yet.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._failures = Counter("journal_sign_in_failures", "Sign-ins that were refused.", registry=registry)
        wait, batch, read, commit = (
            Histogram(f"journal_database_{name}", text, buckets=buckets, registry=registry)
            for name, text, buckets in (
                ("wait_seconds", "Seconds of waiting for a place in a batch or a connection.", _DATABASE_SECONDS),
                ("batch_size", "Items of one round trip or commit.", _ITEMS),
                ("read_seconds", "Seconds of a read, with its wait.", _DATABASE_SECONDS),
                ("commit_seconds", "Seconds of a commit, with its wait.", _DATABASE_SECONDS),
            )
        )
        self.waited, self.batched, self.read, self.committed = (
            wait.observe,
            batch.observe,
            read.observe,
            commit.observe,
        )
        self._events = {event: _counter(*told, registry) for event, told in EVENTS.items()}
        self._jobs = _counter(*JOBS_FAILED, registry)

    def heard(self, event: str, times: int) -> None:
        """Count an event of the log."""
        counter = self._events.get(event) or (self._jobs if event in JOBS else None)
        if counter is not None:
            counter.inc(times)

    def answered(self, method: str, template: str | None, status: int, seconds: float) -> None:
        """Count a response that began, or (status 0) a request that got none."""
        key = method if template else "", template, status  # who asks for nothing may name any method
        found = self._children.get(key)
        if found is None:
            found = self._children[key] = self._series(*key)
        observe, failed = found
        observe(seconds)
        if failed is not None:
            failed()

    def _series(
        self, method: str, template: str | None, status: int
    ) -> tuple[Callable[[float], None], Callable[[], None] | None]:
        operation = self._operations.get(("GET" if method == "HEAD" else method, template or ""), NONE)
        observe = self._requests.labels(operation, f"{status // 100}xx" if status else NONE).observe
        is_failure = operation in SIGN_INS and status == _UNAUTHENTICATED
        return observe, self._failures.inc if is_failure else None


def _counter(name: str, text: str, registry: CollectorRegistry) -> Counter:
    return Counter(name, text, registry=registry)
