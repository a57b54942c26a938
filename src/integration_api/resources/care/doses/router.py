"""`/doses` and `/sessions/{session_id}/doses`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.doses import operations, service
from integration_api.resources.care.doses.schemas import Dose, DoseCreate, DoseFilter
from integration_api.resources.care.doses.service import LastDose, SessionNotStarted
from integration_api.resources.care.readiness.dose_holds import DoseHeld
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/doses")
async def list_doses(
    only: Annotated[DoseFilter, Depends()], page: ChartPageQuery, work: Annotated[Work, allow(operations.LIST_DOSES)]
) -> Page[Dose]:
    """List the doses that you may see, the latest first."""
    return await service.list_doses(work, page, only)


@router.post(
    "/sessions/{session_id}/doses",
    status_code=201,
    responses=problems(IdTaken, NotDosing, SessionNotStarted, DoseHeld, Superseded),
)
async def create_dose(session_id: Id, body: DoseCreate, work: Annotated[Work, allow(operations.CREATE_DOSE)]) -> Dose:
    """Record a dose. What is outside the usual comes back in `findings`; outside a hard limit it is refused."""
    return work.tagged(await service.create_dose(work, session_id, body))


@router.get("/sessions/{session_id}/doses/{dose_id}")
async def read_dose(session_id: Id, dose_id: Id, work: Annotated[Work, allow(operations.READ_DOSE)]) -> Dose:
    """Read one dose."""
    return work.tagged(await service.read_dose(work, session_id, dose_id))


@router.post("/sessions/{session_id}/doses/{dose_id}/withdraw", responses=problems(Superseded, LastDose))
async def withdraw_dose(
    session_id: Id,
    dose_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_DOSE)],
) -> Dose:
    """Withdraw a dose that was recorded in error. It stays, with who withdrew it and why."""
    return work.tagged(await service.withdraw_dose(work, session_id, dose_id, body, expected_version))
