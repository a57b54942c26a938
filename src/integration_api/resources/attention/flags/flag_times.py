"""The report on how fast flags are answered. It names no chart, no rule and no person."""

from collections.abc import Sequence
from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.rules import SEVERITIES, FlagSeverity, median_minutes
from integration_api.resources.attention.flags.schemas import FlagTimesFilter, FlagTimesReport, SeverityTimes
from integration_api.resources.attention.flags.statements import FlagTimes


async def read_flag_times(work: Work, only: FlagTimesFilter) -> FlagTimesReport:
    """Return how fast the clinic's flags were acknowledged, and their patients reached, by severity."""
    rows = await work.all(sql.LIST_FLAG_TIMES, **vars(only))
    counted = rows[: sql.MAX_TIMES]
    by_severity = [
        _times(severity, [row for row in counted if row.severity_rank == rank], work.now)
        for rank, severity in enumerate(SEVERITIES)
    ]
    work.record()
    return FlagTimesReport(is_whole=len(rows) <= sql.MAX_TIMES, items=by_severity)


def _times(severity: FlagSeverity, rows: Sequence[FlagTimes], now: datetime) -> SeverityTimes:
    return SeverityTimes(
        severity=severity,
        raised=len(rows),
        acknowledged=sum(row.acknowledged_at is not None for row in rows),
        acknowledged_late=sum((row.acknowledged_at or now) > row.acknowledge_due_at for row in rows),
        median_minutes_to_acknowledge=median_minutes(
            [row.acknowledged_at - row.alerted_at for row in rows if row.acknowledged_at is not None]
        ),
        contacted=sum(row.contacted_at is not None for row in rows),
        contacted_late=sum((row.contacted_at or now) > row.contact_due_at for row in rows),
        median_minutes_to_contact=median_minutes(
            [row.contacted_at - row.alerted_at for row in rows if row.contacted_at is not None]
        ),
    )
