"""Identifiers and times that a device makes by itself."""

import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

_MAX_CLOCK_STEP_MS = 60_000
"""A clock that goes back by less than this is waited out; by more, it was corrected, and is followed."""
_COUNTER_BITS = 12


class Ids:
    """A source of UUIDs of version 7 (RFC 9562). Each sorts after the one before, also within one millisecond."""

    def __init__(self, milliseconds: Callable[[], int] | None = None) -> None:
        """Take the clock, in milliseconds since 1970; the system's unless another is given."""
        self._milliseconds = milliseconds or (lambda: time.time_ns() // 1_000_000)
        self._last, self._counter = -1, 0
        self._lock = threading.Lock()

    def __call__(self) -> UUID:
        """Return a new identifier."""
        with self._lock:
            now = self._milliseconds()
            if now > self._last or self._last - now > _MAX_CLOCK_STEP_MS:
                self._last, self._counter = now, secrets.randbits(_COUNTER_BITS - 1)
            else:
                self._counter += 1
                if self._counter >> _COUNTER_BITS:
                    self._last, self._counter = self._last + 1, 0
            at, counter = self._last, self._counter
        low = (0b10 << 62) | secrets.randbits(62)
        return UUID(int=(at & (1 << 48) - 1) << 80 | (0x7000 | counter) << 64 | low)


new_id = Ids()
"""Return a new identifier, by this device's clock. The API accepts it however wrong the clock is."""


def new_key() -> str:
    """Return a new Idempotency-Key."""
    return str(new_id())


def now() -> datetime:
    """Return the time by this device's clock, for `captured_at` and `used_at`. The API marks a wrong clock."""
    return datetime.now(UTC)
