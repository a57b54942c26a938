"""The effects of a plan's strategies: what changed when they were used, and how often they were."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.resources.journal.plans.schedules import moments
from integration_api.resources.journal.plans.tables import PlanState
from integration_api.resources.journal.practices import effect_statements as sql
from integration_api.resources.journal.practices.effect_schemas import DistressChange, PlanEffects, StrategyEffect
from integration_api.resources.journal.practices.effect_statements import PlanToSum, StrategySums
from integration_api.resources.journal.practices.rules import (
    ADHERENCE_DAYS,
    HIGH_DISTRESS,
    MeanChange,
    Sums,
    adherence_percent,
    mean_change,
    ranks,
)
from integration_api.resources.people.clinics.rules import policy

_NONE_BEFORE, _DAY = datetime(1, 1, 2, tzinfo=UTC), timedelta(days=1)


async def read_plan_effects(work: Work, plan_id: UUID) -> PlanEffects:
    """Return the effect of each strategy of a plan, and its rank if enough is known. Raises NotFound."""
    plan = await work.get(sql.PLAN_TO_SUM, id=plan_id)
    zone = ZoneInfo(plan.time_zone)
    days = _days(plan, work.now.astimezone(zone).date())
    first, last = (_begin(day, zone) for day in (days[0], days[1] + _DAY)) if days else (_NONE_BEFORE, _NONE_BEFORE)
    rows = await work.all(
        sql.SUM_PRACTICES,
        patient_id=plan.patient_id,
        plan_id=plan.id,
        high_from=HIGH_DISTRESS,
        done_from=first,
        done_before=last,
    )
    work.record(plan.id, plan.patient_id, is_private=work.actor.is_patient and not plan.is_shared)
    minimum = policy(plan.policies, "effects_minimum_practices")
    changes = {row.strategy_id: mean_change(Sums(row.n, row.total, row.squares)) for row in rows}
    ranked = ranks(changes, minimum)
    planned = await asyncio.to_thread(lambda: [_planned(row, zone, days) for row in rows])  # fifty schedules, a month
    return PlanEffects(
        plan_id=plan.id,
        patient_id=plan.patient_id,
        minimum_n=minimum,
        high_distress_from=HIGH_DISTRESS,
        adherence_days=(days[1] - days[0]).days + 1 if days else 0,
        strategies=[_effect(row, changes, ranked, count) for row, count in zip(rows, planned, strict=True)],
    )


def _days(plan: PlanToSum, today: date) -> tuple[date, date] | None:
    """Return the whole days that adherence looks at: since the plan is active, so none on which it rested."""
    if plan.state is not PlanState.ACTIVE or plan.agreed_at is None:
        return None
    active_on = max(plan.agreed_at, plan.resumed_at or plan.agreed_at).astimezone(ZoneInfo(plan.time_zone)).date()
    first = max(active_on + _DAY, today - timedelta(days=ADHERENCE_DAYS))
    return (first, today - _DAY) if first < today else None


def _planned(row: StrategySums, zone: ZoneInfo, days: tuple[date, date] | None) -> int:
    if days is None or row.schedule is None or row.starts_on is None:
        return 0
    return sum(1 for _ in moments(row.schedule, row.starts_on, zone, *days))


def _begin(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone).astimezone(UTC)


def _effect(
    row: StrategySums, changes: Mapping[UUID, MeanChange], ranked: Mapping[UUID, int], planned: int
) -> StrategyEffect:
    high = Sums(row.high_n, row.high_total, row.high_squares)
    lower = Sums(row.n - high.n, row.total - high.total, row.squares - high.squares)
    helped = round(row.helpfulness_total / row.helpfulness_n, 2) if row.helpfulness_n else None
    return {
        "strategy_id": row.strategy_id,
        "uses": row.uses,
        "skips": row.skips,
        "change": shown_change(changes[row.strategy_id]),
        "change_from_high": shown_change(mean_change(high)),
        "change_from_lower": shown_change(mean_change(lower)),
        "mean_helpfulness": helped,
        "would_use_again": {"yes": row.again_yes, "answered": row.again_answered},
        "adherence": {"done": row.done, "planned": planned, "percent": adherence_percent(row.done, planned)},
        "rank": ranked.get(row.strategy_id) if len(ranked) > 1 else None,
    }


def shown_change(change: MeanChange) -> DistressChange:
    """Return a mean change as it is answered."""
    return {"n": change.n, "mean": change.mean, "low": change.low, "high": change.high}
