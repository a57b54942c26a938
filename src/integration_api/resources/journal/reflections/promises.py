"""Rules of the promise to answer what a patient shares: by when, and whether it was kept. All are pure."""

from datetime import datetime
from enum import StrEnum


class PromiseState(StrEnum):
    """The state of a promised reply. One that came too late is missed for ever."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"


def is_waited_for(promised_at: datetime | None, answered_at: datetime | None) -> bool:
    """Return whether a reply is promised and has not come since."""
    return promised_at is not None and (answered_at is None or answered_at < promised_at)


def state_of(promised_at: datetime, due_at: datetime, answered_at: datetime | None, now: datetime) -> PromiseState:
    """Return the state of a promise: answered in time, or not, or still to be."""
    if is_waited_for(promised_at, answered_at) or answered_at is None:
        return PromiseState.OPEN if now < due_at else PromiseState.MISSED
    return PromiseState.KEPT if answered_at <= due_at else PromiseState.MISSED
