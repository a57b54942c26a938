"""Reading the timeline of a chart."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.views.timeline import statements as sql
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.resources.views.timeline.schemas import TimelineFilter, TimelineItem
from integration_api.resources.views.timeline.statements import TimelineRow
from integration_api.web.paging import Page, Window


async def read_timeline(work: Work, window: Window, patient_id: UUID, only: TimelineFilter) -> Page[TimelineItem]:
    """Return what the actor may see of one chart, newest first. Raises NotFound."""
    found = await work.page(
        sql.READ_TIMELINE, window, lambda row: (row.at, row.id), present, patient_id=patient_id, **vars(only)
    )
    if not found.items:
        await load_patient(work, patient_id)  # an empty chart, or one that is not theirs to see
    work.record(patient_id=patient_id)
    return found


async def latest(work: Work, patient_id: UUID, kind: TimelineKind, rows: int) -> list[TimelineItem]:
    """Return the latest things of one kind for a screen, without their text: it does not count as reading."""
    only = TimelineFilter(kind=kind)
    window = {**Window(rows, None).values(b""), "page_rows": rows}
    found = await work.part(sql.READ_TIMELINE, patient_id=patient_id, **window, **vars(only))
    return [present(row) for row in found]


def present(row: TimelineRow) -> TimelineItem:
    return TimelineItem.of(row, kind=TimelineKind(row.kind))
