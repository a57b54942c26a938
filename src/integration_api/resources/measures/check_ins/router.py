"""`/check-ins`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.measures.check_ins import operations, service
from integration_api.resources.measures.check_ins.schemas import CheckIn, CheckInCreate, CheckInFilter
from integration_api.resources.measures.measure_responses.answer_corrections import NotYours
from integration_api.web.errors import IdTaken
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/check-ins")
async def list_check_ins(
    only: Annotated[CheckInFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_CHECK_INS)],
) -> Page[CheckIn]:
    """List the check-ins that you may see, the latest first."""
    return await service.list_check_ins(work, page, only)


@router.post("/check-ins", status_code=201, responses=problems(IdTaken, Superseded, NotYours))
async def create_check_in(body: CheckInCreate, work: Annotated[Work, allow(operations.CREATE_CHECK_IN)]) -> CheckIn:
    """Check in: answer what is asked after a dose, or say at any time how it goes. It never changes."""
    return work.tagged(await service.create_check_in(work, body))


@router.get("/check-ins/{check_in_id}")
async def read_check_in(check_in_id: Id, work: Annotated[Work, allow(operations.READ_CHECK_IN)]) -> CheckIn:
    """Read one check-in."""
    return work.tagged(await service.read_check_in(work, check_in_id))
