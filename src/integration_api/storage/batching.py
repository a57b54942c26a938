"""Work of the same kind that comes while earlier work is under way goes on together: one round trip, one commit.

Nothing waits for a clock: what has come by the end of the event loop's turn sets out at once, in as many flights
as the kind may have; what comes while all are under way takes the next one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from integration_api.storage.database import WAIT_SECONDS, DatabaseDown

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Lane(Generic[Item, Answer]):
    """Items of one kind, in the order they came."""

    __slots__ = ("flights", "is_called", "is_watched", "waiting")

    def __init__(self) -> None:
        self.waiting: list[tuple[Item, float, asyncio.Future[Answer]]] = []
        self.flights = 0
        self.is_called = False
        self.is_watched = False


class Batches(Generic[Item, Answer]):
    """Groups items by kind and answers each as its own."""

    def __init__(
        self,
        fly: Callable[[Any, Sequence[Item]], Awaitable[Sequence[Answer | Exception]]],
        max_together: int,
        flights: int,
        max_wait_seconds: float = WAIT_SECONDS,
        max_waiting: int = 2_000,
    ) -> None:
        """`fly` does items of one kind and gives an answer, or what went wrong, for each.

        At most `max_together` items share a flight, and `flights` of one kind are under way at a time. Where
        `max_waiting` wait already, or one has waited for `max_wait_seconds`, whether or not those under way ever land,
        the others go first: that one is refused, and was not begun.
        """
        self._fly, self._max_together, self._flights = fly, max_together, flights
        self._max_waiting, self._max_wait_seconds = max_waiting, max_wait_seconds
        self._lanes: dict[Any, _Lane[Item, Answer]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def do(self, kind: Any, item: Item) -> Answer:  # noqa: ANN401  anything that can be a key
        """The answer to one item; who stops waiting for it does not stop a flight that it is on.

        Raises what went wrong with it; DatabaseDown where it would wait too long.
        """
        lane = self._lanes.get(kind)
        if lane is None:
            lane = self._lanes[kind] = _Lane()
        if len(lane.waiting) >= self._max_waiting:
            raise DatabaseDown
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        lane.waiting.append((item, loop.time() + self._max_wait_seconds, answer))
        if lane.flights >= self._flights:
            self._watch(lane)
        elif not lane.is_called:
            lane.is_called = True
            loop.call_soon(self._set_out, kind, lane)
        return await answer

    async def end(self) -> None:
        """Wait until everything under way has landed."""
        while self._running:
            await asyncio.wait(self._running)

    def _watch(self, lane: _Lane[Item, Answer]) -> None:
        if lane.waiting and not lane.is_watched:
            lane.is_watched = True
            asyncio.get_running_loop().call_at(lane.waiting[0][1], self._shed, lane)

    def _shed(self, lane: _Lane[Item, Answer]) -> None:
        lane.is_watched = False
        now, waited = asyncio.get_running_loop().time(), lane.waiting
        lane.waiting = [entry for entry in waited if entry[1] > now]
        for _, latest, answer in waited:
            if latest <= now and not answer.done():
                answer.set_exception(DatabaseDown())
        self._watch(lane)

    def _set_out(self, kind: Any, lane: _Lane[Item, Answer]) -> None:  # noqa: ANN401  as above
        lane.is_called = False
        loop = asyncio.get_running_loop()
        while lane.waiting and lane.flights < self._flights:
            taken, lane.waiting = lane.waiting[: self._max_together], lane.waiting[self._max_together :]
            batch = [(item, answer) for item, _, answer in taken if not answer.done()]
            if batch:
                lane.flights += 1
                task = loop.create_task(self._flight(kind, lane, batch))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        if not lane.flights and self._lanes.get(kind) is lane:
            del self._lanes[kind]  # there are as many kinds as shapes of changes: only those under way are kept
        self._watch(lane)

    async def _flight(
        self,
        kind: Any,  # noqa: ANN401  as above
        lane: _Lane[Item, Answer],
        batch: Sequence[tuple[Item, "asyncio.Future[Answer]"]],
    ) -> None:
        ended: Sequence[Answer | Exception]
        try:
            ended = await self._fly(kind, [item for item, _ in batch])
        except Exception as error:  # noqa: BLE001  whatever it was, everybody who waits must be told
            ended = [error] * len(batch)
        finally:
            lane.flights -= 1
        for (_, answer), end in zip(batch, ended, strict=True):
            if answer.done():
                continue
            if isinstance(end, Exception):
                answer.set_exception(end)
            else:
                answer.set_result(end)
        self._set_out(kind, lane)
