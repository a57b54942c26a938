"""`/disclosures`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.disclosures import operations, service
from integration_api.resources.journal.disclosures.schemas import Disclosure, DisclosureCreate, DisclosureFilter
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page
from integration_api.web.schemas import Withdraw

router = APIRouter(route_class=ActionRoute)


@router.get("/disclosures")
async def list_disclosures(
    only: Annotated[DisclosureFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_DISCLOSURES)],
) -> Page[Disclosure]:
    """List the disclosures that you may see, the latest first. They are never deleted."""
    return await service.list_disclosures(work, page, only)


@router.post("/disclosures", status_code=201, responses=problems(IdTaken))
async def record_disclosure(
    body: DisclosureCreate, work: Annotated[Work, allow(operations.RECORD_DISCLOSURE)]
) -> Disclosure:
    """Record who outside the clinic was given what of a chart. Treatment, payment and operations need no entry."""
    return work.tagged(await service.record_disclosure(work, body))


@router.get("/disclosures/{disclosure_id}")
async def read_disclosure(disclosure_id: Id, work: Annotated[Work, allow(operations.READ_DISCLOSURE)]) -> Disclosure:
    """Read one disclosure."""
    return work.tagged(await service.read_disclosure(work, disclosure_id))


@router.post("/disclosures/{disclosure_id}/withdraw", responses=problems(Superseded))
async def withdraw_disclosure(
    disclosure_id: Id,
    body: Withdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_DISCLOSURE)],
) -> Disclosure:
    """Withdraw a disclosure that was recorded in error. It is kept."""
    return work.tagged(await service.withdraw_disclosure(work, disclosure_id, body, expected_version))
