"""Reading the timeline of a chart."""

from collections.abc import Iterator
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.texts import first_words
from integration_api.resources.journal.reflections.contents import texts_of
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.views.timeline import statements as sql
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.resources.views.timeline.schemas import Shown, TimelineFilter, TimelineItem
from integration_api.resources.views.timeline.statements import TimelineRow
from integration_api.web.paging import Page, Window, first_rows


async def read_timeline(work: Work, window: Window, patient_id: UUID, only: TimelineFilter) -> Page[TimelineItem]:
    """Return what the actor may see of one chart, newest first. Raises NotFound."""
    kinds = only.kinds
    found = await work.page(
        sql.READ_TIMELINE,
        window,
        lambda row: (row.at, row.id),
        present,
        until=only.happened_to,
        patient_id=patient_id,
        happened_from=only.happened_from,
        happened_to=only.happened_to,
        **vars(Shown(*(kind in kinds for kind in TimelineKind))),
    )
    if not found.items:
        await load_patient(work, patient_id)  # an empty chart, or one that is not theirs to see
    work.record(patient_id=patient_id)
    return found


async def latest(work: Work, patient_id: UUID, kind: TimelineKind, rows: int) -> list[TimelineItem]:
    """Return the latest things of one kind for a screen: as the timeline shows them, which is no reading."""
    found = await work.part(
        sql.READ_TIMELINE,
        patient_id=patient_id,
        happened_from=None,
        happened_to=None,
        **first_rows(rows),
        **vars(Shown(*(kind is shown for shown in TimelineKind))),
    )
    return [present(row) for row in found]


def present(row: TimelineRow) -> TimelineItem:
    """Return an item of a timeline as it is answered."""
    title = first_words(_texts(row))
    return TimelineItem.of(row, kind=TimelineKind(row.kind), title=title, is_disputed=bool(row.note_disagreements))


def _texts(row: TimelineRow) -> Iterator[str | None]:
    """Yield the texts of an item, the first words of which are its title."""
    yield row.plan_title
    yield row.strategy_title
    yield row.goal_title
    yield row.summary_title
    if row.note_sections is not None:
        yield from row.note_sections.values()
    if row.reflection_content is not None:
        yield from texts_of(row.reflection_content)
