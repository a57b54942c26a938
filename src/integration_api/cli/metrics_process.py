"""The process beside several workers, which Prometheus visits: it adds up what they count, and looks at the state."""

import asyncio
from pathlib import Path

from integration_api.app import open_runtime
from integration_api.settings import Settings
from integration_api.telemetry.counted_events import EVENTS
from integration_api.telemetry.state import StateWatch


def serve_metrics(settings: Settings, folder: Path) -> None:
    """Serve metrics until the process is ended."""

    async def serve() -> None:
        from integration_api.telemetry.scrapes import scraped  # noqa: PLC0415  only if it is asked for

        few = settings.model_copy(update={"postgres_connections": 1})
        async with open_runtime(few) as runtime, scraped(settings, StateWatch(runtime, settings), None, folder):
            await asyncio.Event().wait()

    asyncio.run(serve())


class EndedWorkers:
    """The count that the keeper of several workers keeps: those that ended."""

    def __init__(self, folder: Path) -> None:
        """Count in the folder that the workers count in."""
        from prometheus_client import CollectorRegistry, Counter  # noqa: PLC0415  as above

        name, text = EVENTS["worker_ended"]
        self._folder, self._count = folder, Counter(name, text, registry=CollectorRegistry())

    def ended(self, process: int) -> None:
        """Take a worker out of the numbers of now; what it has counted stays in the sums."""
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415  as above

        self._count.inc()
        mark_process_dead(process, str(self._folder))  # type: ignore[no-untyped-call]  # it has no types
