"""When a patient is reminded of a window. All is pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

MAX_REMINDERS = 20


class Waiting(NamedTuple):
    """A window that waits for an answer."""

    opens_at: datetime
    due_at: datetime
    closes_at: datetime


def reminders_of(waiting: Waiting, now: datetime) -> Iterator[datetime]:
    """Yield when a phone reminds of a window: when it is due, and half-way from there to its end."""
    for at in (waiting.due_at, waiting.due_at + (waiting.closes_at - waiting.due_at) / 2):
        if at > now:
            yield at


def reminders(windows: Sequence[Waiting], now: datetime) -> list[datetime]:
    """Return the next reminders of these windows, each time once."""
    return sorted({at for one in windows for at in reminders_of(one, now)})[:MAX_REMINDERS]
