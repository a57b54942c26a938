"""`/home-counts` and `/patients/{patient_id}/home-supply`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.home_counts import operations, service
from integration_api.resources.care.home_counts.schemas import (
    HomeCount,
    HomeCountCreate,
    HomeCountFilter,
    HomeSupply,
    RefillDecide,
)
from integration_api.resources.care.home_counts.service import NoRefillAsked
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/patients/{patient_id}/home-supply")
async def read_home_supply(patient_id: Id, work: Annotated[Work, allow(operations.READ_HOME_SUPPLY)]) -> HomeSupply:
    """Read what a patient was given for home, and what of it should be left."""
    return await service.read_home_supply(work, patient_id)


@router.get("/home-counts")
async def list_home_counts(
    only: Annotated[HomeCountFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_HOME_COUNTS)],
) -> Page[HomeCount]:
    """List the counts of what is left at home that you may see, the latest first."""
    return await service.list_home_counts(work, page, only)


@router.post("/home-counts", status_code=201, responses=problems(IdTaken))
async def create_home_count(
    body: HomeCountCreate, work: Annotated[Work, allow(operations.CREATE_HOME_COUNT)]
) -> HomeCount:
    """Write down what is left at home, and ask for a refill if one is needed."""
    return work.tagged(await service.create_home_count(work, body))


@router.get("/home-counts/{home_count_id}")
async def read_home_count(home_count_id: Id, work: Annotated[Work, allow(operations.READ_HOME_COUNT)]) -> HomeCount:
    """Read one count."""
    return work.tagged(await service.read_home_count(work, home_count_id))


@router.post(
    "/home-counts/{home_count_id}/decide-refill", responses=problems(NoRefillAsked, EmergencyOnly, LicenceEnded)
)
async def decide_refill(
    home_count_id: Id,
    body: RefillDecide,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DECIDE_REFILL)],
) -> HomeCount:
    """Approve or decline a refill, as a prescriber of the care team. The patient is told."""
    return work.tagged(await service.decide_refill(work, home_count_id, body, expected_version))
