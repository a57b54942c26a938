"""The report on check-ins that were answered or missed. It names no chart and no person."""

from collections.abc import Sequence

from integration_api.access.work import Work
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.schemas import ArcWindowCounts, ArcWindowCountsFilter, StepCounts
from integration_api.resources.care.arc_windows.statements import WindowEnd


async def read_arc_window_counts(work: Work, only: ArcWindowCountsFilter) -> ArcWindowCounts:
    """Return how many windows of each step were answered in time, answered late, and missed."""
    rows = await work.all(sql.LIST_WINDOW_ENDS, **vars(only))
    counted = rows[: sql.MAX_COUNTED]
    by_step: dict[str, list[WindowEnd]] = {}
    for row in counted:
        by_step.setdefault(row.step_id, []).append(row)
    work.record()
    items = [_counts(step_id, by_step[step_id]) for step_id in sorted(by_step)]
    return ArcWindowCounts(is_whole=len(rows) <= sql.MAX_COUNTED, items=items)


def _counts(step_id: str, rows: Sequence[WindowEnd]) -> StepCounts:
    answered = [row for row in rows if row.state is ArcState.ANSWERED]
    late = sum(row.settled_at is not None and row.settled_at >= row.closes_at for row in answered)
    return StepCounts(step_id=step_id, answered=len(answered), answered_late=late, missed=len(rows) - len(answered))
