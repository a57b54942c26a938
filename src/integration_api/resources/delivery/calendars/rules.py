"""The content of a calendar: which days it covers, and its iCalendar text. Source: RFC 5545, RFC 7986."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration

from integration_api.resources.journal.plans.schedules import Moment, moments

MAX_SESSIONS = 500
MAX_STRATEGIES = 100
MAX_PRACTICES = 1000
"""The earliest occurrences; later ones come with a later fetch."""
DAYS_BACK = timedelta(days=30)
DAYS_AHEAD = timedelta(days=180)
PRACTICE_DAYS_AHEAD = timedelta(days=31)
REFRESH_EVERY = timedelta(hours=4)
"""A hint: calendar programs fetch as often as they like, most of them every few hours."""

_PRODUCT = "-//Calendar//EN"
_APPOINTMENT, _PRACTICE = "Appointment", "Practice"
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


def practices(schedules: Sequence[Schedule], zone: ZoneInfo, now: datetime) -> list[Entry]:
    """Return the occurrences of these schedules from today on, by the patient's calendar."""
    first = now.astimezone(zone).date()
    last = first + PRACTICE_DAYS_AHEAD
    found = [
        _practice(schedule, moment)
        for schedule in schedules
        for moment in islice(moments(schedule.rule, schedule.starts_on, zone, first, last), MAX_PRACTICES)
    ]
    found.sort(key=lambda entry: (str(entry.begins), entry.key))
    return found[:MAX_PRACTICES]


def _practice(schedule: Schedule, moment: Moment) -> Entry:
    begins, ends = moment.at or moment.on, None
    if moment.at is not None and schedule.duration_minutes is not None:
        ends = moment.at + timedelta(minutes=schedule.duration_minutes)
    key = f"practice {schedule.id} {begins.isoformat()}"
    return Entry(
        key, begins, ends, _PRACTICE, is_cancelled=False, sequence=schedule.sequence, changed_at=schedule.changed_at
    )


def as_text(entries: Sequence[Entry], uid_key: bytes, account_id: UUID) -> bytes:
    """Return the calendar, the same to the byte as long as nothing in it changes.

    A UID says nothing of the thing, and is another one for another person. So a host of calendars cannot join a
    patient's and a therapist's.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["REFRESH-INTERVAL"] = vDuration(REFRESH_EVERY, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(REFRESH_EVERY)
    for event in _events(entries, uid_key, account_id):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(entries: Sequence[Entry], uid_key: bytes, account_id: UUID) -> Iterator[Event]:
    for entry in entries:
        message = account_id.bytes + entry.key.encode()
        event = Event()
        event.add("uid", hmac.new(uid_key, message, hashlib.sha256).hexdigest()[:32])
        event.add("dtstamp", entry.changed_at.replace(microsecond=0))
        event.add("dtstart", entry.begins)
        if entry.ends is not None:
            event.add("dtend", entry.ends)
        event.add("summary", entry.summary)
        event.add("sequence", entry.sequence)
        event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE" if entry.summary == _APPOINTMENT else "TRANSPARENT")
        yield event
