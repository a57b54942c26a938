"""`/lab-results`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.lab_results import operations, service
from integration_api.resources.care.lab_results.schemas import LabResult, LabResultCreate, LabResultFilter
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/lab-results")
async def list_lab_results(
    only: Annotated[LabResultFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_LAB_RESULTS)],
) -> Page[LabResult]:
    """List the lab results that you may see, the latest first."""
    return await service.list_lab_results(work, page, only)


@router.post("/lab-results", status_code=201, responses=problems(IdTaken))
async def create_lab_result(
    body: LabResultCreate, work: Annotated[Work, allow(operations.CREATE_LAB_RESULT)]
) -> LabResult:
    """Keep a liver value in a patient's chart."""
    return work.tagged(await service.create_lab_result(work, body))


@router.get("/lab-results/{lab_result_id}")
async def read_lab_result(lab_result_id: Id, work: Annotated[Work, allow(operations.READ_LAB_RESULT)]) -> LabResult:
    """Read one lab result."""
    return work.tagged(await service.read_lab_result(work, lab_result_id))


@router.post("/lab-results/{lab_result_id}/withdraw", responses=problems(Superseded))
async def withdraw_lab_result(
    lab_result_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_LAB_RESULT)],
) -> LabResult:
    """Withdraw a lab result that was entered in error. It is kept."""
    return work.tagged(await service.withdraw_lab_result(work, lab_result_id, body, expected_version))
