"""The times of a step after a dose, by the patient's clock. All is pure.

Hours pass. Days, weeks and months are counted on the patient's calendar, and keep the time of day of the dose. A month
without that day ends on its last one. A local time that the clock skips is as much later as the clock is set forward.
One that comes twice is the first of the two. Source: RFC 5545, 3.3.5, as for schedules.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from integration_api.resources.care.arc_windows.protocol_parts import ArcOffset, ArcStep

_MONTHS_OF_YEAR = 12
_DAYS_OF_WEEK = 7
_SHORTEST = timedelta(hours=1)
"""A window closes no sooner after it is due, whatever a calendar does."""


class ArcTimes(NamedTuple):
    """When a window opens, is due, and closes (UTC)."""

    opens_at: datetime
    due_at: datetime
    closes_at: datetime


def times_of(step: ArcStep, dose_at: datetime, zone: ZoneInfo) -> ArcTimes:
    """Return the times of a step after the first dose, in their order whatever a calendar does."""
    opens_at, due_at, closes_at = (
        shifted(dose_at, after, zone) for after in (step["opens_after"], step["due_after"], step["closes_after"])
    )
    return ArcTimes(min(opens_at, due_at), due_at, max(closes_at, due_at + _SHORTEST))


def shifted(at: datetime, after: ArcOffset, zone: ZoneInfo) -> datetime:
    """Return the instant that lies so long after another (UTC)."""
    amount, unit = after["amount"], after["unit"]
    if unit == "hours":
        return at + timedelta(hours=amount)
    local = at.astimezone(zone)
    if unit == "months":
        day = _months_later(local.date(), amount)
    else:
        day = local.date() + timedelta(days=amount * (_DAYS_OF_WEEK if unit == "weeks" else 1))
    return datetime.combine(day, local.time(), zone).replace(fold=0).astimezone(UTC)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, _MONTHS_OF_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
