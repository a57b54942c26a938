"""Lists of reflections: whole ones, which count as read when staff is shown them, summaries, and earlier texts."""

from datetime import datetime
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import referred_by
from integration_api.access.work import Work
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.reviews import promise_of
from integration_api.resources.journal.reflections.rules import edited_since_review, hours_since
from integration_api.resources.journal.reflections.schemas import (
    Reflection,
    ReflectionFilter,
    ReflectionSearch,
    ReflectionSummary,
    ReflectionVersion,
    ReflectionView,
    Shown,
)
from integration_api.resources.journal.reflections.service import load_reflection, present, record, seen
from integration_api.resources.journal.reflections.tables import (
    ReflectionFactsRow,
    ReflectionSummaryRow,
    ReflectionVersionRow,
)
from integration_api.resources.journal.reflections.tags import token_of
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window


async def list_reflections(
    work: Work, window: Window, only: ReflectionFilter, shown: Shown
) -> Page[Reflection | ReflectionSummary]:
    """Return the patient's own, or what is shared in the charts that staff may see; newest first."""
    is_private = work.actor.is_patient
    if shown.view is ReflectionView.SUMMARY:
        return await list_charts(
            work,
            sql.SUMMARIES,
            window,
            only,
            lambda row: _present_summary(work, row),
            event=operations.REFLECTION_SUMMARIES_LISTED,
            is_private=is_private,
        )
    return await list_charts(
        work, sql.REFLECTIONS, window, only, lambda row: present(work, seen(work, row)), is_private=is_private
    )


async def search_reflections(work: Work, body: ReflectionSearch, window: Window) -> Page[ReflectionSummary]:
    """Return one chart's reflections with a tag, without their text, newest first. Raises NotFound, Invalid."""
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise Invalid(errors=[{"field": "body.patient_id", "code": "missing", "message": "name the patient"}])
    with referred_by("patient_id"):
        await load_patient(work, patient_id)  # before its key: a chart that is not theirs costs what none costs
    found = await work.page(
        sql.SEARCH_REFLECTIONS,
        window,
        _position,
        lambda row: _present_summary(work, row),
        patient_id=patient_id,
        token=await token_of(work, patient_id, body.tag),
    )
    work.record(patient_id=patient_id, is_private=work.actor.is_patient)
    return found


def _position(row: ReflectionFactsRow) -> tuple[datetime, UUID]:
    return row.happened_at, row.id


def _present_summary(work: Work, row: ReflectionSummaryRow) -> ReflectionSummary:
    return ReflectionSummary.of(
        row,
        **row.outline,
        reply_promise=promise_of(work, row),
        in_altered_state=None if row.last_dose_at is None else row.in_altered_state,
        hours_since_dose=hours_since(row.last_dose_at, row.happened_at),
        edited_since_review=edited_since_review(row.reviewed_at, row.edited_at),
    )


async def list_reflection_versions(work: Work, reflection_id: UUID, window: Window) -> Page[ReflectionVersion]:
    """List every text that was handed in or edited since, newest first; for the patient alone. Raises NotFound."""
    row = await load_reflection(work, reflection_id)
    found = await work.page(
        sql.LIST_REFLECTION_VERSIONS,
        window,
        lambda version: (version.saved_at, version.id),
        _present_version,
        patient_id=row.patient_id,
        reflection_id=row.id,
    )
    record(work, row)
    return found


def _present_version(row: ReflectionVersionRow) -> ReflectionVersion:
    return ReflectionVersion.of(row, **{"fragment": None, **row.content})
