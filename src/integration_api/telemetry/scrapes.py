"""The listener that Prometheus visits, and all that it is told there. Loaded only if metrics are wanted."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from integration_api import __version__
from integration_api.settings import Settings
from integration_api.storage.migrations import latest_revision
from integration_api.storage.run_records import Run
from integration_api.telemetry.state import Backlog, State, StateWatch, state_watched

RUNS = {
    Run.BACKUP: ("journal_backup", "backup of the embedded database"),
    Run.BACKUP_CHECK: ("journal_backup_check", "trial of a backup"),
    Run.HEADS: ("journal_heads_exported", "export of the ledger's heads"),
    Run.VERIFY: ("journal_ledger_verified", "check of the ledger"),
}


class StateCollector(Collector):
    """Tells the last look at the state. Without the database there is none, and only `journal_state_seen` is told."""

    def __init__(self, settings: Settings, seen: Callable[[], State | None], clock: Callable[[], datetime]) -> None:
        """`seen` returns the last look."""
        self._settings, self._seen, self._clock = settings, seen, clock

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics."""
        build = GaugeMetricFamily("journal_build_info", "Program and revision.", labels=["version", "revision"])
        build.add_metric([__version__, latest_revision()], 1)
        yield build
        state = self._seen()
        yield GaugeMetricFamily("journal_state_seen", "1 if the state below could be read.", value=int(bool(state)))
        if state is None:
            return
        revision = GaugeMetricFamily("journal_database_revision_info", "Database revision.", labels=["revision"])
        revision.add_metric([state.revision], 1)
        yield revision
        current = int(state.revision == latest_revision())
        yield GaugeMetricFamily("journal_database_revision_current", "1 if this program needs it.", value=current)
        keys = GaugeMetricFamily("journal_master_key_in_use", "Master keys that wrap data keys.", labels=["key_id"])
        for key_id in state.key_ids:
            keys.add_metric([key_id], 1)
        yield keys
        yield GaugeMetricFamily("journal_clinics", "Clinics with rows in the ledger.", value=state.clinics)
        yield from self._backlogs(state)
        yield from self._runs(state)

    def _backlogs(self, state: State) -> Iterator[Metric]:
        now = self._clock()
        yield _number("journal_seal_lag_seconds", "Age of the oldest row without a seal.", state.unsealed.seconds(now))
        yield from _backlog("journal_ledger_unsealed_rows", "Rows of the ledger without a seal", state.unsealed)
        yield from _backlog("journal_tasks_overdue", "Tasks that are past their time", state.overdue)
        age = state.overdue.seconds(now)
        yield _number("journal_task_overdue_seconds", "The longest that a task is past its time.", age)
        yield from _backlog("journal_webhooks_waiting", "Messages of webhooks that are due", state.undelivered)
        age = state.undelivered.seconds(now)
        yield _number("journal_webhook_waiting_seconds", "Age of the oldest message that is due.", age)

    def _runs(self, state: State) -> Iterator[Metric]:
        for run, (name, text) in RUNS.items():
            if run in (Run.BACKUP, Run.BACKUP_CHECK) and not self._settings.is_embedded:
                continue  # a PostgreSQL is backed up by its own programs, which have metrics of their own
            record = state.runs.get(run)
            at, is_well = (record.seconds, record.is_well) if record else (0.0, True)
            yield _number(f"{name}_timestamp_seconds", f"Time of the last {text} that was done; 0: never.", at)
            yield _number(f"{name}_well", f"0 if the last {text} was not done, or found something.", int(is_well))
        verified = state.runs.get(Run.VERIFY)
        findings = verified.findings if verified else 0
        yield _number("journal_seal_broken", "Findings of the last check of the ledger that was done.", findings)


def _number(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _backlog(name: str, text: str, backlog: Backlog) -> Iterator[Metric]:
    yield _number(name, f"{text}.", backlog.waiting)


@asynccontextmanager
async def scraped(
    settings: Settings, watch: StateWatch, registry: CollectorRegistry | None, folder: Path | None
) -> AsyncIterator[None]:
    """Serve metrics meanwhile: those of this process's registry, or those that workers count in a folder.

    Raises OSError if the port cannot be listened on.
    """
    registry = registry or CollectorRegistry()
    if folder is not None:
        MultiProcessCollector(registry, path=str(folder))  # type: ignore[no-untyped-call]  # it has no types
    else:
        ProcessCollector(registry=registry)
    registry.register(StateCollector(settings, lambda: watch.state, watch.clock))
    assert settings.metrics_port is not None  # noqa: S101  who calls has looked
    server, thread = start_http_server(settings.metrics_port, settings.metrics_host, registry)
    try:
        async with state_watched(watch):
            yield
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
        thread.join()
