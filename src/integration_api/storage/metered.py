"""A driver that says what it does: seconds of reads and commits, waits for a place or a connection, sizes of batches.

It is made only if somebody counts. Without that the plain driver runs, and nothing of this is on the way of a request.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Literal, Protocol

from integration_api.storage.batching import Answer, Batches, Item, Parts
from integration_api.storage.compiling import DialectName
from integration_api.storage.database import Driver, Prepared, PreparedList


class DatabaseMeter(Protocol):
    """Counts what a driver does."""

    def waited(self, seconds: float) -> None:
        """Count a wait for a place in a batch, or for a connection."""

    def batched(self, items: int) -> None:
        """Count a batch of so many items."""

    def read(self, seconds: float) -> None:
        """Count a read, with its wait."""

    def committed(self, seconds: float) -> None:
        """Count a commit, with its wait."""


def metered_parts(meter: DatabaseMeter) -> Parts:
    """Return the parts of a driver that tell of their waits and batches."""
    return Parts(partial(MeteredBatches, meter=meter), partial(MeteredSlots, meter=meter))


class MeteredBatches(Batches[Item, Answer]):
    """Batches that tell how long the oldest item of each has waited, and how many items it has."""

    def __init__(self, *given: Any, meter: DatabaseMeter, **more: Any) -> None:  # noqa: ANN401  those of `Batches`
        """Take what `Batches` takes."""
        super().__init__(*given, **more)
        self._meter = meter

    def _start_batches(self, kind: Any, queue: Any) -> None:  # noqa: ANN401  as there
        if queue.waiting and queue.in_flight < self._max_in_flight:
            begun = queue.waiting[0][1] - self._max_wait_seconds
            self._meter.waited(max(0.0, asyncio.get_running_loop().time() - begun))
        super()._start_batches(kind, queue)

    async def _run_batch(self, kind: Any, queue: Any, batch: Sequence[tuple[Item, "asyncio.Future[Answer]"]]) -> None:  # noqa: ANN401  as there
        self._meter.batched(len(batch))
        await super()._run_batch(kind, queue, batch)


class MeteredSlots(asyncio.Semaphore):
    """Places for connections that tell how long one was waited for."""

    def __init__(self, size: int, *, meter: DatabaseMeter) -> None:
        """Take the number of places."""
        super().__init__(size)
        self._meter = meter

    async def acquire(self) -> Literal[True]:
        """Take a place. The wait is told also if it is given up."""
        if not self.locked():
            return await super().acquire()
        with _timed(self._meter.waited):
            return await super().acquire()


class MeteredDriver:
    """A driver around another one, which does all of the work."""

    def __init__(self, driver: Driver, meter: DatabaseMeter) -> None:
        """Take the driver that works."""
        self.dialect: DialectName = driver.dialect
        self.inner, self._meter = driver, meter
        self.open, self.close, self.scrub = driver.open, driver.close, driver.scrub

    async def read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        """Run one query."""
        with _timed(self._meter.read):
            return await self.inner.read(sql, arguments)

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """Apply all changes durably, or none."""
        with _timed(self._meter.committed):
            await self.inner.apply(changes)

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert rows durably."""
        with _timed(self._meter.committed):
            await self.inner.append(sql, rows)

    async def load(self, first: Prepared, lists: Sequence[PreparedList]) -> None:
        """Apply one change, then each change of the lists."""
        with _timed(self._meter.committed):
            await self.inner.load(first, lists)


@contextmanager
def _timed(observe: Callable[[float], None]) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        observe(time.perf_counter() - begun)
