"""`/medicines`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.medicines import operations, service
from integration_api.resources.care.medicines.schemas import Medicine, MedicineCreate, MedicineFilter, MedicineUpdate
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/medicines")
async def list_medicines(
    only: Annotated[MedicineFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_MEDICINES)],
) -> Page[Medicine]:
    """List the medicines that you may see, newest first."""
    return await service.list_medicines(work, page, only)


@router.post("/medicines", status_code=201, responses=problems(IdTaken))
async def create_medicine(body: MedicineCreate, work: Annotated[Work, allow(operations.CREATE_MEDICINE)]) -> Medicine:
    """Add a medicine to a patient's chart."""
    return work.tagged(await service.create_medicine(work, body))


@router.get("/medicines/{medicine_id}")
async def read_medicine(medicine_id: Id, work: Annotated[Work, allow(operations.READ_MEDICINE)]) -> Medicine:
    """Read one medicine."""
    return work.tagged(await service.read_medicine(work, medicine_id))


@router.patch("/medicines/{medicine_id}", responses=problems(Superseded))
async def update_medicine(
    medicine_id: Id,
    body: MedicineUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_MEDICINE)],
) -> Medicine:
    """Change a medicine."""
    return work.tagged(await service.update_medicine(work, medicine_id, body, expected_version))


@router.post("/medicines/{medicine_id}/withdraw", responses=problems(Superseded))
async def withdraw_medicine(
    medicine_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_MEDICINE)],
) -> Medicine:
    """Withdraw a medicine that was entered in error. It is kept."""
    return work.tagged(await service.withdraw_medicine(work, medicine_id, body, expected_version))
