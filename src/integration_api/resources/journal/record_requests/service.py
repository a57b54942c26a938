"""Asking for a copy of the record, and answering in writing and in time."""

from datetime import datetime
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import unseen_chart
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.journal.amendment_requests.service import AlreadyExtended
from integration_api.resources.journal.record_requests import statements as sql
from integration_api.resources.journal.record_requests.rules import (
    ANSWER_WITHIN,
    EXTENSION,
    AccessDenialGround,
    RecordRequestState,
    is_reviewable,
    rights_after,
)
from integration_api.resources.journal.record_requests.schemas import (
    RecordRequest,
    RecordRequestCreate,
    RecordRequestDeny,
    RecordRequestExtend,
    RecordRequestFilter,
)
from integration_api.resources.journal.record_requests.tables import RecordRequestRow, RecordRequestToAnswer
from integration_api.resources.people.patients.alerts import clinic_of_patient, say
from integration_api.resources.people.patients.membership import NotOnCareTeam
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.monitoring_statements import Told
from integration_api.web.errors import Conflict, Invalid
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Page, Window

_TASK = TaskKind.RECORD_REQUEST_TO_ANSWER


class RecordRequestClosed(Conflict):
    """The request was fulfilled or denied already; an answer stands as it was written."""

    code = "record-request-closed"
    title = "Record request closed"
    remedy = "Show the answer. A new request may be made at any time."


class ExtensionTooLate(Conflict):
    """The time to answer is over; it is extended before that, or not at all."""

    code = "extension-too-late"
    title = "Too late to extend"
    remedy = "Answer the request now."


async def list_record_requests(work: Work, window: Window, only: RecordRequestFilter) -> Page[RecordRequest]:
    """List the requests of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.RECORD_REQUESTS, window, only, present)


async def read_record_request(work: Work, record_request_id: UUID) -> RecordRequest:
    """Return one request. Raises NotFound."""
    row = await work.get(sql.READ_RECORD_REQUEST, id=record_request_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_record_request(work: Work, body: RecordRequestCreate) -> RecordRequest:
    """Ask for a copy of a chart that the actor may see, and open the task to answer.

    Staff write down what came by letter or by word of mouth. Raises NotFound, IdTaken, Invalid.
    """
    received_at = _received_at(work, body)
    row = RecordRequestRow(
        **new_values(work, body, received_at=received_at),
        state=RecordRequestState.OPEN,
        due_at=received_at + ANSWER_WITHIN,
        created_by_id=work.actor.id,
    )
    work.create(sql.INSERT_RECORD_REQUEST, row, missed=unseen_chart)
    told = await _open_task(work, row)
    work.record(row.id, row.patient_id)
    return present(row, told)


async def extend_record_request(
    work: Work, record_request_id: UUID, body: RecordRequestExtend, expected_version: int
) -> RecordRequest:
    """Take 30 days more, once. Raises as `load_open`, AlreadyExtended, ExtensionTooLate."""
    row = await load_open(work, record_request_id, expected_version)
    if row.extended_at is not None:
        raise AlreadyExtended
    if row.due_at < work.now:
        raise ExtensionTooLate
    values = {"due_at": row.due_at + EXTENSION, "extended_at": work.now, "extension_reason": body.reason}
    changed = work.revise(sql.EXTEND_RECORD_REQUEST, row, values)
    await _open_task(work, changed)
    inbox.tell_patient(work, row.patient_id, InboxKind.RECORD_REQUEST_ANSWERED, row.id)
    work.record(row.id, row.patient_id)
    return present(changed)


async def deny_record_request(
    work: Work, record_request_id: UUID, body: RecordRequestDeny, expected_version: int
) -> RecordRequest:
    """Deny a request in writing, with its ground. Raises as `load_open`."""
    row = await load_open(work, record_request_id, expected_version)
    return answer_request(work, row, RecordRequestState.DENIED, body.answer, body.ground)


async def load_open(work: Work, record_request_id: UUID, expected_version: int) -> RecordRequestRow:
    """Return an open request at this version. Raises as `load_to_answer`, StaleVersion, RecordRequestClosed."""
    row = await load_to_answer(work, record_request_id)
    check_version(row, expected_version)
    if row.state is not RecordRequestState.OPEN:
        raise RecordRequestClosed
    return row


async def load_to_answer(work: Work, record_request_id: UUID) -> RecordRequestToAnswer:
    """Return a request that the actor may answer, who is on the care team. Raises NotFound, NotOnCareTeam."""
    row = await work.get(sql.READ_RECORD_REQUEST_TO_ANSWER, id=record_request_id)
    if not row.is_member:
        raise NotOnCareTeam
    return row


def answer_request(
    work: Work,
    row: RecordRequestRow,
    state: RecordRequestState,
    answer: str | None = None,
    ground: AccessDenialGround | None = None,
) -> RecordRequest:
    """Close an open request, settle its task, and tell the patient."""
    values = {"state": state, "answer": answer, "denial_ground": ground}
    closed = {"answered_at": work.now, "answered_by_id": work.actor.id}
    changed = work.revise(sql.ANSWER_RECORD_REQUEST, row, {**values, **closed})
    worklist.settle(work, row.patient_id, row.id, _TASK)
    inbox.tell_patient(work, row.patient_id, InboxKind.RECORD_REQUEST_ANSWERED, row.id)
    work.record(row.id, row.patient_id)
    return present(changed)


def _received_at(work: Work, body: RecordRequestCreate) -> datetime:
    """Return when the clinic received it: now, or what staff say. Raises Invalid."""
    if body.received_at is None:
        return work.now
    if work.actor.is_patient:
        message = "only staff say when they received a request"
        raise Invalid(errors=[{"field": "body.received_at", "code": "staff_only", "message": message}])
    check_not_in_future("body.received_at", body.received_at, work.now)
    return body.received_at


async def _open_task(work: Work, row: RecordRequestRow) -> Monitoring | None:
    """Open the task to answer, or move it to a later end; return what a patient is told of it."""
    waiting = await worklist.open_for_team(work, row.patient_id, _TASK, row.id, row.due_at, is_moved=True)
    if not work.actor.is_patient:
        return None
    return say(work, Told(waiting, Urgency.ROUTINE, row.due_at, await clinic_of_patient(work)))


def present(row: RecordRequestRow, monitoring: Monitoring | None = None) -> RecordRequest:
    """Return a request; a denial tells the patient's rights."""
    ground = row.denial_ground
    return RecordRequest.of(
        row,
        is_reviewable=None if ground is None else is_reviewable(ground),
        rights=None if ground is None else rights_after(ground),
        monitoring=monitoring,
    )
