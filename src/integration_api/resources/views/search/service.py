"""Finding words in one chart."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.sessions.setting_schemas import setting_texts
from integration_api.resources.journal.notes.shown_notes import disagreements
from integration_api.resources.journal.reflections.contents import texts_of
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.views.search import statements as sql
from integration_api.resources.views.search.rules import passage, words_of
from integration_api.resources.views.search.schemas import ChartSearch, Found, FoundKind, LookedThrough
from integration_api.resources.views.search.statements import SearchedRow
from integration_api.web.paging import Page, Window


async def search_chart(work: Work, window: Window, patient_id: UUID, body: ChartSearch) -> Page[Found]:
    """Return what has the words, of the `window.limit` things that were looked through. Raises NotFound."""
    asked = body.kinds or list(FoundKind)
    shown = LookedThrough(*(kind in asked for kind in FoundKind))
    found = await work.page(
        sql.SEARCH_CHART,
        window,
        lambda row: (row.at, row.id),
        partial(_found, words=words_of(body.words)),
        patient_id=patient_id,
        happened_from=None,
        happened_to=None,
        **vars(shown),
    )
    if not found.items:
        await load_patient(work, patient_id)  # an empty chart, or one that is not theirs to see
    work.record(patient_id=patient_id)
    return Page[Found](items=[item for item in found.items if item], next_cursor=found.next_cursor)


def _found(row: SearchedRow, words: tuple[str, ...]) -> Found | None:
    shown = passage(_texts(row), words)
    if shown is None:
        return None
    return Found.of(row, kind=FoundKind(row.kind), passage=shown, disagreements=disagreements(row.disagreements))


def _texts(row: SearchedRow) -> Iterator[str]:
    """Yield the texts of a thing."""
    people = (*(row.distraction or ()), *(row.people_to_ask or ()), *(row.professionals or ()))
    lists = (row.sections or {}, *(row.barriers or ()), *people)
    said = (row.disagreements or (), row.content["insights"] if row.content else ())
    texts = (
        *(row.intention, row.addendum, row.reply, row.plan_title, row.aim, row.strategy_title, row.description),
        *(row.if_cue, row.then_action, *(row.supports or ()), row.context, row.goal_title, *(row.levels or ())),
        *(row.event_text, row.event_action, row.treatment, row.medicine_name, row.medicine_dose),
        *(row.warning_signs or ()),
        *(row.internal_coping or ()),
        *(row.means_safety or ()),
        *(row.reason_for_living, row.summary_title, row.summary),
        *(texts_of(row.content) if row.content else ()),
        *(row.content["tags"] if row.content else ()),
        *(text for texts in lists for text in texts.values()),
        *setting_texts(row.set_and_setting),
        *(str(one["text"]) for listed in said for one in listed),
    )
    yield from (text for text in texts if text)
