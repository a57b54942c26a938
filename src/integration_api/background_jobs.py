"""The jobs of a process beside its requests, each at an interval of the settings; 0 leaves it out."""

from asyncio import Event
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from typing import Any

from integration_api.access import queues
from integration_api.access.runtime import Runtime
from integration_api.core.tasks import in_background
from integration_api.fhir.bulk_exporter import BulkExporter
from integration_api.fhir.chart_lines import chart_lines
from integration_api.resources.attention.flags import flag_clock
from integration_api.resources.attention.flags.flag_clock import FlagClock
from integration_api.resources.delivery.channels.means import notifying
from integration_api.resources.delivery.webhooks import job as webhook_job
from integration_api.resources.delivery.webhooks.job import Job
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.resources.journal.attachments import sweeper
from integration_api.resources.journal.attachments.sweeper import Sweeper
from integration_api.resources.oversight.exports.exporter import Exporter
from integration_api.resources.oversight.exports.printers import Printer
from integration_api.resources.oversight.research_exports.research_exporter import ResearchExporter
from integration_api.settings import Settings


@asynccontextmanager
async def running_jobs(runtime: Runtime, settings: Settings) -> AsyncIterator[None]:
    """Deliver webhooks and notifications, forget unfinished uploads, make exports, and let the clock of flags go."""
    webhooks = Job(runtime, Sender(settings.webhook_test_hosts))
    exports = Exporter(runtime, chart_lines, Printer() if settings.export_pdf else None)
    async with (
        notifying(runtime, settings),
        _at(settings.webhook_seconds, webhooks.run, webhook_job.END_SECONDS),
        _at(settings.attachment_sweep_seconds, Sweeper(runtime).run, sweeper.END_SECONDS),
        _at(settings.export_seconds, exports.run, queues.END_SECONDS),
        _at(settings.export_seconds, BulkExporter(runtime).run, queues.END_SECONDS),
        _at(settings.export_seconds, ResearchExporter(runtime).run, queues.END_SECONDS),
        _at(settings.flag_seconds, FlagClock(runtime).run, flag_clock.END_SECONDS),
    ):
        yield


def _at(
    seconds: float, run: Callable[[float, Event], Coroutine[Any, Any, None]], end_seconds: float
) -> AbstractAsyncContextManager[None]:
    """Return a job at an interval, which may take `end_seconds` to end; nothing if the interval is 0."""
    return in_background(partial(run, seconds), end_seconds) if seconds else nullcontext()
