"""Waiting for a state that is to come. No verdict depends on how long that takes."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

STUCK_SECONDS = 300
"""After which something is stuck: a hundred times what a busy machine takes. It ends what would hang, no more."""
_FIRST_PAUSE, _PAUSE = 0.0005, 0.02


def _pauses() -> Iterator[float]:
    """Short at first: most of what is waited for is there at once. Ends when something is stuck."""
    latest, pause = time.monotonic() + STUCK_SECONDS, _FIRST_PAUSE
    while time.monotonic() < latest:
        yield pause
        pause = min(2 * pause, _PAUSE)


def until(is_so: Callable[[], object], what: str) -> None:
    """Look again and again until it is so. Raises AssertionError that says what was waited for."""
    for pause in _pauses():
        if is_so():
            return
        time.sleep(pause)
    raise AssertionError(_in_vain(what))


async def until_async(is_so: Callable[[], object | Awaitable[object]], what: str) -> None:
    """As `until`, while the event loop goes on; what is looked at may be a coroutine's answer."""
    for pause in _pauses():
        found = is_so()
        if await found if isinstance(found, Awaitable) else found:
            return
        await asyncio.sleep(pause)
    raise AssertionError(_in_vain(what))


def _in_vain(what: str) -> str:
    return f"waited {STUCK_SECONDS} s in vain for {what}"
