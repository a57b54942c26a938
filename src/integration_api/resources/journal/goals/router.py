"""`/goals`, their ratings, and `/patients/{patient_id}/attainment`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.goals import operations, ratings, service
from integration_api.resources.journal.goals.schemas import (
    Attainment,
    AttainmentFilter,
    Goal,
    GoalCreate,
    GoalFilter,
    GoalRate,
    GoalRating,
    GoalUpdate,
    GoalWithdraw,
)
from integration_api.resources.journal.goals.service import GoalRated
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/goals")
async def list_goals(
    only: Annotated[GoalFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_GOALS)],
) -> Page[Goal]:
    """List the goals that you may see, newest first."""
    return await service.list_goals(work, page, only)


@router.post("/goals", status_code=201, responses=problems(IdTaken))
async def create_goal(body: GoalCreate, work: Annotated[Work, allow(operations.CREATE_GOAL)]) -> Goal:
    """Write down a goal with its five levels. Both sides see it from then on."""
    return work.tagged(await service.create_goal(work, body))


@router.get("/goals/{goal_id}")
async def read_goal(goal_id: Id, work: Annotated[Work, allow(operations.READ_GOAL)]) -> Goal:
    """Read one goal."""
    return work.tagged(await service.read_goal(work, goal_id))


@router.patch("/goals/{goal_id}", responses=problems(Superseded, GoalRated))
async def update_goal(
    goal_id: Id,
    body: GoalUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_GOAL)],
) -> Goal:
    """Change a goal. Once it was rated, its levels, baseline and weight stay."""
    return work.tagged(await service.update_goal(work, goal_id, body, expected_version))


@router.post("/goals/{goal_id}/withdraw", responses=problems(Superseded))
async def withdraw_goal(
    goal_id: Id,
    body: GoalWithdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_GOAL)],
) -> Goal:
    """Withdraw a goal that is not worked on any more. It is kept, and no score counts it."""
    return work.tagged(await service.withdraw_goal(work, goal_id, body, expected_version))


@router.get("/goals/{goal_id}/ratings")
async def list_goal_ratings(
    goal_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_GOAL_RATINGS)]
) -> Page[GoalRating]:
    """List the ratings of a goal by both sides, the newest first."""
    return await ratings.list_goal_ratings(work, goal_id, page)


@router.post("/goals/{goal_id}/ratings", status_code=201, responses=problems(IdTaken, Superseded))
async def rate_goal(goal_id: Id, body: GoalRate, work: Annotated[Work, allow(operations.RATE_GOAL)]) -> GoalRating:
    """Say which level of a goal you see reached. The first rating fixes the scale."""
    return await ratings.rate_goal(work, goal_id, body)


@router.get("/patients/{patient_id}/attainment")
async def read_attainment(
    patient_id: Id,
    only: Annotated[AttainmentFilter, Depends()],
    work: Annotated[Work, allow(operations.READ_ATTAINMENT)],
) -> Attainment:
    """Read the T score of a patient's goals (goal attainment scaling) on each day of a rating, by side."""
    return await ratings.read_attainment(work, patient_id, only)
