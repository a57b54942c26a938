"""Asking for an amendment of a note, and answering in writing."""

from typing import Any
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.statements import CURRENT_TEAM
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.journal.amendment_requests import statements as sql
from integration_api.resources.journal.amendment_requests.rules import (
    ANSWER_WITHIN,
    EXTENSION,
    RIGHTS,
    AmendmentState,
)
from integration_api.resources.journal.amendment_requests.schemas import (
    AmendmentRequest,
    AmendmentRequestAccept,
    AmendmentRequestCreate,
    AmendmentRequestDeny,
    AmendmentRequestExtend,
    AmendmentRequestFilter,
)
from integration_api.resources.journal.amendment_requests.tables import AmendmentRequestRow
from integration_api.resources.journal.notes import statements as notes_sql
from integration_api.resources.journal.notes.rules import is_final
from integration_api.resources.journal.notes.steps import NoteNotSigned
from integration_api.resources.people.patients.alerts import clinic_of_patient, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.monitoring_statements import Told
from integration_api.web.errors import Conflict
from integration_api.web.paging import Page, Window

_TASK = TaskKind.AMENDMENT_REQUEST_TO_ANSWER


class RequestAnswered(Conflict):
    """The request was answered already; an answer stands as it was written."""

    code = "request-answered"
    title = "Request answered"
    remedy = "Show the answer. A new request may be made about the same note."


class AlreadyExtended(Conflict):
    """The time to answer was extended already, which may be done once."""

    code = "already-extended"
    title = "Extended already"
    remedy = "Answer the request by `due_at`."


async def list_amendment_requests(work: Work, window: Window, only: AmendmentRequestFilter) -> Page[AmendmentRequest]:
    """List the requests of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.AMENDMENT_REQUESTS, window, only, present)


async def read_amendment_request(work: Work, amendment_request_id: UUID) -> AmendmentRequest:
    """Return one request. Raises NotFound."""
    row = await work.get(sql.READ_AMENDMENT_REQUEST, id=amendment_request_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_amendment_request(work: Work, note_id: UUID, body: AmendmentRequestCreate) -> AmendmentRequest:
    """Ask for an amendment of a signed note that the actor may read, and open the task to answer.

    Staff write down what a patient asks by word of mouth or on paper. Raises NotFound, NoteNotSigned, IdTaken.
    """
    note = await work.get(notes_sql.READ_NOTE, id=note_id)
    if not is_final(note.state):
        raise NoteNotSigned(extra={"allowed": []})
    row = AmendmentRequestRow(
        **new_values(work, body),
        patient_id=note.patient_id,
        note_id=note.id,
        state=AmendmentState.OPEN,
        due_at=work.now + ANSWER_WITHIN,
        created_by_id=work.actor.id,
    )
    work.create(sql.INSERT_AMENDMENT_REQUEST, row)
    told = await _open_task(work, row, author_id=note.signed_by_id)
    work.record(row.id, row.patient_id)
    return present(row, told)


async def accept_amendment_request(
    work: Work, amendment_request_id: UUID, body: AmendmentRequestAccept, expected_version: int
) -> AmendmentRequest:
    """Grant a request in writing; its author then amends the note. Raises NotFound, StaleVersion, RequestAnswered."""
    return await _answer(work, amendment_request_id, body, expected_version, {"state": AmendmentState.ACCEPTED})


async def deny_amendment_request(
    work: Work, amendment_request_id: UUID, body: AmendmentRequestDeny, expected_version: int
) -> AmendmentRequest:
    """Deny a request in writing, with its ground. Raises NotFound, StaleVersion, RequestAnswered."""
    denied = {"state": AmendmentState.DENIED, "denial_basis": body.basis}
    return await _answer(work, amendment_request_id, body, expected_version, denied)


async def extend_amendment_request(
    work: Work, amendment_request_id: UUID, body: AmendmentRequestExtend, expected_version: int
) -> AmendmentRequest:
    """Take 30 days more to answer, once. Raises NotFound, StaleVersion, RequestAnswered, AlreadyExtended."""
    row = await _load_open(work, amendment_request_id, expected_version)
    if row.extended_at is not None:
        raise AlreadyExtended
    values = {"due_at": row.due_at + EXTENSION, "extended_at": work.now, "extension_reason": body.reason}
    changed = work.revise(sql.EXTEND_AMENDMENT_REQUEST, row, values)
    await _open_task(work, changed)
    inbox.tell_patient(work, row.patient_id, InboxKind.AMENDMENT_REQUEST_ANSWERED, row.id)
    work.record(row.id, row.patient_id)
    return present(changed)


async def _answer(
    work: Work,
    amendment_request_id: UUID,
    body: AmendmentRequestAccept,
    expected_version: int,
    decided: dict[str, Any],
) -> AmendmentRequest:
    row = await _load_open(work, amendment_request_id, expected_version)
    answered = {"answered_at": work.now, "answered_by_id": work.actor.id, "answer": body.answer}
    changed = work.revise(sql.ANSWER_AMENDMENT_REQUEST, row, {"denial_basis": None, **decided, **answered})
    worklist.settle(work, row.patient_id, row.id, _TASK)
    inbox.tell_patient(work, row.patient_id, InboxKind.AMENDMENT_REQUEST_ANSWERED, row.id)
    work.record(row.id, row.patient_id)
    return present(changed)


async def _load_open(work: Work, amendment_request_id: UUID, expected_version: int) -> AmendmentRequestRow:
    """Return an open request at the version that was read. Raises NotFound, StaleVersion, RequestAnswered."""
    row = await work.get(sql.READ_AMENDMENT_REQUEST, id=amendment_request_id)
    check_version(row, expected_version)
    if row.state is not AmendmentState.OPEN:
        raise RequestAnswered
    return row


async def _open_task(work: Work, row: AmendmentRequestRow, author_id: UUID | None = None) -> Monitoring | None:
    """Open the task to answer, or move it to a later end; return what a patient is told of it.

    It waits for those who read the note, its author among them.
    """
    team = [
        one.model_copy(update={"reads_prose": one.reads_prose or one.account_id == author_id})
        for one in await work.all(CURRENT_TEAM, patient_id=row.patient_id)
    ]
    waiting = await worklist.open_for_team(work, row.patient_id, _TASK, row.id, row.due_at, is_moved=True, team=team)
    if not work.actor.is_patient:
        return None
    return say(work, Told(waiting, Urgency.ROUTINE, row.due_at, await clinic_of_patient(work)))


def present(row: AmendmentRequestRow, monitoring: Monitoring | None = None) -> AmendmentRequest:
    """Return a request; a denial tells the patient's rights."""
    rights = RIGHTS if row.state is AmendmentState.DENIED else None
    return AmendmentRequest.of(row, rights=rights, monitoring=monitoring)
