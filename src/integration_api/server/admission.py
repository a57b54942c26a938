"""Load shedding: a process admits a limited number of requests at once, and refuses further ones unread.

No request queues for a slot. A request releases its slot while it waits for the client to send or to receive. It takes
the slot back without a check, so `working` may exceed the limit. The drivers bound the wait for the database.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Container

from starlette.types import Message, Receive

from integration_api.core import logs

_RESERVE_DIVISOR = 8
_COST_OF_REFUSAL = 0.2  # of an average request: a tenth of its processor time, and as much in thread switches
_MIN_SHARE = 0.25  # of the slots; below it, requests no longer share statements and commits, and throughput falls
_AVERAGED_ADMISSIONS = 64  # each admitted request has a weight of 1/64 in the moving average of refusals
_MIN_SECONDS_BETWEEN_LINES = 1.0
MAX_BEGUN_TOGETHER = 4
"""Requests that begin in one turn of the event loop: some milliseconds of work, after which others have their turn."""


class LoadShedder:
    """The count of requests in progress. Logs the number of refusals, at most once a second."""

    def __init__(
        self,
        most: int,
        shed_last: Container[str] = frozenset(),
        shed_never: Container[str] = frozenset(),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set the limit to `most` requests; a flood lowers it.

        Paths in `shed_last` are admitted up to `most` and an eighth more, also in a flood. Paths in `shed_never`
        always get a slot. `seconds` is a clock for the log.
        """
        self.working, self._seconds = 0, seconds
        self._most, self._shed_last, self._shed_never = most, shed_last, shed_never
        self._reserve = max(1, most // _RESERVE_DIVISOR)
        self._slots = float(most)
        self._refused_since, self._refused_for_one = 0, 0.0
        self._refused = 0
        self._logged_at = -_MIN_SECONDS_BETWEEN_LINES

    def slot_for(self, path: str) -> "Slot | None":
        """Return a slot for a request to this path, or None if it is to be refused."""
        if (
            self.working < self._slots
            or path in self._shed_never
            or (self.working < self._most + self._reserve and path in self._shed_last)
        ):
            self._count_slot()
            return Slot(self)
        self._count_refusal()
        return None

    def _count_slot(self) -> None:
        """Recompute the slots from the average number of refusals for one admission: refusals cost processor time."""
        self._refused_for_one += (self._refused_since - self._refused_for_one) / _AVERAGED_ADMISSIONS
        self._refused_since = 0
        self._slots = self._most * max(_MIN_SHARE, 1 / (1 + _COST_OF_REFUSAL * self._refused_for_one))

    def _count_refusal(self) -> None:
        self._refused_since += 1
        self._refused += 1
        now = self._seconds()
        if now - self._logged_at >= _MIN_SECONDS_BETWEEN_LINES:
            logs.event("overloaded", logs.WARNING, refused=self._refused, working=self.working)
            self._refused, self._logged_at = 0, now


class Slot:
    """The slot of one request, taken at the start. A second `release` has no effect."""

    __slots__ = ("_is_held", "_shedder")

    def __init__(self, shedder: LoadShedder) -> None:
        """Take one of the shedder's slots."""
        self._shedder, self._is_held = shedder, True
        shedder.working += 1

    def release(self) -> None:
        """Release the slot if it is held."""
        if self._is_held:
            self._is_held = False
            self._shedder.working -= 1

    async def released_during(self, receive: Receive) -> Message:
        """Return the client's next message. Another request may use the slot meanwhile; it is then taken back."""
        if not self._is_held:
            return await receive()
        self.release()
        message = await receive()
        self._is_held = True
        self._shedder.working += 1
        return message


class Turns:
    """At most so many requests begin in one turn of the event loop; the others begin in the next ones, in order.

    Without this, requests that arrive together are all begun in one turn. Until it ends, no database's answer is read.
    """

    def __init__(self, most: int = MAX_BEGUN_TOGETHER) -> None:
        """Let `most` begin in each turn."""
        self._most, self._begun, self._is_called = most, 0, False
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def begin(self) -> None:
        """Return in a turn in which this request may begin."""
        if self._begun < self._most and not self._waiting:
            self._begin()
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def _begin(self) -> None:
        self._begun += 1
        if not self._is_called:
            self._is_called = True
            asyncio.get_running_loop().call_soon(self._next)

    def _next(self) -> None:
        self._begun, self._is_called = 0, False
        while self._waiting and self._begun < self._most:
            turn = self._waiting.popleft()
            if not turn.done():  # its client may have gone
                turn.set_result(None)
                self._begin()
