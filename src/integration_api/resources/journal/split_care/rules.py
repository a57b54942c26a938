"""Rules of agreements: their state, and how long one may last. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

MAX_DAYS = 366
"""An agreement is made anew after a year. POLICY."""


class SplitCareState(StrEnum):
    """The state of an agreement, derived from its row and the clock."""

    UPCOMING = "upcoming"
    ACTIVE = "active"
    EXPIRED = "expired"
    ENDED = "ended"


def state_of(valid_from: datetime, valid_until: datetime, ended_at: datetime | None, now: datetime) -> SplitCareState:
    """Return the state at a time."""
    if ended_at is not None:
        return SplitCareState.ENDED
    if valid_until <= now:
        return SplitCareState.EXPIRED
    return SplitCareState.UPCOMING if valid_from > now else SplitCareState.ACTIVE


def period_problem(valid_from: datetime, valid_until: datetime, now: datetime) -> str | None:
    """Return why nobody could be shown anything in this period; None if it can be."""
    if valid_until <= max(valid_from, now):
        return "must be after valid_from, and later than now"
    if valid_until - valid_from > timedelta(days=MAX_DAYS):
        return f"must be at most {MAX_DAYS} days after valid_from"
    return None
