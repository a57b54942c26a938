"""The report on how fast flags are answered. It names no chart, no rule and no person, and counts no few of them."""

from collections.abc import Sequence
from datetime import datetime

from integration_api.access.work import Work
from integration_api.core.quarters import SETTLED, last_quarter
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.rules import (
    MIN_PATIENTS,
    SEVERITIES,
    FlagSeverity,
    median_minutes,
    minimum_of,
)
from integration_api.resources.attention.flags.schemas import FlagTimesFilter, FlagTimesReport, SeverityTimes
from integration_api.resources.attention.flags.statements import FlagTimes


async def read_flag_times(work: Work, only: FlagTimesFilter) -> FlagTimesReport:
    """Return how fast the flags of a quarter were acknowledged, and their patients reached, by severity.

    A severity of too few people is left out. What was done after the quarter is told counts as not done. Else the
    numbers of one day and the next would tell what became of one flag.
    """
    clinic = await work.get(sql.CLINIC_POLICIES)
    quarter = only.asked or last_quarter(work.now - SETTLED)
    starts, ends = quarter.begins_at, quarter.next().begins_at
    told_from = ends + SETTLED
    rows = await work.all(sql.LIST_FLAG_TIMES, starts_at=starts, ends_at=ends)
    counted = rows[: sql.MAX_TIMES] if work.now >= told_from else []
    by_rank: dict[int, list[FlagTimes]] = {}
    for row in counted:
        by_rank.setdefault(row.severity_rank, []).append(row)
    work.record()
    minimum = minimum_of(clinic.policies.get("outcomes_minimum_patients", MIN_PATIENTS))
    enough = [rank for rank, found in by_rank.items() if len({row.patient_id for row in found}) >= minimum]
    return FlagTimesReport(
        quarter=str(quarter),
        told_from=told_from,
        minimum_patients=minimum,
        is_whole=len(rows) <= sql.MAX_TIMES,
        items=[_times(SEVERITIES[rank], by_rank[rank], told_from) for rank in sorted(enough)],
    )


def _times(severity: FlagSeverity, rows: Sequence[FlagTimes], until: datetime) -> SeverityTimes:
    acknowledged = [(row, at) for row in rows if (at := _before(row.acknowledged_at, until)) is not None]
    contacted = [(row, at) for row in rows if (at := _before(row.contacted_at, until)) is not None]
    return SeverityTimes(
        severity=severity,
        raised=len(rows),
        acknowledged=len(acknowledged),
        acknowledged_late=sum((_before(row.acknowledged_at, until) or until) > row.acknowledge_due_at for row in rows),
        median_minutes_to_acknowledge=median_minutes([at - row.alerted_at for row, at in acknowledged]),
        contacted=len(contacted),
        contacted_late=sum((_before(row.contacted_at, until) or until) > row.contact_due_at for row in rows),
        median_minutes_to_contact=median_minutes([at - row.alerted_at for row, at in contacted]),
    )


def _before(at: datetime | None, until: datetime) -> datetime | None:
    """Return when it was done, if that was before the quarter was told; else None."""
    return at if at is not None and at < until else None
