"""Waiting for a state that is to come. No verdict depends on how long that takes."""

import asyncio
import time
from collections.abc import Awaitable, Callable

__all__ = ["STUCK_SECONDS", "until", "until_async"]

STUCK_SECONDS = 300
"""After which something is stuck: a hundred times what a busy machine takes. It ends what would hang, no more."""
_LOOK_EVERY = 0.01


def until(is_so: Callable[[], object], what: str) -> None:
    """Look again and again until it is so. Raises AssertionError that says what was waited for."""
    latest = time.monotonic() + STUCK_SECONDS
    while not is_so():
        assert time.monotonic() < latest, f"waited in vain for {what}"
        time.sleep(_LOOK_EVERY)


async def until_async(is_so: Callable[[], object | Awaitable[object]], what: str) -> None:
    """As `until`, while the event loop goes on; what is looked at may be a coroutine's answer."""
    latest = time.monotonic() + STUCK_SECONDS
    while True:
        found = is_so()
        if await found if isinstance(found, Awaitable) else found:
            return
        assert time.monotonic() < latest, f"waited in vain for {what}"
        await asyncio.sleep(_LOOK_EVERY)
