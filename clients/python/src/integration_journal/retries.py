"""When to try again: exponential backoff with full jitter, and `Retry-After`."""

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retries:
    """The number of tries of one request, and the pauses between them in seconds."""

    tries: int = 4
    first_pause: float = 0.5
    max_pause: float = 30.0
    """A `Retry-After` beyond this is not waited for: the refusal is raised, so that a person can be told."""
    chance: Callable[[], float] = random.random
    """A number from 0 to 1."""

    def pause(self, tried: int, retry_after: float | None = None) -> float | None:
        """Return the seconds until the next try, after `tried` of them; None if that is too long to wait for.

        Many devices that were refused at once come back spread out, and none before `Retry-After`.
        """
        backoff = min(self.max_pause, self.first_pause * 2.0 ** min(tried - 1, 30))
        if retry_after is None:
            return self.chance() * backoff
        if retry_after > self.max_pause:
            return None
        return retry_after + self.chance() * min(backoff, 1 + retry_after)


ONCE = Retries(tries=1)
"""For the offline queue, which tries again by itself."""
