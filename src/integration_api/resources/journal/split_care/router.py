"""`/split-care-agreements`, and `/shared-care` for the therapist outside."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.split_care import operations, service, shared_care
from integration_api.resources.journal.split_care.schemas import (
    SharedCare,
    SharedCareItem,
    SplitCare,
    SplitCareCreate,
    SplitCareEnd,
    SplitCareFilter,
)
from integration_api.resources.journal.split_care.service import NotConsented
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/split-care-agreements")
async def list_split_care(
    only: Annotated[SplitCareFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_SPLIT_CARE)],
) -> Page[SplitCare]:
    """List the split-care agreements that you may see, newest first."""
    return await service.list_split_care(work, page, only)


@router.post(
    "/split-care-agreements", status_code=201, responses=problems(IdTaken, NotConsented, EmergencyOnly, LicenceEnded)
)
async def create_split_care(
    body: SplitCareCreate, work: Annotated[Work, allow(operations.CREATE_SPLIT_CARE)]
) -> SplitCare:
    """Agree with a therapist of another clinic on who decides and what they are shown, as a prescriber."""
    return work.tagged(await service.create_split_care(work, body))


@router.get("/split-care-agreements/{split_care_id}")
async def read_split_care(split_care_id: Id, work: Annotated[Work, allow(operations.READ_SPLIT_CARE)]) -> SplitCare:
    """Read one split-care agreement."""
    return work.tagged(await service.read_split_care(work, split_care_id))


@router.post("/split-care-agreements/{split_care_id}/end", responses=problems(Superseded))
async def end_split_care(
    split_care_id: Id,
    body: SplitCareEnd,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.END_SPLIT_CARE)],
) -> SplitCare:
    """End a split-care agreement. From the next request on, the therapist outside is shown nothing by it."""
    return work.tagged(await service.end_split_care(work, split_care_id, body, expected_version))


@router.get("/shared-care")
async def list_shared_care(
    page: PageQuery, work: Annotated[Work, allow(operations.LIST_SHARED_CARE)]
) -> Page[SharedCareItem]:
    """List the agreements by which you are shown something, as a therapist of another clinic."""
    return await shared_care.list_shared_care(work, page)


@router.get("/shared-care/{split_care_id}")
async def read_shared_care(split_care_id: Id, work: Annotated[Work, allow(operations.READ_SHARED_CARE)]) -> SharedCare:
    """Read dose plan, remaining doses and visit notes, as far as the agreement shares them."""
    return await shared_care.read_shared_care(work, split_care_id)
