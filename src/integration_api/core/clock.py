"""The clock: the one module that asks for the time."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the current instant: aware, UTC, to the microsecond."""
    return datetime.now(UTC)
