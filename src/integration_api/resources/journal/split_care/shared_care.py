"""The projection that an outside therapist is shown: it has a place for nothing but the parts that are shared."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.orders.rules import is_review_due, state_of
from integration_api.resources.care.orders.service import ordered
from integration_api.resources.care.orders.tables import OrderRow
from integration_api.resources.journal.notes.shown_notes import disagreements
from integration_api.resources.journal.notes.tables import NoteAddendumRow, NoteRow
from integration_api.resources.journal.split_care import outside_statements as sql
from integration_api.resources.journal.split_care.schemas import (
    PlannedDose,
    RemainingDoses,
    SharedCare,
    SharedCareItem,
    VisitAddendum,
    VisitNote,
)
from integration_api.resources.journal.split_care.service import decides, shares
from integration_api.resources.journal.split_care.tables import SharedPart, SplitCareRow
from integration_api.web.paging import Page, Window, first_rows


async def list_shared_care(work: Work, window: Window) -> Page[SharedCareItem]:
    """List the agreements that show something to the actor now, newest first."""
    found = await work.page(sql.LIST_SHARED_CARE, window, lambda row: (row.created_at, row.id), lambda row: row)
    work.record_list(row.patient_id for row in found.items)
    return Page[SharedCareItem](items=[_item(row) for row in found.items], next_cursor=found.next_cursor)


async def read_shared_care(work: Work, split_care_id: UUID) -> SharedCare:
    """Return the parts that the agreement shares. Raises NotFound unless it shows something to the actor now."""
    row = await work.get(sql.READ_SHARED_CARE, id=split_care_id)
    shared = set(shares(row))
    asked = {"patient_id": row.patient_id, "agreement_id": row.id, **first_rows(sql.MAX_SHOWN)}
    orders: Sequence[OrderRow] = ()
    notes: Sequence[NoteRow] = ()
    addenda: Sequence[NoteAddendumRow] = ()
    if shared & {SharedPart.DOSE_PLAN, SharedPart.REMAINING_DOSES}:
        orders = await work.part(sql.SHARED_ORDERS, **asked)
    if SharedPart.VISIT_NOTES in shared:
        notes = await work.part(sql.SHARED_NOTES, **asked)
    if any(note.addenda_count for note in notes):
        since = min(note.happened_at for note in notes)
        addenda = await work.part(sql.SHARED_ADDENDA, patient_id=row.patient_id, agreement_id=row.id, since=since)
    work.record(row.id, row.patient_id)
    return SharedCare(
        **_item(row).__dict__,
        dose_plan=[_planned(one, work.now) for one in orders] if SharedPart.DOSE_PLAN in shared else None,
        remaining_doses=[_remaining(one, work.now) for one in orders] if SharedPart.REMAINING_DOSES in shared else None,
        visit_notes=[_visit(one, addenda) for one in notes] if SharedPart.VISIT_NOTES in shared else None,
    )


def _item(row: SplitCareRow) -> SharedCareItem:
    return SharedCareItem(
        id=row.id, reference=row.reference, decides=decides(row), shares=shares(row), valid_until=row.valid_until
    )


def _planned(order: OrderRow, now: datetime) -> PlannedDose:
    return {
        "order_id": order.id,
        "route": order.route,
        "amount_min": order.amount_min,
        "amount_max": order.amount_max,
        "unit": order.unit,
        "valid_from": order.valid_from,
        "valid_until": order.valid_until,
        "state": state_of(ordered(order), now),
    }


def _remaining(order: OrderRow, now: datetime) -> RemainingDoses:
    return {
        "order_id": order.id,
        "sessions_authorised": order.sessions_authorised,
        "sessions_used": order.sessions_used,
        "sessions_remaining": max(0, order.sessions_authorised - order.sessions_used),
        "review_due": is_review_due(ordered(order), now),
    }


def _visit(note: NoteRow, addenda: Sequence[NoteAddendumRow]) -> VisitNote:
    added: list[VisitAddendum] = [
        {"id": one.id, "at": one.created_at, "text": one.text} for one in addenda if one.note_id == note.id
    ]
    return {
        "id": note.id,
        "format": note.format,
        "happened_at": note.happened_at,
        "sections": note.sections,
        "addenda": added,
        "disagreements": disagreements(note.disagreements),
    }
