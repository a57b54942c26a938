"""How many requests one process works on at once. What comes beyond is refused at the door, at once and unread.

Nobody waits at the door, so what is let in finds a short queue behind it: its waiting time is bounded by the number
of places (and by the drivers, which give up on a database that is busy for too long). A place is held while the
process works on a request, not while it waits for a client to send a body or to take an answer.
"""

import time
from collections.abc import Callable, Container

from starlette.types import Message, Receive

from integration_api.core import logs

_RESERVE = 8
_COST_OF_REFUSAL = 0.2  # of an average request: a tenth of its processor time, and as much in turns taken from threads
_FEWEST = 0.25  # of the places: below, requests no longer share statements and commits, and less is done for nothing
_REMEMBERED = 64  # requests let in, after which a flood is forgotten
_SECONDS_BETWEEN_LINES = 1.0


class Gate:
    """Counts the requests that are worked on. One log line a second at the most says how many were refused."""

    def __init__(
        self,
        most: int,
        shed_last: Container[str] = frozenset(),
        shed_never: Container[str] = frozenset(),
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`most` requests at once, fewer in a flood; those whose path is in `shed_last` always an eighth more.

        Paths in `shed_never` always find a place. `seconds` is a clock for the log.
        """
        self.working, self._seconds = 0, seconds
        self._most, self._shed_last, self._shed_never = most, shed_last, shed_never
        self._reserve = max(1, most // _RESERVE)
        self._places = float(most)
        self._refused_since, self._refused_for_one = 0, 0.0
        self._refused = 0
        self._told_at = -_SECONDS_BETWEEN_LINES

    def place_for(self, path: str) -> "Place | None":
        """A place for a request to this path, or None: refuse it."""
        if (
            self.working < self._places
            or path in self._shed_never
            or (self.working < self._most + self._reserve and path in self._shed_last)
        ):
            self._count_place()
            return Place(self)
        self._count_refusal()
        return None

    def _count_place(self) -> None:
        """Refusing takes time from work: the more are refused for one let in, the fewer places, so waiting stays."""
        self._refused_for_one += (self._refused_since - self._refused_for_one) / _REMEMBERED
        self._refused_since = 0
        self._places = self._most * max(_FEWEST, 1 / (1 + _COST_OF_REFUSAL * self._refused_for_one))

    def _count_refusal(self) -> None:
        self._refused_since += 1
        self._refused += 1
        now = self._seconds()
        if now - self._told_at >= _SECONDS_BETWEEN_LINES:
            logs.event("overloaded", logs.WARNING, refused=self._refused, working=self.working)
            self._refused, self._told_at = 0, now


class Place:
    """One request's place. Held from the start; given back once, however often that is said."""

    __slots__ = ("_gate", "_is_held")

    def __init__(self, gate: Gate) -> None:
        """Made by the gate."""
        self._gate, self._is_held = gate, True
        gate.working += 1

    def give_back(self) -> None:
        """The work is done: what is left is the client's to wait for."""
        if self._is_held:
            self._is_held = False
            self._gate.working -= 1

    async def lent_during(self, receive: Receive) -> Message:
        """What the client sends next; the place is another's meanwhile."""
        if not self._is_held:
            return await receive()
        self.give_back()
        message = await receive()
        self._is_held = True
        self._gate.working += 1
        return message
