"""`/arc-windows` and `/clinic/arc-window-counts`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.arc_windows import operations, service, window_counts
from integration_api.resources.care.arc_windows.schemas import (
    ArcWindow,
    ArcWindowCounts,
    ArcWindowCountsFilter,
    ArcWindowFilter,
)
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/arc-windows")
async def list_arc_windows(
    only: Annotated[ArcWindowFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_ARC_WINDOWS)],
) -> Page[ArcWindow]:
    """List the windows of the integration arc that you may see, the latest due first."""
    return await service.list_arc_windows(work, page, only)


@router.get("/arc-windows/{arc_window_id}")
async def read_arc_window(arc_window_id: Id, work: Annotated[Work, allow(operations.READ_ARC_WINDOW)]) -> ArcWindow:
    """Read one window: what it asks, when it opens and closes, and what became of it."""
    return work.tagged(await service.read_arc_window(work, arc_window_id))


@router.get("/clinic/arc-window-counts")
async def read_arc_window_counts(
    only: Annotated[ArcWindowCountsFilter, Depends()],
    work: Annotated[Work, allow(operations.READ_ARC_WINDOW_COUNTS)],
) -> ArcWindowCounts:
    """Read how many check-ins of the clinic were answered, answered late and missed, by step."""
    return await window_counts.read_arc_window_counts(work, only)
