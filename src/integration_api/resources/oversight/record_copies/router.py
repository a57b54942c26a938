"""`/record-requests/{record_request_id}/copies`, `/record-copies`, and fulfilling a request."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.attachments.downloads import CONTENT, Download
from integration_api.resources.journal.attachments.schemas import RangeHeader
from integration_api.resources.journal.record_requests.schemas import RecordRequest
from integration_api.resources.journal.record_requests.service import RecordRequestClosed
from integration_api.resources.oversight.exports.schemas import ExportCreate
from integration_api.resources.oversight.exports.service import ExportInProgress, ExportNotReady
from integration_api.resources.oversight.record_copies import operations, service
from integration_api.resources.oversight.record_copies.schemas import RecordCopy, RecordRequestFulfil
from integration_api.resources.people.patients.membership import NotOnCareTeam, ProseNotRead
from integration_api.web.errors import IdTaken, StepUpRequired, TooManyRequests
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/record-requests/{record_request_id}/copies")
async def list_record_copies(
    record_request_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_RECORD_COPIES)]
) -> Page[RecordCopy]:
    """List the copies for one request, newest first. The patient sees those that were handed over."""
    return await service.list_record_copies(work, record_request_id, page)


@router.post(
    "/record-requests/{record_request_id}/copies",
    status_code=202,
    responses=problems(
        IdTaken, StepUpRequired, NotOnCareTeam, ProseNotRead, RecordRequestClosed, ExportInProgress, TooManyRequests
    ),
)
async def create_record_copy(
    record_request_id: Id, body: ExportCreate, work: Annotated[Work, allow(operations.CREATE_RECORD_COPY)]
) -> RecordCopy:
    """Make a copy of the record for a request, in the background. It has what you and the patient may both read.

    Stay signed in until it is ready. Look at it, then fulfil the request with it.
    """
    return work.tagged(await service.create_record_copy(work, record_request_id, body))


@router.post(
    "/record-requests/{record_request_id}/fulfil",
    responses=problems(NotOnCareTeam, ProseNotRead, RecordRequestClosed, ExportNotReady),
)
async def fulfil_record_request(
    record_request_id: Id,
    body: RecordRequestFulfil,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.FULFIL_RECORD_REQUEST)],
) -> RecordRequest:
    """Answer a request with a copy, or hand over another. The patient is told, and may download it from now on."""
    return work.tagged(await service.fulfil_record_request(work, record_request_id, body, expected_version))


@router.get("/record-copies/{record_copy_id}")
async def read_record_copy(record_copy_id: Id, work: Annotated[Work, allow(operations.READ_RECORD_COPY)]) -> RecordCopy:
    """Read how far a copy is, and what it leaves out."""
    return work.tagged(await service.read_record_copy(work, record_copy_id))


@router.get(
    "/record-copies/{record_copy_id}/content",
    response_model=None,
    response_class=Download,
    responses={**CONTENT, **problems(StepUpRequired, ExportNotReady, TooManyRequests)},
)
async def read_record_copy_content(
    record_copy_id: Id,
    work: Annotated[Work, allow(operations.READ_RECORD_COPY_CONTENT)],
    wanted: RangeHeader = None,
) -> Download:
    """Download a copy, a zip: the patient, or staff who hand it over. Each download is in the patient's access log."""
    return await service.read_record_copy_content(work, record_copy_id, wanted)
