"""Making a copy for a record request, handing it over, and downloading it. The job of exports makes it."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_account, tell_role
from integration_api.access.references import not_found
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.attention.inbox import service as inbox
from integration_api.resources.attention.inbox.tables import InboxKind
from integration_api.resources.journal.attachments.downloads import Download
from integration_api.resources.journal.record_requests import statements as requests_sql
from integration_api.resources.journal.record_requests.rules import RecordRequestState
from integration_api.resources.journal.record_requests.schemas import RecordRequest
from integration_api.resources.journal.record_requests.service import (
    RecordRequestClosed,
    answer_request,
    load_to_answer,
)
from integration_api.resources.journal.record_requests.service import present as present_request
from integration_api.resources.journal.record_requests.tables import RecordRequestToAnswer
from integration_api.resources.oversight.exports.rules import MAX_A_DAY, PER
from integration_api.resources.oversight.exports.schemas import ExportCreate
from integration_api.resources.oversight.exports.service import (
    ExportInProgress,
    ExportNotReady,
    check_how_often,
    new_export,
    send_content,
    shared_facts,
)
from integration_api.resources.oversight.exports.tables import ExportRow
from integration_api.resources.oversight.record_copies import statements as sql
from integration_api.resources.oversight.record_copies.schemas import RecordCopy, RecordRequestFulfil
from integration_api.resources.oversight.record_copies.statements import RecordCopyRow
from integration_api.resources.people.patients.membership import ProseNotRead
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.web.paging import Page, Window


async def list_record_copies(work: Work, record_request_id: UUID, window: Window) -> Page[RecordCopy]:
    """List the copies for one request, newest first; for the patient, those that were handed over. Raises NotFound."""
    request = await work.get(requests_sql.READ_RECORD_REQUEST, id=record_request_id)
    found = await work.page(
        sql.LIST_RECORD_COPIES,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: present(work, _as_of_now(row)),
        record_request_id=request.id,
    )
    work.record(request.id, request.patient_id)
    return found


async def create_record_copy(work: Work, record_request_id: UUID, body: ExportCreate) -> RecordCopy:
    """Let the job make a copy, with what the actor may read. The privacy officers are told.

    A request that is fulfilled may get another, since a copy expires. Raises NotFound, IdTaken, NotOnCareTeam,
    ProseNotRead, RecordRequestClosed, ExportInProgress, TooManyRequests.
    """
    request = await _load_whole(work, record_request_id)
    if request.state is RecordRequestState.DENIED:
        raise RecordRequestClosed
    created_after = work.now - PER
    lately = await work.part(
        sql.COPIES_ASKED_LATELY, patient_id=request.patient_id, created_after=created_after, page_rows=MAX_A_DAY
    )
    check_how_often(work, lately)
    row = await new_export(work, body, request.patient_id, request.id)
    work.create(sql.INSERT_RECORD_COPY, row, {"uq_exports_copying": ExportInProgress})
    tell_account(work, work.actor.id, work.operation.recorded, row.id, row.patient_id)
    tell_role(work, Role.PRIVACY_OFFICER, work.operation.recorded, row.id, row.patient_id)
    work.record(row.id, row.patient_id)
    return present(work, row)


async def read_record_copy(work: Work, record_copy_id: UUID) -> RecordCopy:
    """Return one copy, and how far it is. Raises NotFound."""
    row = _as_of_now(await work.get(sql.READ_RECORD_COPY, id=record_copy_id))
    work.record(row.id, row.patient_id)
    return present(work, row)


async def read_record_copy_content(work: Work, record_copy_id: UUID, wanted: str | None) -> Download:
    """Return the file as a stream. Raises as the download of an export."""
    return await send_content(work, _as_of_now(await work.get(sql.READ_RECORD_COPY, id=record_copy_id)), wanted)


async def fulfil_record_request(
    work: Work, record_request_id: UUID, body: RecordRequestFulfil, expected_version: int
) -> RecordRequest:
    """Hand over a copy that is ready: from now on its patient sees and downloads it. An open request is answered by it.

    Raises NotFound, NotOnCareTeam, ProseNotRead, StaleVersion, RecordRequestClosed, ExportNotReady.
    """
    request = await _load_whole(work, record_request_id)
    check_version(request, expected_version)
    if request.state is RecordRequestState.DENIED:
        raise RecordRequestClosed
    row = await work.one(sql.READ_RECORD_COPY, id=body.copy_id)
    if row is None or row.record_request_id != request.id:
        raise not_found("copy_id")
    if row.handed_over_at is not None:
        raise RecordRequestClosed
    if present(work, _as_of_now(row)).state is not ExportState.READY:
        raise ExportNotReady
    work.revise(sql.HAND_OVER, row, {"handed_over_at": work.now}, missed=ExportNotReady)
    if request.state is RecordRequestState.OPEN:
        return answer_request(work, request, RecordRequestState.FULFILLED)
    inbox.tell_patient(work, request.patient_id, InboxKind.RECORD_REQUEST_ANSWERED, request.id)
    work.record(request.id, request.patient_id)
    return present_request(request)


async def _load_whole(work: Work, record_request_id: UUID) -> RecordRequestToAnswer:
    """Return a request about a chart of which the actor reads all. Raises NotFound, NotOnCareTeam, ProseNotRead."""
    request = await load_to_answer(work, record_request_id)
    if not request.reads_prose:
        raise ProseNotRead
    return request


def _as_of_now(row: RecordCopyRow) -> RecordCopyRow:
    """Return a copy as it counts now: one with a note that was withheld since has expired."""
    return row.model_copy(update={"state": ExportState.EXPIRED}) if row.is_outdated and row.ready_at else row


def present(work: Work, row: ExportRow) -> RecordCopy:
    """Return a copy without its key."""
    return RecordCopy.of(row, made_by_id=row.account_id, **shared_facts(work, row))
