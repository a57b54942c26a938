"""`/shared-summaries`, their endorsements and their earlier revisions."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.doses.altered_states import AlteredStateHold
from integration_api.resources.journal.shared_summaries import endorsements, operations, service
from integration_api.resources.journal.shared_summaries.endorsements import EndorsementUnchanged, SummaryChanged
from integration_api.resources.journal.shared_summaries.schemas import (
    SharedSummary,
    SharedSummaryCreate,
    SharedSummaryEndorse,
    SharedSummaryFilter,
    SharedSummaryUpdate,
    SharedSummaryVersion,
    SharedSummaryWithdraw,
)
from integration_api.resources.people.patients.membership import NotOnCareTeam
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/shared-summaries")
async def list_shared_summaries(
    only: Annotated[SharedSummaryFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_SHARED_SUMMARIES)],
) -> Page[SharedSummary]:
    """List the shared summaries that you may see, newest first."""
    return await service.list_shared_summaries(work, page, only)


@router.post("/shared-summaries", status_code=201, responses=problems(IdTaken, NotOnCareTeam, AlteredStateHold))
async def create_shared_summary(
    body: SharedSummaryCreate, work: Annotated[Work, allow(operations.CREATE_SHARED_SUMMARY)]
) -> SharedSummary:
    """Begin a summary of a session or of a part of a course. Both sides see it from then on."""
    return work.tagged(await service.create_shared_summary(work, body))


@router.get("/shared-summaries/{shared_summary_id}")
async def read_shared_summary(
    shared_summary_id: Id, work: Annotated[Work, allow(operations.READ_SHARED_SUMMARY)]
) -> SharedSummary:
    """Read one shared summary."""
    return work.tagged(await service.read_shared_summary(work, shared_summary_id))


@router.patch("/shared-summaries/{shared_summary_id}", responses=problems(Superseded, NotOnCareTeam, AlteredStateHold))
async def update_shared_summary(
    shared_summary_id: Id,
    body: SharedSummaryUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_SHARED_SUMMARY)],
) -> SharedSummary:
    """Change a shared summary: a new revision. The one before is kept, and both endorsements end."""
    return work.tagged(await service.update_shared_summary(work, shared_summary_id, body, expected_version))


@router.post(
    "/shared-summaries/{shared_summary_id}/endorse",
    responses=problems(Superseded, NotOnCareTeam, SummaryChanged, EndorsementUnchanged, AlteredStateHold),
)
async def endorse_shared_summary(
    shared_summary_id: Id,
    body: SharedSummaryEndorse,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ENDORSE_SHARED_SUMMARY)],
) -> SharedSummary:
    """Stand behind the revision that you read, for your side."""
    return work.tagged(await endorsements.endorse_shared_summary(work, shared_summary_id, body, expected_version))


@router.post(
    "/shared-summaries/{shared_summary_id}/unendorse",
    responses=problems(Superseded, NotOnCareTeam, EndorsementUnchanged, AlteredStateHold),
)
async def unendorse_shared_summary(
    shared_summary_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UNENDORSE_SHARED_SUMMARY)],
) -> SharedSummary:
    """Take your side's endorsement of a shared summary back."""
    return work.tagged(await endorsements.unendorse_shared_summary(work, shared_summary_id, expected_version))


@router.post(
    "/shared-summaries/{shared_summary_id}/withdraw",
    responses=problems(Superseded, NotOnCareTeam, AlteredStateHold),
)
async def withdraw_shared_summary(
    shared_summary_id: Id,
    body: SharedSummaryWithdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_SHARED_SUMMARY)],
) -> SharedSummary:
    """Withdraw a shared summary. It is kept, with the reason."""
    return work.tagged(await service.withdraw_shared_summary(work, shared_summary_id, body, expected_version))


@router.get("/shared-summaries/{shared_summary_id}/versions")
async def list_shared_summary_versions(
    shared_summary_id: Id,
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_SHARED_SUMMARY_VERSIONS)],
) -> Page[SharedSummaryVersion]:
    """List the earlier revisions of a shared summary with their endorsements, newest first."""
    return await service.list_shared_summary_versions(work, shared_summary_id, page)
