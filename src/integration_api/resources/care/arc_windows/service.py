"""Reading windows of the integration arc. `arc_changes.py` opens and moves them."""

from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.work import Work
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.rules import state_at
from integration_api.resources.care.arc_windows.schemas import ArcWindow, ArcWindowFilter
from integration_api.resources.care.arc_windows.tables import ArcWindowRow
from integration_api.web.paging import Page, Window


async def list_arc_windows(work: Work, window: Window, only: ArcWindowFilter) -> Page[ArcWindow]:
    """List windows of one chart, or of every chart that the actor may see; the latest due first."""
    return await list_charts(work, sql.ARC_WINDOWS, window, only, lambda row: present(work, row))


async def read_arc_window(work: Work, arc_window_id: UUID) -> ArcWindow:
    """Return one window. Raises NotFound."""
    row = await load_arc_window(work, arc_window_id)
    work.record(row.id, row.patient_id)
    return present(work, row)


async def load_arc_window(work: Work, arc_window_id: UUID) -> ArcWindowRow:
    """Return a window of a chart that the actor may see, for other resources. Raises NotFound."""
    return await work.get(sql.READ_ARC_WINDOW, id=arc_window_id)


def present(work: Work, row: ArcWindowRow) -> ArcWindow:
    """Return a window as it is now."""
    return ArcWindow.of(row, state=state_at(row.state, row.closes_at, work.now))
