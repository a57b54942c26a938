"""`/practices`, and `/plans/{plan_id}/effects`, which follows from them."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.practices import effects, operations, service
from integration_api.resources.journal.practices.effect_schemas import PlanEffects
from integration_api.resources.journal.practices.schemas import Practice, PracticeFilter, PracticeLog
from integration_api.resources.journal.practices.service import PlanNeverAgreed
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/practices")
async def list_practices(
    only: Annotated[PracticeFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_PRACTICES)],
) -> Page[Practice]:
    """List the practices you may see, the newest use first."""
    return await service.list_practices(work, page, only)


@router.post("/practices", status_code=201, responses=problems(IdTaken, PlanNeverAgreed, Superseded))
async def log_practice(body: PracticeLog, work: Annotated[Work, allow(operations.LOG_PRACTICE)]) -> Practice:
    """Log a use or a skip of a strategy of your own plan. To correct one, log another with `replaces_id`."""
    return work.tagged(await service.log_practice(work, body))


@router.get("/practices/{practice_id}")
async def read_practice(practice_id: Id, work: Annotated[Work, allow(operations.READ_PRACTICE)]) -> Practice:
    """Read one practice."""
    return work.tagged(await service.read_practice(work, practice_id))


@router.post("/practices/{practice_id}/withdraw", responses=problems(Superseded))
async def withdraw_practice(
    practice_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.WITHDRAW_PRACTICE)]
) -> Practice:
    """Take back an entry of yours. It is kept, and counts no more."""
    return work.tagged(await service.withdraw_practice(work, practice_id, expected_version))


@router.get("/plans/{plan_id}/effects")
async def read_plan_effects(plan_id: Id, work: Annotated[Work, allow(operations.READ_PLAN_EFFECTS)]) -> PlanEffects:
    """Read what the strategies of a plan did: change of distress with its interval, adherence, and rank."""
    return await effects.read_plan_effects(work, plan_id)
