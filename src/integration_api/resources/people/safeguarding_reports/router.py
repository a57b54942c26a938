"""`/safeguarding-reports`, and `/clinic/safeguarding` for who receives them."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.safeguarding_reports import designations, operations, service
from integration_api.resources.people.safeguarding_reports.schemas import (
    SafeguardingDesignation,
    SafeguardingDesignationGiven,
    SafeguardingReceipt,
    SafeguardingReport,
    SafeguardingReportCreate,
    SafeguardingReportFilter,
    SafeguardingReportItem,
    SafeguardingReportSent,
    SafeguardingReportUpdate,
)
from integration_api.resources.people.safeguarding_reports.service import IllegalSafeguardingStep, NobodyToReceive
from integration_api.web.errors import StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)
_ONE = "/safeguarding-reports/{safeguarding_report_id}"


@router.post("/safeguarding-reports", status_code=201)
async def send_safeguarding_report(
    body: SafeguardingReportCreate, work: Annotated[Work, allow(operations.SEND_SAFEGUARDING_REPORT)]
) -> SafeguardingReportSent:
    """Report conduct of staff to the safeguarding lead and the deputy. Nobody who is named is ever told.

    It is open at any time, in the altered-state window of a dose too.
    """
    return work.tagged(await service.send_safeguarding_report(work, body))


@router.get("/safeguarding-reports")
async def list_safeguarding_reports(
    only: Annotated[SafeguardingReportFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_SAFEGUARDING_REPORTS)],
) -> Page[SafeguardingReportItem]:
    """List the reports that you sent, or that you received as the lead or the deputy; newest first."""
    return await service.list_safeguarding_reports(work, page, only)


@router.get(_ONE)
async def read_safeguarding_report(
    safeguarding_report_id: Id, work: Annotated[Work, allow(operations.READ_SAFEGUARDING_REPORT)]
) -> SafeguardingReport:
    """Read one that you sent, or that you received as the lead or the deputy."""
    return work.tagged(await service.read_safeguarding_report(work, safeguarding_report_id))


@router.patch(_ONE, responses=problems(IllegalSafeguardingStep))
async def update_safeguarding_report(
    safeguarding_report_id: Id,
    body: SafeguardingReportUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_SAFEGUARDING_REPORT)],
) -> SafeguardingReceipt:
    """Move a report on, and write your notes, as its lead or its deputy."""
    return work.tagged(await service.update_safeguarding_report(work, safeguarding_report_id, body, expected_version))


@router.post(f"{_ONE}/hand-over", responses=problems(NobodyToReceive))
async def hand_over_safeguarding_report(
    safeguarding_report_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.HAND_OVER_SAFEGUARDING_REPORT)],
) -> SafeguardingReceipt:
    """Give a report to the lead and the deputy of today, as its lead or its deputy of before."""
    return work.tagged(await service.hand_over_safeguarding_report(work, safeguarding_report_id, expected_version))


@router.get("/clinic/safeguarding")
async def read_safeguarding(
    work: Annotated[Work, allow(operations.READ_SAFEGUARDING)],
) -> SafeguardingDesignation:
    """Read who receives safeguarding reports, and whom to turn to outside the clinic."""
    return work.tagged(await designations.read_safeguarding(work))


@router.put("/clinic/safeguarding", responses=problems(StepUpRequired))
async def designate_safeguarding(
    body: SafeguardingDesignationGiven,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DESIGNATE_SAFEGUARDING)],
) -> SafeguardingDesignation:
    """Designate the lead and the deputy, for reports that come from now on."""
    return work.tagged(await designations.designate_safeguarding(work, body, expected_version))
