"""The clock: the one module that asks for the time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import UUID

Clock = Callable[[], datetime]
_clinic_id: ContextVar[UUID | None] = ContextVar("clinic_of_the_time", default=None)


def system_clock() -> datetime:
    """Return the current instant: aware, UTC, to the microsecond."""
    return datetime.now(UTC)


@contextmanager
def time_of(clinic_id: UUID | None) -> Iterator[None]:
    """Let clocks that differ by clinic show this clinic's time meanwhile: those of a sandbox, and no others."""
    token = _clinic_id.set(clinic_id)
    try:
        yield
    finally:
        _clinic_id.reset(token)


def clinic_of_time() -> UUID | None:
    """Return the clinic whose time is asked for, or None outside of any."""
    return _clinic_id.get()
