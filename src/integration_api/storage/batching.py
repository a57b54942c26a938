"""Batching of concurrent work of one kind into one round trip or one commit (group commit).

No item waits for a timer. The items that arrive in one turn of the event loop start at its end. Items that arrive while
the allowed number of batches is in flight form the next batch.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from integration_api.storage.database import WAIT_SECONDS, DatabaseDown

ANSWERED_TOGETHER = 16
"""The results that are given in one turn of the event loop, since each wakes a request that makes its response."""
Item = TypeVar("Item")
Answer = TypeVar("Answer")


class _Queue(Generic[Item, Answer]):
    """The waiting items of one kind, oldest first."""

    __slots__ = ("in_flight", "is_called", "is_watched", "waiting")

    def __init__(self) -> None:
        self.waiting: list[tuple[Item, float, asyncio.Future[Answer]]] = []
        self.in_flight = 0
        self.is_called = False
        self.is_watched = False


class Batches(Generic[Item, Answer]):
    """Batches of items by kind; each item gets its own result."""

    def __init__(
        self,
        run: Callable[[Any, Sequence[Item]], Awaitable[Sequence[Answer | Exception]]],
        max_together: int,
        max_in_flight: int,
        max_wait_seconds: float = WAIT_SECONDS,
        max_waiting: int = 2_000,
    ) -> None:
        """Call `run` with the items of one batch; it returns a result or an exception for each.

        A batch has at most `max_together` items, and `max_in_flight` batches of one kind run at a time. An item is
        refused, and was not begun, if `max_waiting` items wait already or if it has waited for `max_wait_seconds`.
        """
        self._run, self._max_together, self._max_in_flight = run, max_together, max_in_flight
        self._max_waiting, self._max_wait_seconds = max_waiting, max_wait_seconds
        self._queues: dict[Any, _Queue[Item, Answer]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def do(self, kind: Any, item: Item) -> Answer:  # noqa: ANN401  anything that can be a key
        """Return the result of one item. Cancelling the caller does not cancel a batch already in flight.

        Raises the item's exception, or DatabaseDown if it would wait too long.
        """
        queue = self._queues.get(kind)
        if queue is None:
            queue = self._queues[kind] = _Queue()
        if len(queue.waiting) >= self._max_waiting:
            raise DatabaseDown
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        queue.waiting.append((item, loop.time() + self._max_wait_seconds, answer))
        if queue.in_flight >= self._max_in_flight:
            self._watch(queue)
        elif not queue.is_called:
            queue.is_called = True
            loop.call_soon(self._start_batches, kind, queue)
        return await answer

    async def end(self) -> None:
        """Wait until all batches in flight have ended."""
        while self._running:
            await asyncio.wait(self._running)

    def _watch(self, queue: _Queue[Item, Answer]) -> None:
        if queue.waiting and not queue.is_watched:
            queue.is_watched = True
            asyncio.get_running_loop().call_at(queue.waiting[0][1], self._shed, queue)

    def _shed(self, queue: _Queue[Item, Answer]) -> None:
        queue.is_watched = False
        now, waited = asyncio.get_running_loop().time(), queue.waiting
        queue.waiting = [entry for entry in waited if entry[1] > now]
        for _, latest, answer in waited:
            if latest <= now and not answer.done():
                answer.set_exception(DatabaseDown())
        self._watch(queue)

    def _start_batches(self, kind: Any, queue: _Queue[Item, Answer]) -> None:  # noqa: ANN401  as above
        queue.is_called = False
        loop = asyncio.get_running_loop()
        while queue.waiting and queue.in_flight < self._max_in_flight:
            taken, queue.waiting = queue.waiting[: self._max_together], queue.waiting[self._max_together :]
            batch = [(item, answer) for item, _, answer in taken if not answer.done()]
            if batch:
                queue.in_flight += 1
                task = loop.create_task(self._run_batch(kind, queue, batch))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        if not queue.in_flight and self._queues.get(kind) is queue:
            del self._queues[kind]  # there are as many kinds as shapes of steps, so only those in use are kept
        self._watch(queue)

    async def _run_batch(
        self,
        kind: Any,  # noqa: ANN401  as above
        queue: _Queue[Item, Answer],
        batch: Sequence[tuple[Item, "asyncio.Future[Answer]"]],
    ) -> None:
        ended: Sequence[Answer | Exception]
        try:
            ended = await self._run(kind, [item for item, _ in batch])
        except Exception as error:  # noqa: BLE001  every caller of the batch must get it
            ended = [error] * len(batch)
        finally:
            queue.in_flight -= 1
        self._start_batches(kind, queue)  # first, so that the database works while the answers are made
        for at, ((_, answer), end) in enumerate(zip(batch, ended, strict=True), 1):
            if not answer.done():
                if isinstance(end, Exception):
                    answer.set_exception(end)
                else:
                    answer.set_result(end)
            if at % ANSWERED_TOGETHER == 0:
                await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a driver is made of: `metered.py` has others, which say what they do."""

    batches: Callable[..., Batches[Any, Any]] = Batches
    slots: Callable[[int], asyncio.Semaphore] = asyncio.Semaphore


PLAIN_PARTS = Parts()
