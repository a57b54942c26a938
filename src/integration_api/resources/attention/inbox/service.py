"""Tell a patient, and settle it. Slices do it in their own change; the inbox itself is read in `views/home`."""

from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.inbox import statements as sql
from integration_api.resources.attention.inbox.tables import UNIQUE_ITEM, InboxKind, InboxRow, InboxTable
from integration_api.web.errors import NotFound


async def mark_inbox_read(work: Work, item_id: UUID) -> None:
    """Mark an item as read; the first mark counts. Raises NotFound."""
    work.change(sql.MARK_INBOX_READ, missed=NotFound, id=item_id, patient_id=work.actor.patient_id)
    if work.actor.patient_id is not None:
        work.telling.tell(sql.inbox_of(work.actor.patient_id), of=InboxTable)
    work.record(item_id, work.actor.patient_id)


def tell_patient(work: Work, patient_id: UUID, kind: InboxKind, subject_id: UUID) -> None:
    """Tell the patient of what staff do in this step. Patients are told nothing of what they do themselves."""
    if work.actor.is_patient:
        return
    row = InboxRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        patient_id=patient_id,
        kind=kind,
        subject_id=subject_id,
        opened_at=work.now,
    )
    work.change(sql.RENEW_ITEM, row, rows=None)
    work.change(sql.INSERT_ITEM, row, rows=None, conflicts={UNIQUE_ITEM: StartAgain})


def settle(work: Work, patient_id: UUID, subject_id: UUID, kind: InboxKind | None = None) -> None:
    """Take what is about this subject (and of this kind) out of the inbox."""
    work.change(sql.DELETE_ITEMS, rows=None, patient_id=patient_id, subject_id=subject_id, only_kind=kind)
    work.telling.tell(sql.inbox_of(patient_id), of=InboxTable)
