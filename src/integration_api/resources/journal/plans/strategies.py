"""Reading and writing the strategies of a plan.

A plan and its strategies are one thing to agree on, so they have one version. Every change of a strategy names the
plan's version in If-Match, adds one to it, and answers it as `plan_version` and ETag.
"""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import MISSING

from integration_api.access.references import referred_by
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.goals.service import check_goal
from integration_api.resources.journal.plans import statements as sql
from integration_api.resources.journal.plans.plan_steps import check_step, check_update
from integration_api.resources.journal.plans.rules import PlanStep
from integration_api.resources.journal.plans.service import (
    MAX_STRATEGIES,
    check_unchanged,
    load_plan,
    load_strategies,
    present_strategy,
    put_plan,
    record,
    tell_of_change,
)
from integration_api.resources.journal.plans.statements import PlanSeen, StrategySeen
from integration_api.resources.journal.plans.strategy_schemas import (
    Strategy,
    StrategyContent,
    StrategyCreate,
    StrategyUpdate,
)
from integration_api.resources.journal.plans.tables import PlanRow, PlanState, StrategyRow, StrategyTable
from integration_api.resources.journal.reflections.insights import check_insight
from integration_api.resources.journal.strategy_library.service import check_entry
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Conflict, NotFound
from integration_api.web.instants import credible_time
from integration_api.web.paging import Page, Window

_BESIDE = frozenset({"rehearsed_at", "insight_id", "goal_id"})
"""Fields that are nothing to agree on: a change of them alone leaves the plan's revision as it is."""


class TooManyStrategies(Conflict):
    """A plan has at most 50 strategies; remove one first."""

    code = "too-many-strategies"
    title = "Too many strategies"
    remedy = "Remove a strategy, or make a second plan."


async def load_strategy(work: Work, strategy_id: UUID) -> tuple[StrategyRow, PlanRow]:
    """Return a strategy, also a removed one, and its plan, for other resources. Raises NotFound."""
    strategy = await work.get(sql.READ_STRATEGY, id=strategy_id)
    return strategy, await load_plan(work, strategy.plan_id)


async def list_strategies(work: Work, plan_id: UUID, window: Window) -> Page[Strategy]:
    """List the strategies of a plan, in the order they were added. Raises NotFound."""
    plan = await load_plan(work, plan_id)
    found = await work.page(
        sql.LIST_STRATEGIES,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: present_strategy(row, plan),
        ascending=True,
        patient_id=plan.patient_id,
        plan_id=plan.id,
    )
    record(work, plan)
    return found


async def add_strategy(work: Work, plan_id: UUID, body: StrategyCreate, expected_version: int) -> Strategy:
    """Add a strategy to a plan. Raises NotFound, StaleVersion, IllegalPlanStep, TooManyStrategies, IdTaken ..."""
    plan = await load_plan(work, plan_id)
    await _check_library(work, body.library_id)
    await _check_links(work, plan, body.insight_id, body.goal_id)
    check_step(work, plan, PlanStep.UPDATE, expected_version)
    if plan.strategy_count >= MAX_STRATEGIES:
        raise TooManyStrategies
    starts_on = body.starts_on or (await _today(work, plan) if body.schedule is not None else None)
    barriers = [barrier.model_dump() for barrier in body.barriers]
    row = StrategySeen(
        **new_values(work, body, barriers=barriers, starts_on=starts_on),
        patient_id=plan.patient_id,
        plan_id=plan.id,
        rehearsal_happened_at=_rehearsal_time(work, body.rehearsed_at),
        created_by_id=work.actor.id,
        sees_insight=True,
    )
    changed = put_plan(work, plan, await load_strategies(work, plan), {"strategy_count": plan.strategy_count + 1})
    work.create(sql.INSERT_STRATEGY, row)
    record(work, plan, row.id)
    return present_strategy(row, changed, await tell_of_change(work, plan))


async def update_strategy(
    work: Work, plan_id: UUID, strategy_id: UUID, body: StrategyUpdate, expected_version: int
) -> Strategy:
    """Change what is given. Raises NotFound, StaleVersion, IllegalPlanStep, Invalid.

    That it was rehearsed, and what it serves, is nothing to agree on (`_BESIDE`).
    """
    plan, strategies, row = await _find(work, plan_id, strategy_id)
    if body.insight_id is None and not row.sees_insight:  # what was read goes back: null, as it may not be seen
        body = body.model_copy(update={"insight_id": MISSING})
    given: dict[str, object] = body.model_dump()
    await _check_library(work, body.library_id if body.library_id is not MISSING else None)
    await _check_links(
        work,
        plan,
        body.insight_id if body.insight_id not in (MISSING, row.insight_id) else None,
        body.goal_id if body.goal_id not in (MISSING, row.goal_id) else None,
    )
    is_other = given.get("schedule", row.schedule) != row.schedule
    starts_on = given.get("starts_on", None if is_other else row.starts_on)
    if given.get("schedule", row.schedule) is not None and starts_on is None:
        starts_on = await _today(work, plan)
    given["starts_on"] = starts_on
    is_new_content = any(getattr(row, name) != value for name, value in given.items() if name not in _BESIDE)
    if body.rehearsed_at is not MISSING and body.rehearsed_at != row.rehearsed_at:
        given["rehearsal_happened_at"] = _rehearsal_time(work, body.rehearsed_at)
    check_update(work, plan, expected_version, is_new_content=is_new_content)
    changed_plan = put_plan(work, plan, strategies, {}, is_new_content=is_new_content)
    if is_new_content and plan.state is PlanState.DRAFT:
        content = row.model_dump(mode="json", include=set(StrategyContent.__annotations__))
        keep_if_held(work, KeptKind.STRATEGY, row.id, row.patient_id, row.created_by_id, content)
    changed = work.revise(sql.UPDATE_STRATEGY, row, given)
    changed.sees_insight = row.sees_insight or changed.insight_id != row.insight_id
    record(work, plan, row.id)
    return present_strategy(changed, changed_plan, await tell_of_change(work, plan))


async def remove_strategy(work: Work, plan_id: UUID, strategy_id: UUID, expected_version: int) -> int:
    """Take a strategy out of its plan; practices of it stay. Returns the plan's version. Raises NotFound and others."""
    plan, strategies, row = await _find(work, plan_id, strategy_id)
    check_step(work, plan, PlanStep.UPDATE, expected_version)
    changed_plan = put_plan(work, plan, strategies, {"strategy_count": plan.strategy_count - 1})
    work.revise(sql.UPDATE_STRATEGY, row, {"removed_at": work.now})
    work.leave_tombstone(StrategyTable.__tablename__, row, row.patient_id)
    await tell_of_change(work, plan)
    record(work, plan, row.id)
    return changed_plan.version


async def _find(work: Work, plan_id: UUID, strategy_id: UUID) -> tuple[PlanSeen, list[StrategySeen], StrategySeen]:
    plan = await load_plan(work, plan_id)
    strategies = await load_strategies(work, plan)
    row = next((strategy for strategy in strategies if strategy.id == strategy_id), None)
    if row is None:
        await check_unchanged(work, plan)
        raise NotFound
    return plan, strategies, row


async def _today(work: Work, plan: PlanRow) -> date:
    """Return the day that it is for the patient: on it begins a schedule that names no first day."""
    found = await work.get(sql.READ_PLAN_WITH_ZONE, id=plan.id)
    return work.now.astimezone(ZoneInfo(found.time_zone)).date()


def _rehearsal_time(work: Work, rehearsed_at: datetime | None) -> datetime | None:
    """Return the time of a rehearsal that counts; None if there was none."""
    return None if rehearsed_at is None else credible_time(rehearsed_at, work.now)


async def _check_library(work: Work, library_id: UUID | None) -> None:
    if library_id is not None:
        with referred_by("library_id"):
            await check_entry(work, library_id)


async def _check_links(work: Work, plan: PlanRow, insight_id: UUID | None, goal_id: UUID | None) -> None:
    """Raise NotFound for an insight that the actor cannot read, and for a goal of another chart."""
    if insight_id is not None:
        with referred_by("insight_id"):
            await check_insight(work, plan.patient_id, insight_id)
    if goal_id is not None:
        await check_goal(work, plan.patient_id, goal_id)
