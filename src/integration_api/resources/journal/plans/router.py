"""`/plans` and their strategies."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.conflicts import Gone
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.doses.altered_states import AlteredStateHold
from integration_api.resources.journal.plans import (
    agreement,
    occurrences,
    operations,
    plan_diffs,
    service,
    strategies,
    versions,
)
from integration_api.resources.journal.plans.agreement import NoStrategies, RevisionChanged, StrategiesIncomplete
from integration_api.resources.journal.plans.occurrence_schemas import Days, Occurrences
from integration_api.resources.journal.plans.plan_diffs import PlanDiff, Revisions
from integration_api.resources.journal.plans.plan_steps import IllegalPlanStep, NotYourDraft, WaitingForOtherSide
from integration_api.resources.journal.plans.schemas import (
    Plan,
    PlanAccept,
    PlanCreate,
    PlanDecline,
    PlanFilter,
    PlanListItem,
    PlanUpdate,
    PlanVersion,
)
from integration_api.resources.journal.plans.strategies import TooManyStrategies
from integration_api.resources.journal.plans.strategy_schemas import Strategy, StrategyCreate, StrategyUpdate
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch, IfMatchOfWhole
from integration_api.web.openapi import TAGGED, problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/plans")
async def list_plans(
    only: Annotated[PlanFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_PLANS)],
) -> Page[PlanListItem]:
    """List the plans you may see, newest first, without their strategies."""
    return await service.list_plans(work, page, only)


@router.post("/plans", status_code=201, responses=problems(IdTaken, IllegalPlanStep, AlteredStateHold))
async def create_plan(body: PlanCreate, work: Annotated[Work, allow(operations.CREATE_PLAN)]) -> Plan:
    """Begin a plan, or with `replaces_id` the next version of one that stands.

    It is a draft that you alone see until you share or propose it.
    """
    return work.tagged(await service.create_plan(work, body))


@router.get("/plans/{plan_id}")
async def read_plan(plan_id: Id, work: Annotated[Work, allow(operations.READ_PLAN)]) -> Plan:
    """Read one plan with its strategies."""
    return work.tagged(await service.read_plan(work, plan_id))


@router.patch("/plans/{plan_id}", responses=problems(IllegalPlanStep, NotYourDraft, AlteredStateHold))
async def update_plan(
    plan_id: Id, body: PlanUpdate, expected_version: IfMatch, work: Annotated[Work, allow(operations.UPDATE_PLAN)]
) -> Plan:
    """Change a plan. New content of one that was proposed is a new draft revision; what was proposed is kept.

    The content of one that stands never changes: begin its next version.
    """
    return work.tagged(await service.update_plan(work, plan_id, body, expected_version))


@router.post(
    "/plans/{plan_id}/propose",
    responses=problems(IllegalPlanStep, NoStrategies, StrategiesIncomplete, NotYourDraft, AlteredStateHold),
)
async def propose_plan(
    plan_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.PROPOSE_PLAN)]
) -> Plan:
    """Send the present revision to the other side. Every strategy needs its cue and its action."""
    return work.tagged(await agreement.propose_plan(work, plan_id, expected_version))


@router.post(
    "/plans/{plan_id}/accept",
    responses=problems(IllegalPlanStep, WaitingForOtherSide, RevisionChanged, AlteredStateHold),
)
async def accept_plan(
    plan_id: Id, body: PlanAccept, expected_version: IfMatch, work: Annotated[Work, allow(operations.ACCEPT_PLAN)]
) -> Plan:
    """Agree to the revision that the other side proposed, and that you read. The plan is active then.

    The one that it replaces is archived in the same moment, with all that is open beside it.
    """
    return work.tagged(await agreement.accept_plan(work, plan_id, body, expected_version))


@router.post("/plans/{plan_id}/decline", responses=problems(IllegalPlanStep, WaitingForOtherSide))
async def decline_plan(
    plan_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.DECLINE_PLAN)],
    body: PlanDecline | None = None,
) -> Plan:
    """Say no to what the other side proposed. It is kept with your reason; the draft goes on as a new revision."""
    return work.tagged(await agreement.decline_plan(work, plan_id, body or PlanDecline(), expected_version))


@router.post("/plans/{plan_id}/pause", responses=problems(IllegalPlanStep))
async def pause_plan(
    plan_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.PAUSE_PLAN)]
) -> Plan:
    """Rest an active plan."""
    return work.tagged(await agreement.pause_plan(work, plan_id, expected_version))


@router.post("/plans/{plan_id}/resume", responses=problems(IllegalPlanStep))
async def resume_plan(
    plan_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.RESUME_PLAN)]
) -> Plan:
    """Take a paused plan up again."""
    return work.tagged(await agreement.resume_plan(work, plan_id, expected_version))


@router.post("/plans/{plan_id}/complete", responses=problems(IllegalPlanStep))
async def complete_plan(
    plan_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.COMPLETE_PLAN)]
) -> Plan:
    """Complete a plan whose aim is reached."""
    return work.tagged(await agreement.complete_plan(work, plan_id, expected_version))


@router.post("/plans/{plan_id}/archive", responses=problems(IllegalPlanStep, NotYourDraft))
async def archive_plan(
    plan_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.ARCHIVE_PLAN)]
) -> Plan:
    """Put a plan away for good; it stays readable."""
    return work.tagged(await agreement.archive_plan(work, plan_id, expected_version))


@router.get("/plans/{plan_id}/diff")
async def read_plan_diff(
    plan_id: Id, revisions: Annotated[Revisions, Depends()], work: Annotated[Work, allow(operations.READ_PLAN_DIFF)]
) -> PlanDiff:
    """Read what changed between two revisions of a plan, in words; or since the plan that it replaces."""
    return await plan_diffs.read_plan_diff(work, plan_id, revisions)


@router.get("/plans/{plan_id}/versions")
async def list_plan_versions(
    plan_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_PLAN_VERSIONS)]
) -> Page[PlanVersion]:
    """List earlier proposals, newest first, with their strategies as they were."""
    return await versions.list_plan_versions(work, plan_id, page)


@router.get("/plans/{plan_id}/occurrences")
async def list_occurrences(
    plan_id: Id, days: Annotated[Days, Depends()], work: Annotated[Work, allow(operations.LIST_OCCURRENCES)]
) -> Occurrences:
    """List when the strategies of a plan are due. It has no occurrences while it is paused, or when it has ended."""
    return await occurrences.list_occurrences(work, plan_id, days)


@router.get("/plans/{plan_id}/strategies")
async def list_strategies(
    plan_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_STRATEGIES)]
) -> Page[Strategy]:
    """List the strategies of a plan, in the order they were added."""
    return await strategies.list_strategies(work, plan_id, page)


@router.post(
    "/plans/{plan_id}/strategies",
    status_code=201,
    responses=problems(IllegalPlanStep, TooManyStrategies, IdTaken, Gone, NotYourDraft),
)
async def add_strategy(
    plan_id: Id,
    body: StrategyCreate,
    expected_version: IfMatchOfWhole,
    work: Annotated[Work, allow(operations.ADD_STRATEGY)],
) -> Strategy:
    """Add a strategy to a plan. The version in If-Match, and the ETag you get back, are the plan's."""
    return _tagged(work, await strategies.add_strategy(work, plan_id, body, expected_version))


@router.patch("/plans/{plan_id}/strategies/{strategy_id}", responses=problems(IllegalPlanStep, NotYourDraft))
async def update_strategy(
    plan_id: Id,
    strategy_id: Id,
    body: StrategyUpdate,
    expected_version: IfMatchOfWhole,
    work: Annotated[Work, allow(operations.UPDATE_STRATEGY)],
) -> Strategy:
    """Change a strategy. The version in If-Match, and the ETag you get back, are the plan's."""
    return _tagged(work, await strategies.update_strategy(work, plan_id, strategy_id, body, expected_version))


@router.delete(
    "/plans/{plan_id}/strategies/{strategy_id}",
    status_code=204,
    responses=TAGGED | problems(IllegalPlanStep, NotYourDraft),
)
async def remove_strategy(
    plan_id: Id,
    strategy_id: Id,
    expected_version: IfMatchOfWhole,
    work: Annotated[Work, allow(operations.REMOVE_STRATEGY)],
) -> None:
    """Take a strategy out of a plan. The version in If-Match, and the ETag you get back, are the plan's."""
    work.entity_version = await strategies.remove_strategy(work, plan_id, strategy_id, expected_version)


def _tagged(work: Work, strategy: Strategy) -> Strategy:
    """Make the plan's version the ETag. A strategy has none: it is agreed on, and so changed, as a part of its plan."""
    work.entity_version, work.entity_id = strategy.plan_version, strategy.id
    return strategy
