"""`/amendment-requests`, and asking at `/notes/{note_id}/amendment-requests`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.amendment_requests import operations, service
from integration_api.resources.journal.amendment_requests.schemas import (
    AmendmentRequest,
    AmendmentRequestAccept,
    AmendmentRequestCreate,
    AmendmentRequestDeny,
    AmendmentRequestExtend,
    AmendmentRequestFilter,
)
from integration_api.resources.journal.amendment_requests.service import AlreadyExtended, RequestAnswered
from integration_api.resources.journal.notes.steps import NoteNotSigned
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/amendment-requests")
async def list_amendment_requests(
    only: Annotated[AmendmentRequestFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_AMENDMENT_REQUESTS)],
) -> Page[AmendmentRequest]:
    """List the requests that you may see, newest first."""
    return await service.list_amendment_requests(work, page, only)


@router.post("/notes/{note_id}/amendment-requests", status_code=201, responses=problems(IdTaken, NoteNotSigned))
async def create_amendment_request(
    note_id: Id,
    body: AmendmentRequestCreate,
    work: Annotated[Work, allow(operations.CREATE_AMENDMENT_REQUEST)],
) -> AmendmentRequest:
    """Ask for an amendment of a signed note. Staff answer within 60 days."""
    return work.tagged(await service.create_amendment_request(work, note_id, body))


@router.get("/amendment-requests/{amendment_request_id}")
async def read_amendment_request(
    amendment_request_id: Id, work: Annotated[Work, allow(operations.READ_AMENDMENT_REQUEST)]
) -> AmendmentRequest:
    """Read one request and its answer."""
    return work.tagged(await service.read_amendment_request(work, amendment_request_id))


@router.post("/amendment-requests/{amendment_request_id}/accept", responses=problems(RequestAnswered))
async def accept_amendment_request(
    amendment_request_id: Id,
    body: AmendmentRequestAccept,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ACCEPT_AMENDMENT_REQUEST)],
) -> AmendmentRequest:
    """Grant a request in writing. The author amends the note."""
    return work.tagged(await service.accept_amendment_request(work, amendment_request_id, body, expected_version))


@router.post("/amendment-requests/{amendment_request_id}/deny", responses=problems(RequestAnswered))
async def deny_amendment_request(
    amendment_request_id: Id,
    body: AmendmentRequestDeny,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DENY_AMENDMENT_REQUEST)],
) -> AmendmentRequest:
    """Deny a request in writing. The patient is told of the right to a statement of disagreement."""
    return work.tagged(await service.deny_amendment_request(work, amendment_request_id, body, expected_version))


@router.post("/amendment-requests/{amendment_request_id}/extend", responses=problems(RequestAnswered, AlreadyExtended))
async def extend_amendment_request(
    amendment_request_id: Id,
    body: AmendmentRequestExtend,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.EXTEND_AMENDMENT_REQUEST)],
) -> AmendmentRequest:
    """Take 30 days more to answer, once."""
    return work.tagged(await service.extend_amendment_request(work, amendment_request_id, body, expected_version))
