"""Tasks of the event loop that run behind the requests: so many at a time, and ended with the process."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


async def in_turns(items: Iterable[Item], make: Callable[[Item], Made], turn: int) -> list[Made]:
    """Return what `make` makes of each item; after every `turn` of them, other tasks of the loop go on."""
    waiting, made = iter(items), list[Made]()
    while some := [make(item) for item in islice(waiting, turn)]:
        made += some
        await asyncio.sleep(0)
    return made


async def together(waiting: Iterable[Awaitable[Made]]) -> list[Made]:
    """Wait for all of these at the same time, and return their results in their order."""
    return await asyncio.gather(*waiting)


class Pool:
    """At most so many tasks at a time."""

    def __init__(self, most: int) -> None:
        """Start with none."""
        self._most = most
        self._running: set[asyncio.Task[None]] = set()

    @property
    def room(self) -> int:
        """Return how many more may be started."""
        return self._most - len(self._running)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start one more; it handles its own exceptions."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def any_ended(self, seconds: float) -> None:
        """Wait until one has ended, but no longer than so many seconds."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    async def all_ended(self) -> None:
        """Wait until all have ended that run now."""
        if self._running:
            await asyncio.wait(self._running)

    def cancel(self) -> None:
        """Cut off what runs."""
        for task in self._running:
            task.cancel()


@asynccontextmanager
async def in_background(run: Callable[[asyncio.Event], Awaitable[None]], end_seconds: float) -> AsyncIterator[None]:
    """Run it meanwhile. On leaving its event is set; if it takes longer to end, it is cut off."""
    ending = asyncio.Event()
    task = asyncio.ensure_future(run(ending))
    try:
        yield
    finally:
        ending.set()
        _, late = await asyncio.wait({task}, timeout=end_seconds)
        for one in late:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
