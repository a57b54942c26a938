"""Lists of reflections: whole ones, which count as read when staff is shown them, and summaries, which do not."""

from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.rules import edited_since_review
from integration_api.resources.journal.reflections.schemas import (
    Reflection,
    ReflectionFilter,
    ReflectionSummary,
    ReflectionView,
    Shown,
)
from integration_api.resources.journal.reflections.service import present, seen
from integration_api.resources.journal.reflections.tables import ReflectionFactsRow, ReflectionSummaryRow
from integration_api.resources.journal.reflections.tags import token_of
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window

_NEEDS_CHART = "give the patient too, because each chart keeps its tags by a key of its own"


async def list_reflections(
    work: Work, window: Window, only: ReflectionFilter, shown: Shown
) -> Page[Reflection | ReflectionSummary]:
    """Return the patient's own, or what is shared in the charts that staff may see; newest first. Raises Invalid."""
    patient_id = only.patient_id or work.actor.patient_id
    token = await _token(work, patient_id, shown.tag)
    is_summary = shown.view is ReflectionView.SUMMARY
    found = await (_summaries if is_summary else _whole)(work, window, only, patient_id, token)
    work.record_list(
        [item.patient_id for item in found.items],
        event=operations.REFLECTION_SUMMARIES_LISTED if is_summary else None,
        is_private=work.actor.is_patient,
    )
    return found


async def _token(work: Work, patient_id: UUID | None, tag: str | None) -> bytes | None:
    if tag is None:
        return None
    if patient_id is None:
        raise Invalid(errors=[{"field": "query.patient_id", "code": "missing", "message": _NEEDS_CHART}])
    return await token_of(work, patient_id, tag)


async def _whole(
    work: Work, window: Window, only: ReflectionFilter, patient_id: UUID | None, token: bytes | None
) -> Page[Reflection | ReflectionSummary]:
    if token is None:
        return await work.page(
            sql.LIST_REFLECTIONS if patient_id else sql.LIST_TEAM_REFLECTIONS,
            window,
            _position,
            lambda row: present(work, seen(work, row)),
            until=only.written_before,
            **{**vars(only), "patient_id": patient_id},
        )
    return await work.page(
        sql.LIST_TAGGED_REFLECTIONS,
        window,
        _position,
        lambda row: present(work, seen(work, row)),
        until=only.written_before,
        token=token,
        **{**vars(only), "patient_id": patient_id},
    )


async def _summaries(
    work: Work, window: Window, only: ReflectionFilter, patient_id: UUID | None, token: bytes | None
) -> Page[Reflection | ReflectionSummary]:
    if token is None:
        return await work.page(
            sql.LIST_SUMMARIES if patient_id else sql.LIST_TEAM_SUMMARIES,
            window,
            _position,
            _present_summary,
            until=only.written_before,
            **{**vars(only), "patient_id": patient_id},
        )
    return await work.page(
        sql.LIST_TAGGED_SUMMARIES,
        window,
        _position,
        _present_summary,
        until=only.written_before,
        token=token,
        **{**vars(only), "patient_id": patient_id},
    )


def _position(row: ReflectionFactsRow) -> tuple[datetime, UUID]:
    return row.happened_at, row.id


def _present_summary(row: ReflectionSummaryRow) -> ReflectionSummary:
    return ReflectionSummary.of(
        row, **row.outline, edited_since_review=edited_since_review(row.reviewed_at, row.edited_at)
    )
