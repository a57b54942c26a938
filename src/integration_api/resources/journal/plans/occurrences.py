"""The occurrences of a plan's schedules, computed once for every phone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from heapq import merge
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.resources.journal.plans import statements as sql
from integration_api.resources.journal.plans.occurrence_schemas import Days, Occurrence, Occurrences
from integration_api.resources.journal.plans.schedules import Moment, moments
from integration_api.resources.journal.plans.service import load_strategies, record
from integration_api.resources.journal.plans.tables import PlanState, StrategyRow
from integration_api.web.errors import Invalid

MAX_DAYS = 62
MAX_OCCURRENCES = 1000
"""After so many, the list ends with the day."""

_RESTING = (PlanState.PAUSED, PlanState.COMPLETED, PlanState.ARCHIVED)


async def list_occurrences(work: Work, plan_id: UUID, days: Days) -> Occurrences:
    """When the strategies of a plan come, from one day to another; never while it rests. Raises NotFound, Invalid."""
    if not 0 <= (days.last - days.first).days < MAX_DAYS:
        message = f"not before `from`, and at most {MAX_DAYS} days in all"
        raise Invalid(errors=[{"field": "query.to", "code": "invalid_range", "message": message}])
    row = await work.get(sql.READ_PLAN_WITH_ZONE, id=plan_id)
    strategies = [] if row.state in _RESTING else await load_strategies(work, row)
    items, last = occurrences_of(strategies, ZoneInfo(row.time_zone), days)
    record(work, row)
    return Occurrences(items=items, time_zone=row.time_zone, through=last)


def occurrences_of(strategies: Sequence[StrategyRow], zone: ZoneInfo, days: Days) -> tuple[list[Occurrence], date]:
    """Return when these strategies come, in order, and the day up to which that is all."""
    found: list[tuple[Moment, UUID]] = []
    last = days.last
    for moment, strategy_id in merge(*(_of(one, zone, days) for one in strategies), key=lambda pair: pair[0].on):
        if len(found) >= MAX_OCCURRENCES and moment.on > found[-1][0].on:
            last = found[-1][0].on
            break
        found.append((moment, strategy_id))
    found.sort(key=lambda pair: (pair[0].on, pair[0].at or _begin(pair[0].on, zone), pair[1]))
    return [Occurrence(strategy_id=strategy_id, on=moment.on, at=moment.at) for moment, strategy_id in found], last


def _of(strategy: StrategyRow, zone: ZoneInfo, days: Days) -> Iterator[tuple[Moment, UUID]]:
    if strategy.schedule is not None and strategy.starts_on is not None:
        for moment in moments(strategy.schedule, strategy.starts_on, zone, days.first, days.last):
            yield moment, strategy.id


def _begin(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)
