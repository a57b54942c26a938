"""Metrics, traces, both or none, as the settings ask for. A library that is not asked for is not even loaded."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from integration_api.access.route import ActionRoute
from integration_api.access.runtime import Runtime
from integration_api.core import logs
from integration_api.settings import Settings
from integration_api.storage.fittings import PLAIN, Fittings
from integration_api.telemetry.preparation import MULTIPROCESS
from integration_api.telemetry.state import StateWatch

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from integration_api.telemetry.meters import Meters
    from integration_api.telemetry.spans import TracedRoutes


class Telemetry:
    """The telemetry of one application."""

    def __init__(self) -> None:
        """Ask for nothing yet."""
        self.fittings: Fittings = PLAIN
        self.meters: Meters | None = None
        self.registry: CollectorRegistry | None = None
        self.routes: TracedRoutes | None = None

    def counted(self, wire: ASGIApp) -> ASGIApp:
        """Return the outermost middleware, counted if that is asked for."""
        if self.meters is None:
            return wire
        from integration_api.telemetry.metered_wire import MeteredWire  # noqa: PLC0415  only if it is asked for

        return MeteredWire(wire, self.meters)

    def traced(self, route: ActionRoute) -> ASGIApp:
        """Return what answers for a route, traced if that is asked for."""
        return route.serve if self.routes is None else self.routes.of(route)

    @asynccontextmanager
    async def running(self, settings: Settings, runtime: Runtime) -> AsyncIterator[None]:
        """Count, trace, and serve the metrics of this process meanwhile; of several workers, another process does."""
        if self.meters is None and self.routes is None:
            yield
        elif self.meters is None:
            async with self._tracing(settings):
                yield
        else:
            async with self._tracing(settings), self._metrics(settings, runtime):
                yield

    @asynccontextmanager
    async def _metrics(self, settings: Settings, runtime: Runtime) -> AsyncIterator[None]:
        from integration_api.telemetry.scrapes import scraped  # noqa: PLC0415  as above

        assert self.meters is not None  # noqa: S101  who calls has looked
        with logs.heard_by(self.meters.heard):
            if MULTIPROCESS in os.environ:
                yield
            else:
                async with scraped(settings, StateWatch(runtime, settings), self.registry, None):
                    yield

    @asynccontextmanager
    async def _tracing(self, settings: Settings) -> AsyncIterator[None]:
        if self.routes is None or settings.traces_endpoint is None:
            yield
            return
        from integration_api.telemetry.spans import Tracing  # noqa: PLC0415  as above

        self.routes.tracing = tracing = Tracing(settings.traces_endpoint, settings.traces_ratio)
        try:
            yield
        finally:
            self.routes.tracing = None
            await tracing.close()


def telemetry_of(settings: Settings, operations: Mapping[tuple[str, str], str]) -> Telemetry:
    """Return what the settings ask for; `operations` names the operation of each method and path template."""
    chosen = Telemetry()
    if settings.metrics_port is not None:
        from prometheus_client import CollectorRegistry  # noqa: PLC0415  as above

        from integration_api.storage.metered import MeteredDriver, metered_parts  # noqa: PLC0415  as above
        from integration_api.telemetry.meters import Meters  # noqa: PLC0415  as above

        chosen.registry = CollectorRegistry()
        chosen.meters = meters = Meters(operations, chosen.registry)
        chosen.fittings = Fittings(metered_parts(meters), partial(MeteredDriver, meter=meters))
    if settings.traces_endpoint is not None:
        from integration_api.storage.traced_database import TracedDatabase  # noqa: PLC0415  as above
        from integration_api.telemetry.spans import TracedRoutes  # noqa: PLC0415  as above

        chosen.routes = TracedRoutes()
        chosen.fittings = replace(chosen.fittings, database=TracedDatabase)
    return chosen
