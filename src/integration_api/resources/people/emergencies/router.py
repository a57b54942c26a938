"""`/patients/{patient_id}/emergency-access`, and `/emergency-accesses` for privacy officers."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.emergencies import operations, service
from integration_api.resources.people.emergencies.schemas import EmergencyAccess, EmergencyOpen, EmergencyReview
from integration_api.resources.people.emergencies.service import (
    AlreadyReviewed,
    EmergencyBarred,
    EmergencyNotNeeded,
    EmergencyOpened,
    NoBar,
    NotYourOwnEmergency,
)
from integration_api.web.errors import IdTaken, StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.post(
    "/patients/{patient_id}/emergency-access",
    status_code=201,
    responses=problems(StepUpRequired, EmergencyNotNeeded, EmergencyOpened, EmergencyBarred, IdTaken),
)
async def open_emergency_access(
    patient_id: Id, body: EmergencyOpen, work: Annotated[Work, allow(operations.OPEN_EMERGENCY_ACCESS)]
) -> EmergencyAccess:
    """See a chart for a few hours without being on its care team, with a reason.

    The clinic's privacy officers and the patient are told at once, and it is reviewed. It ends by itself. It opens
    what the team sees: no private reflection, no draft of others, no say in who is on the team. While it lasts you
    cannot open the chart again. If a review finds it not justified, you cannot until a privacy officer lifts the bar.
    """
    return work.tagged(await service.open_emergency_access(work, patient_id, body))


@router.get("/emergency-accesses")
async def list_emergency_accesses(
    page: PageQuery, work: Annotated[Work, allow(operations.LIST_EMERGENCY_ACCESSES)]
) -> Page[EmergencyAccess]:
    """List the charts that were opened in an emergency, newest first, with reason and review."""
    return await service.list_emergency_accesses(work, page)


@router.post(
    "/emergency-accesses/{emergency_id}/review",
    responses=problems(NotYourOwnEmergency, AlreadyReviewed),
)
async def review_emergency_access(
    emergency_id: Id,
    body: EmergencyReview,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.REVIEW_EMERGENCY_ACCESS)],
) -> EmergencyAccess:
    """Say whether it was an emergency. Whoever opened the chart is told."""
    return work.tagged(await service.review_emergency_access(work, emergency_id, body, expected_version))


@router.post("/emergency-accesses/{emergency_id}/lift-bar", responses=problems(NotYourOwnEmergency, NoBar))
async def lift_emergency_bar(
    emergency_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.LIFT_EMERGENCY_BAR)],
) -> EmergencyAccess:
    """Let somebody open the chart in an emergency again, after a review that found it not justified. They are told."""
    return work.tagged(await service.lift_emergency_bar(work, emergency_id, expected_version))
