"""`/flags`, `/safety-rules` and `/clinic/flag-times`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.attention.flags import flag_endings, flag_times, operations, service
from integration_api.resources.attention.flags.flag_endings import OwnEnding
from integration_api.resources.attention.flags.safety_rules import SafetyRules
from integration_api.resources.attention.flags.schemas import (
    Flag,
    FlagAcknowledge,
    FlagAssessment,
    FlagContactCreate,
    FlagCreate,
    FlagDismiss,
    FlagEscalate,
    FlagEvent,
    FlagFilter,
    FlagRemark,
    FlagResolve,
    FlagReview,
    FlagTimesFilter,
    FlagTimesReport,
)
from integration_api.resources.attention.flags.service import IllegalFlagStep
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/flags")
async def list_flags(
    only: Annotated[FlagFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_FLAGS)],
) -> Page[Flag]:
    """List the flags that you may see, newest first."""
    return await service.list_flags(work, page, only)


@router.post("/flags", status_code=201, responses=problems(IdTaken))
async def create_flag(body: FlagCreate, work: Annotated[Work, allow(operations.CREATE_FLAG)]) -> Flag:
    """Raise a flag by hand. The care team is told at once."""
    return work.tagged(await service.create_flag(work, body))


@router.get("/flags/{flag_id}")
async def read_flag(flag_id: Id, work: Annotated[Work, allow(operations.READ_FLAG)]) -> Flag:
    """Read one flag."""
    return work.tagged(await service.read_flag(work, flag_id))


@router.get("/flags/{flag_id}/events")
async def list_flag_events(
    flag_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_FLAG_EVENTS)]
) -> Page[FlagEvent]:
    """List the history of a flag, newest first."""
    return await service.list_flag_events(work, flag_id, page)


@router.post("/flags/{flag_id}/acknowledge", responses=problems(IllegalFlagStep))
async def acknowledge_flag(
    flag_id: Id,
    body: FlagAcknowledge,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ACKNOWLEDGE_FLAG)],
) -> Flag:
    """Take a flag on: it waits for you from now on, and no longer for the others."""
    return work.tagged(await service.acknowledge_flag(work, flag_id, body, expected_version))


@router.post("/flags/{flag_id}/contact", responses=problems(IllegalFlagStep))
async def contact_for_flag(
    flag_id: Id, body: FlagContactCreate, work: Annotated[Work, allow(operations.CONTACT_FOR_FLAG)]
) -> Flag:
    """Record one attempt to reach the patient, with its channel and result."""
    return work.tagged(await service.contact_for_flag(work, flag_id, body))


@router.post("/flags/{flag_id}/remarks", status_code=201)
async def add_flag_remark(
    flag_id: Id, body: FlagRemark, work: Annotated[Work, allow(operations.ADD_FLAG_REMARK)]
) -> FlagEvent:
    """Add a remark to the history of a flag, closed or not."""
    return await service.add_flag_remark(work, flag_id, body)


@router.post("/flags/{flag_id}/assessments", status_code=201)
async def assess_flag(
    flag_id: Id, body: FlagAssessment, work: Annotated[Work, allow(operations.ASSESS_FLAG)]
) -> FlagEvent:
    """Add a structured assessment to the history of a flag, closed or not."""
    return await service.assess_flag(work, flag_id, body)


@router.post("/flags/{flag_id}/resolve", responses=problems(IllegalFlagStep))
async def resolve_flag(
    flag_id: Id,
    body: FlagResolve,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.RESOLVE_FLAG)],
) -> Flag:
    """Say how a flag ended. If it is critical or high, a second person closes it."""
    return work.tagged(await flag_endings.resolve_flag(work, flag_id, body, expected_version))


@router.post("/flags/{flag_id}/dismiss", responses=problems(IllegalFlagStep))
async def dismiss_flag(
    flag_id: Id,
    body: FlagDismiss,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DISMISS_FLAG)],
) -> Flag:
    """Say that a flag was a false positive. If it is critical or high, a second person closes it."""
    return work.tagged(await flag_endings.dismiss_flag(work, flag_id, body, expected_version))


@router.post("/flags/{flag_id}/review", responses=problems(IllegalFlagStep, OwnEnding))
async def review_flag(
    flag_id: Id,
    body: FlagReview,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.REVIEW_FLAG)],
) -> Flag:
    """Decide, as a second person, whether a flag is closed as proposed."""
    return work.tagged(await flag_endings.review_flag(work, flag_id, body, expected_version))


@router.post("/flags/{flag_id}/escalate", responses=problems(IllegalFlagStep))
async def escalate_flag(
    flag_id: Id,
    body: FlagEscalate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ESCALATE_FLAG)],
) -> Flag:
    """Tell those who come next, now. The clock does it by itself once a flag is overdue."""
    return work.tagged(await service.escalate_flag(work, flag_id, body, expected_version))


@router.get("/safety-rules")
async def list_safety_rules(work: Annotated[Work, allow(operations.LIST_SAFETY_RULES)]) -> SafetyRules:
    """List the safety rules with their versions, sources, and how far the product has each."""
    return await service.list_safety_rules(work)


@router.get("/clinic/flag-times")
async def read_flag_times(
    only: Annotated[FlagTimesFilter, Depends()],
    work: Annotated[Work, allow(operations.READ_FLAG_TIMES)],
) -> FlagTimesReport:
    """Read how fast the clinic acknowledges its flags and reaches their patients, by severity."""
    return await flag_times.read_flag_times(work, only)
