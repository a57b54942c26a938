"""`/adverse-events` and `/sessions/{session_id}/adverse-events`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.adverse_events import operations, service
from integration_api.resources.care.adverse_events.schemas import (
    AdverseEvent,
    AdverseEventCreate,
    AdverseEventFilter,
    AdverseEventUpdate,
)
from integration_api.resources.care.adverse_events.service import NothingToReview
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/adverse-events")
async def list_adverse_events(
    only: Annotated[AdverseEventFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_ADVERSE_EVENTS)],
) -> Page[AdverseEvent]:
    """List the adverse events that you may see, the latest onset first."""
    return await service.list_adverse_events(work, page, only)


@router.post("/sessions/{session_id}/adverse-events", status_code=201, responses=problems(IdTaken, NotDosing))
async def create_adverse_event(
    session_id: Id, body: AdverseEventCreate, work: Annotated[Work, allow(operations.CREATE_ADVERSE_EVENT)]
) -> AdverseEvent:
    """Record an adverse event of a dosing session, weeks after it too.

    A serious or always critical one (R34) waits for a prescriber's review, and holds the next dose.
    """
    return work.tagged(await service.create_adverse_event(work, session_id, body))


@router.get("/adverse-events/{adverse_event_id}")
async def read_adverse_event(
    adverse_event_id: Id, work: Annotated[Work, allow(operations.READ_ADVERSE_EVENT)]
) -> AdverseEvent:
    """Read one adverse event."""
    return work.tagged(await service.read_adverse_event(work, adverse_event_id))


@router.patch("/adverse-events/{adverse_event_id}", responses=problems(Superseded))
async def update_adverse_event(
    adverse_event_id: Id,
    body: AdverseEventUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_ADVERSE_EVENT)],
) -> AdverseEvent:
    """Say what is known of an adverse event now. If it is worse, a prescriber reviews it anew."""
    return work.tagged(await service.update_adverse_event(work, adverse_event_id, body, expected_version))


@router.get("/adverse-events/{adverse_event_id}/versions")
async def list_adverse_event_versions(
    adverse_event_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_ADVERSE_EVENT_VERSIONS)]
) -> Page[AdverseEvent]:
    """List an adverse event as it was before each change, newest first."""
    return await service.list_adverse_event_versions(work, adverse_event_id, page)


@router.post(
    "/adverse-events/{adverse_event_id}/review",
    responses=problems(Superseded, NothingToReview, EmergencyOnly, LicenceEnded),
)
async def review_adverse_event(
    adverse_event_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.REVIEW_ADVERSE_EVENT)]
) -> AdverseEvent:
    """Record that you, a prescriber, reviewed a serious or critical adverse event."""
    return work.tagged(await service.review_adverse_event(work, adverse_event_id, expected_version))


@router.post("/adverse-events/{adverse_event_id}/withdraw", responses=problems(Superseded))
async def withdraw_adverse_event(
    adverse_event_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_ADVERSE_EVENT)],
) -> AdverseEvent:
    """Withdraw an adverse event that was recorded in error. It is kept."""
    return work.tagged(await service.withdraw_adverse_event(work, adverse_event_id, body, expected_version))
