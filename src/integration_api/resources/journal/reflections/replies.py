"""Answering a shared reflection: replies of the patient and of clinicians, and marking it as reviewed."""

from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import tell_patient_beyond
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.journal.reflections import reply_statements as sql
from integration_api.resources.journal.reflections.reply_schemas import Reply, ReplyCreate
from integration_api.resources.journal.reflections.schemas import Reflection
from integration_api.resources.journal.reflections.service import load_reflection, present, record, seen
from integration_api.resources.journal.reflections.statements import REVIEW_REFLECTION
from integration_api.resources.journal.reflections.submissions import NotShared
from integration_api.resources.journal.reflections.tables import ReflectionFactsRow, ReplyRow, Sharing
from integration_api.resources.people.patients.alerts import open_task, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.web.paging import Page, Window


async def reply_reflection(work: Work, reflection_id: UUID, body: ReplyCreate) -> Reply:
    """Answer a shared reflection. Raises NotFound, NotShared, IdTaken."""
    row = await load_reflection(work, reflection_id)
    if row.sharing is Sharing.PRIVATE:
        raise NotShared
    reply = ReplyRow(
        **new_values(work, body),
        patient_id=row.patient_id,
        reflection_id=row.id,
        author_id=work.actor.id,
        is_patient=work.actor.is_patient,
    )
    work.change(sql.INSERT_REPLY, reply, missed=StartAgain)
    answered = {} if reply.is_patient else {"answered_at": _answered_at(work, row)}
    work.change(sql.COUNT_REPLY, row.model_copy(update=answered), before=row, missed=StartAgain)
    monitoring = None
    if reply.is_patient:
        told = await open_task(work, row.patient_id, TaskKind.REPLY_TO_READ, row.id, release_at=row.release_at)
        monitoring = say(work, told, row.release_at)
    else:
        worklist.settle(work, row.patient_id, row.id, TaskKind.REPLY_MISSED)
    inbox.tell_patient(work, row.patient_id, InboxKind.REPLY_TO_READ, row.id)
    tell_patient_beyond(work, row.patient_id, NotificationKind.REPLY_TO_READ, row.id)
    record(work, row)
    return _present_reply(reply, monitoring)


async def list_reflection_replies(work: Work, reflection_id: UUID, window: Window) -> Page[Reply]:
    """Return the replies to one reflection, newest first. Being shown one is reading. Raises NotFound."""
    row = await load_reflection(work, reflection_id)
    found = await work.page(
        sql.LIST_REPLIES,
        window,
        lambda reply: (reply.created_at, reply.id),
        _present_reply,
        patient_id=row.patient_id,
        reflection_id=row.id,
    )
    if found.items:
        seen(work, row)
    record(work, row)
    return found


async def review_reflection(work: Work, reflection_id: UUID, expected_version: int) -> Reflection:
    """Mark it as reviewed: it waits for nobody any more. Raises NotFound, StaleVersion."""
    row = await load_reflection(work, reflection_id)
    check_version(row, expected_version)
    changed = work.revise(
        REVIEW_REFLECTION,
        row,
        {
            "first_read_at": row.first_read_at or work.now,
            "answered_at": _answered_at(work, row),
            "reviewed_at": work.now,
            "reviewed_by_id": work.actor.id,
        },
        missed=StartAgain,
    )
    worklist.settle(work, row.patient_id, row.id)
    record(work, changed)
    return present(work, changed)


def _answered_at(work: Work, row: ReflectionFactsRow) -> datetime | None:
    """Return when staff answered first since the promise, who answer now; as the Statements say in SQL."""
    is_first = row.answered_at is None or row.promised_at is None or row.answered_at < row.promised_at
    return work.now if is_first else row.answered_at


def _present_reply(row: ReplyRow, monitoring: Monitoring | None = None) -> Reply:
    return Reply.of(row, monitoring=monitoring)
