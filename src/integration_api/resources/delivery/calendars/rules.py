"""The content of a calendar: which days it covers, and its iCalendar text. Source: RFC 5545, RFC 7986."""

import hmac
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, vDuration

from integration_api.resources.journal.plans.schedules import Moment, moments

MAX_SESSIONS = 500
MAX_OF_CASE_LOAD = 10_000
"""The most sessions of one case load that are sorted."""
MAX_STRATEGIES = 100
MAX_WINDOWS = 200
MAX_PRACTICES = 1000
"""The earliest occurrences; later ones come with a later fetch."""
DAYS_BACK = timedelta(days=30)
DAYS_AHEAD = timedelta(days=180)
PRACTICE_DAYS_AHEAD = timedelta(days=31)
REFRESH_EVERY = timedelta(hours=4)
"""A hint: calendar programs fetch as often as they like, most of them every few hours."""

_PRODUCT = "-//Calendar//EN"
_APPOINTMENT, _PRACTICE, _CHECK_IN = "Appointment", "Practice", "Check-in"
"""All that a calendar says, for it is shown on locked screens and kept by companies that host calendars."""


class Entry(NamedTuple):
    """One event of a calendar. `key` names it for ever; `sequence` rises with each change of it."""

    key: str
    begins: datetime | date
    ends: datetime | None
    summary: str
    is_cancelled: bool
    sequence: int
    changed_at: datetime


class Schedule(NamedTuple):
    """A strategy's schedule."""

    id: UUID
    rule: str
    starts_on: date
    duration_minutes: int | None
    sequence: int
    changed_at: datetime


def span(now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when sessions are shown: whole days (UTC), so that a calendar changes once a day."""
    today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    return today - DAYS_BACK, today + DAYS_AHEAD


def appointment(
    session_id: UUID, begins: datetime, ends: datetime | None, version: int, at: datetime, *, is_cancelled: bool
) -> Entry:
    """Return the event of a session."""
    return Entry(f"session {session_id}", begins, ends, _APPOINTMENT, is_cancelled, version - 1, at)


def check_in(window_id: UUID, due_at: datetime, version: int, at: datetime) -> Entry:
    """Return the event of a time at which the patient is asked something."""
    return Entry(
        f"window {window_id}", due_at, None, _CHECK_IN, is_cancelled=False, sequence=version - 1, changed_at=at
    )


def practices(schedules: Sequence[Schedule], zone: ZoneInfo, now: datetime) -> Iterator[Entry | None]:
    """Yield the earliest occurrences of these schedules from today on, by the patient's calendar, in order.

    No more are computed than are shown. It begins with one None a schedule, so that a caller can pause between them.
    """
    first = now.astimezone(zone).date()
    ahead: list[tuple[str, str, int, Entry]] = []
    found = [
        (schedule, moments(schedule.rule, schedule.starts_on, zone, first, first + PRACTICE_DAYS_AHEAD))
        for schedule in schedules
    ]

    def look(at: int) -> None:
        schedule, rest = found[at]
        moment = next(rest, None)
        if moment is not None:
            entry = _practice(schedule, moment)
            heappush(ahead, (str(entry.begins), entry.key, at, entry))

    for at in range(len(found)):
        look(at)
        yield None
    for _ in range(MAX_PRACTICES):
        if not ahead:
            return
        _, _, at, entry = heappop(ahead)
        look(at)
        yield entry


def _practice(schedule: Schedule, moment: Moment) -> Entry:
    begins, ends = moment.at or moment.on, None
    if moment.at is not None and schedule.duration_minutes is not None:
        ends = moment.at + timedelta(minutes=schedule.duration_minutes)
    key = f"practice {schedule.id} {begins.isoformat()}"
    return Entry(
        key, begins, ends, _PRACTICE, is_cancelled=False, sequence=schedule.sequence, changed_at=schedule.changed_at
    )


def _frame() -> tuple[bytes, bytes]:
    """Return a calendar as it stands before its events and after them."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["REFRESH-INTERVAL"] = vDuration(REFRESH_EVERY, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH_EVERY)
    begins, end, rest = bytes(calendar.to_ical()).partition(b"END:VCALENDAR")
    return begins, end + rest


BEGINS, ENDS = _frame()
"""A calendar without events."""


def event(entry: Entry, uid_key: bytes, account_id: UUID) -> bytes:
    """Return an event, the same to the byte as long as nothing in it changes.

    A UID says nothing of the thing, and is another one for another person. So a host of calendars cannot join a
    patient's and a therapist's. Each line is short, and of ASCII words and times, so none is folded or escaped:
    `icalendar` writes the same in fifty times as long.
    """
    uid = hmac.digest(uid_key, account_id.bytes + entry.key.encode(), "sha256").hex()[:32]
    lines = (
        "BEGIN:VEVENT",
        f"SUMMARY:{entry.summary}",
        f"DTSTART{_time(entry.begins)}",
        *([f"DTEND{_time(entry.ends)}"] if entry.ends is not None else []),
        f"DTSTAMP{_time(entry.changed_at)}",
        f"UID:{uid}",
        f"SEQUENCE:{entry.sequence}",
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'OPAQUE' if entry.summary == _APPOINTMENT else 'TRANSPARENT'}",
        "END:VEVENT",
        "",
    )
    return "\r\n".join(lines).encode()


def _time(at: datetime | date) -> str:
    """Return the value of a property: an instant (UTC), or a day."""
    if isinstance(at, datetime):
        return f":{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f";VALUE=DATE:{at:%Y%m%d}"
