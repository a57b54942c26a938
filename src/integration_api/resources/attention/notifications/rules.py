"""Rules of notifications: their kinds, their sentences, quiet hours, and when to try again. All is pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MINUTES_OF_DAY = 1440
_DAYS_AHEAD = 3


class NotificationKind(StrEnum):
    """The kinds of things that a person is told of."""

    CHECK_IN_OPEN = "check_in_open"
    REPLY_TO_READ = "reply_to_read"
    PLAN_TO_ANSWER = "plan_to_answer"
    URGENT_TASK = "urgent_task"
    CHAIN_FAILED = "chain_failed"
    """Nobody on call was reached, or nobody took what is urgent."""
    ROSTER_GAP = "roster_gap"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105  no password


FOR_PATIENTS = (NotificationKind.CHECK_IN_OPEN, NotificationKind.REPLY_TO_READ, NotificationKind.PLAN_TO_ANSWER)
"""Told to those who have chosen the kind."""
URGENT = frozenset({NotificationKind.URGENT_TASK, NotificationKind.CHAIN_FAILED})
"""Told to staff at any hour, whatever they have chosen."""
CODES = frozenset({NotificationKind.INVITATION, NotificationKind.PASSWORD_RESET})
"""Carried by e-mail alone, if the clinic's policy `email_codes` is 1."""

SUBJECT = "A message for you"
_FOR_PATIENT = "There is something for you in your journal."
SENTENCES: Mapping[NotificationKind, str] = {
    NotificationKind.CHECK_IN_OPEN: _FOR_PATIENT,
    NotificationKind.REPLY_TO_READ: _FOR_PATIENT,
    NotificationKind.PLAN_TO_ANSWER: _FOR_PATIENT,
    NotificationKind.URGENT_TASK: "You are on call and are needed. Please sign in now.",
    NotificationKind.CHAIN_FAILED: "Nobody on call has answered. Please sign in now.",
    NotificationKind.ROSTER_GAP: "The roster has a gap. Please sign in.",
    NotificationKind.INVITATION: "Here is the code that opens your account. Nobody will ask you for it.",
    NotificationKind.PASSWORD_RESET: "Here is the code for a new password. Nobody will ask you for it.",
}
"""All that leaves the product. It is read on locked screens, and kept by companies that carry messages."""

_URGENT_PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5))
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""After each failed try. POLICY."""


def next_try(kind: NotificationKind, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after so many failed tries; None if it is given up."""
    pauses = _URGENT_PAUSES if kind in URGENT or kind in CODES else _PAUSES
    return now + pauses[attempts - 1] if attempts <= len(pauses) else None


def quiet_until(now: datetime, zone: str, begins: int | None, ends: int | None) -> datetime | None:
    """Return when the quiet hours end that it is in now; None if it is in none.

    `begins` and `ends` are minutes of the person's local day; if they end before they begin, it is on the next day.
    """
    if begins is None or ends is None or begins == ends:
        return None
    local = now.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    is_quiet = begins <= minute < ends if begins < ends else minute >= begins or minute < ends
    if not is_quiet:
        return None
    for ahead in range(_DAYS_AHEAD):
        day = local.date() + timedelta(days=ahead)
        end = datetime.combine(day, time(*divmod(ends, 60)), ZoneInfo(zone)).astimezone(UTC)
        if end > now:
            return end
    return None


def minute_of(text: str) -> int:
    """Return the minute of the day of `HH:MM`."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def clock_text(minute: int) -> str:
    """Return `HH:MM` of a minute of the day."""
    return "{:02}:{:02}".format(*divmod(minute, 60))
