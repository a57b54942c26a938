"""Rules of the roster: when its shifts are, who is on call, and the gaps. All is pure.

A shift is a weekly pattern of local times. If a local time comes twice, a shift begins with the first and ends with the
second. If the clock skips a time, a shift begins an hour before it and ends an hour after. So two shifts that meet on
the clock leave no gap.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_AHEAD = timedelta(days=14)
"""So far ahead gaps are shown. POLICY."""
DAYS_BACK = timedelta(days=2)
"""A shift that began on its last day lasts into the next one, in any zone."""
MAX_SHIFTS = 200
"""Standing shifts of one clinic."""
FOR_EVER = date(9999, 12, 31)
_DAY = timedelta(days=1)


class RosterRank(StrEnum):
    """The order in which people on call are told."""

    PRIMARY = "primary"
    BACKUP = "backup"


class Pattern(Protocol):
    """A shift as it repeats."""

    id: UUID
    account_id: UUID
    rank: RosterRank
    first_on: date
    last_on: date
    weekdays: int
    from_minute: int
    until_minute: int
    time_zone: str


class OnCallSpan(NamedTuple):
    """One time in which one person is on call."""

    starts_at: datetime
    ends_at: datetime
    account_id: UUID
    rank: RosterRank
    shift_id: UUID


class RosterGap(NamedTuple):
    """A time in which nobody is on call."""

    starts_at: datetime
    ends_at: datetime


def mask_of(days: Iterable[str]) -> int:
    """Return these weekdays as bits, Monday the lowest."""
    return sum(1 << WEEKDAYS.index(day) for day in set(days))


def days_of(mask: int) -> list[str]:
    """Return the weekdays of these bits, Monday first."""
    return [day for number, day in enumerate(WEEKDAYS) if mask >> number & 1]


def instants(day: date, minute: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the earliest and the latest instant of a local time, which differ if the clock is set that day."""
    local = datetime.combine(day, time(*divmod(minute, 60)), zone)
    both = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min(both), max(both)


def spans_of(shift: Pattern, since: datetime, until: datetime) -> Iterator[OnCallSpan]:
    """Yield when a shift is, as far as it touches this time, in order."""
    zone = ZoneInfo(shift.time_zone)
    day = max(shift.first_on, since.astimezone(zone).date() - _DAY)
    last = min(shift.last_on, until.astimezone(zone).date())
    while day <= last:
        if shift.weekdays >> day.weekday() & 1:
            is_overnight = shift.until_minute <= shift.from_minute
            starts_at, _ = instants(day, shift.from_minute, zone)
            _, ends_at = instants(day + _DAY if is_overnight else day, shift.until_minute, zone)
            if ends_at > since and starts_at < until:
                yield OnCallSpan(starts_at, ends_at, shift.account_id, shift.rank, shift.id)
        day += _DAY


def spans(shifts: Iterable[Pattern], since: datetime, until: datetime) -> list[OnCallSpan]:
    """Return when all these shifts are, as far as they touch this time, the earliest first."""
    return sorted(span for shift in shifts for span in spans_of(shift, since, until))


def on_call_at(shifts: Iterable[Pattern], at: datetime) -> list[OnCallSpan]:
    """Return who is on call at an instant, primaries first."""
    found = spans(shifts, at, at + timedelta(microseconds=1))
    return sorted(found, key=lambda span: (span.rank is not RosterRank.PRIMARY, span))


def first_on_call(found: Sequence[OnCallSpan]) -> set[UUID]:
    """Return who of those on call is told first: the primaries, or the backups if there are none."""
    primaries = {span.account_id for span in found if span.rank is RosterRank.PRIMARY}
    return primaries or {span.account_id for span in found}


def gaps(found: Sequence[OnCallSpan], since: datetime, until: datetime) -> list[RosterGap]:
    """Return the times from `since` until `until` that none of these spans, the earliest first, covers."""
    missing, covered = [], since
    for span in found:
        if span.starts_at > covered:
            missing.append(RosterGap(covered, min(span.starts_at, until)))
        covered = max(covered, span.ends_at)
    if covered < until:
        missing.append(RosterGap(covered, until))
    return [gap for gap in missing if gap.starts_at < gap.ends_at]
