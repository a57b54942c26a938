"""The jobs of a process beside its requests, each at an interval of the settings; 0 leaves it out."""

from asyncio import Event
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any, NamedTuple

from integration_api.access.runtime import Runtime
from integration_api.core.tasks import in_background
from integration_api.resources.attention.flags import flag_clock
from integration_api.resources.attention.flags.flag_clock import FlagClock
from integration_api.resources.delivery.channels.means import notifying
from integration_api.resources.delivery.webhooks import job as webhook_job
from integration_api.resources.delivery.webhooks.job import Job
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.resources.journal.attachments import sweeper
from integration_api.resources.journal.attachments.sweeper import Sweeper
from integration_api.resources.oversight.exports import exporter
from integration_api.resources.oversight.exports.exporter import Exporter
from integration_api.settings import Settings


class _Background(NamedTuple):
    """A job, its interval, and the time that it may take to end."""

    run: Callable[[float, Event], Coroutine[Any, Any, None]]
    seconds: float
    end_seconds: float


@asynccontextmanager
async def running_jobs(runtime: Runtime, settings: Settings) -> AsyncIterator[None]:
    """Deliver webhooks and notifications, forget unfinished uploads, make exports, and let the clock of flags go."""
    webhooks = Job(runtime, Sender(settings.webhook_test_hosts))
    jobs = (
        _Background(webhooks.run, settings.webhook_seconds, webhook_job.END_SECONDS),
        _Background(Sweeper(runtime).run, settings.attachment_sweep_seconds, sweeper.END_SECONDS),
        _Background(Exporter(runtime).run, settings.export_seconds, exporter.END_SECONDS),
        _Background(FlagClock(runtime).run, settings.flag_seconds, flag_clock.END_SECONDS),
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(notifying(runtime, settings))
        for job in jobs:
            if job.seconds:
                await stack.enter_async_context(in_background(partial(job.run, job.seconds), job.end_seconds))
        yield
