"""`/record-requests`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.amendment_requests.service import AlreadyExtended
from integration_api.resources.journal.record_requests import operations, service
from integration_api.resources.journal.record_requests.schemas import (
    RecordRequest,
    RecordRequestCreate,
    RecordRequestDeny,
    RecordRequestExtend,
    RecordRequestFilter,
)
from integration_api.resources.journal.record_requests.service import ExtensionTooLate, RecordRequestClosed
from integration_api.resources.people.patients.membership import NotOnCareTeam
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/record-requests")
async def list_record_requests(
    only: Annotated[RecordRequestFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_RECORD_REQUESTS)],
) -> Page[RecordRequest]:
    """List the requests for a copy of the record that you may see, newest first."""
    return await service.list_record_requests(work, page, only)


@router.post("/record-requests", status_code=201, responses=problems(IdTaken))
async def create_record_request(
    body: RecordRequestCreate, work: Annotated[Work, allow(operations.CREATE_RECORD_REQUEST)]
) -> RecordRequest:
    """Ask the clinic for a copy of the record. Staff answer within 30 days.

    A patient needs no request for an export of their own (`POST /v1/me/exports`). Staff write down what came on paper.
    """
    return work.tagged(await service.create_record_request(work, body))


@router.get("/record-requests/{record_request_id}")
async def read_record_request(
    record_request_id: Id, work: Annotated[Work, allow(operations.READ_RECORD_REQUEST)]
) -> RecordRequest:
    """Read one request for a copy of the record, and its answer."""
    return work.tagged(await service.read_record_request(work, record_request_id))


@router.post(
    "/record-requests/{record_request_id}/extend",
    responses=problems(NotOnCareTeam, RecordRequestClosed, AlreadyExtended, ExtensionTooLate),
)
async def extend_record_request(
    record_request_id: Id,
    body: RecordRequestExtend,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.EXTEND_RECORD_REQUEST)],
) -> RecordRequest:
    """Take 30 days more to answer, once and before the time is over. The patient is told why."""
    return work.tagged(await service.extend_record_request(work, record_request_id, body, expected_version))


@router.post("/record-requests/{record_request_id}/deny", responses=problems(NotOnCareTeam, RecordRequestClosed))
async def deny_record_request(
    record_request_id: Id,
    body: RecordRequestDeny,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DENY_RECORD_REQUEST)],
) -> RecordRequest:
    """Deny a copy of the record in writing. The patient is told whether a review is possible, and how to complain."""
    return work.tagged(await service.deny_record_request(work, record_request_id, body, expected_version))
