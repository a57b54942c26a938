"""The report on check-ins that were answered or missed. It names no chart and no person, and counts no few of them."""

from collections.abc import Sequence

from integration_api.access.work import Work
from integration_api.core.quarters import SETTLED, last_quarter
from integration_api.resources.attention.flags.rules import minimum_of
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.rules import ArcState, is_again
from integration_api.resources.care.arc_windows.schemas import ArcWindowCounts, ArcWindowCountsFilter, StepCounts
from integration_api.resources.care.arc_windows.statements import WindowEnd
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic


async def read_arc_window_counts(work: Work, only: ArcWindowCountsFilter) -> ArcWindowCounts:
    """Return how many windows of each step were answered in time, answered late, and missed, in two reads."""
    clinic = await load_clinic(work)
    quarter = only.asked or last_quarter(work.now - SETTLED)
    starts, ends = quarter.begins_at, quarter.next().begins_at
    told_from = ends + SETTLED
    rows = await work.all(sql.LIST_WINDOW_ENDS, starts_at=starts, ends_at=ends)
    counted = rows[: sql.MAX_COUNTED] if work.now >= told_from else []
    by_step: dict[str, list[WindowEnd]] = {}
    for row in (row for row in counted if not is_again(row.step_id)):
        by_step.setdefault(row.step_id, []).append(row)
    work.record()
    minimum = minimum_of(policy(clinic.policies, "outcomes_minimum_patients"))
    enough = [step for step, ends_of in by_step.items() if len({row.patient_id for row in ends_of}) >= minimum]
    return ArcWindowCounts(
        quarter=str(quarter),
        told_from=told_from,
        minimum_patients=minimum,
        is_whole=len(rows) <= sql.MAX_COUNTED,
        items=[_counts(step_id, by_step[step_id]) for step_id in sorted(enough)],
    )


def _counts(step_id: str, rows: Sequence[WindowEnd]) -> StepCounts:
    answered = [row for row in rows if row.state is ArcState.ANSWERED]
    late = sum(row.settled_at is not None and row.settled_at >= row.closes_at for row in answered)
    return StepCounts(step_id=step_id, answered=len(answered), answered_late=late, missed=len(rows) - len(answered))
