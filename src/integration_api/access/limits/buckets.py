"""Token buckets in the database, for all processes and hosts together.

A bucket is a GCRA (ITU-T I.371): one row holds the time until which it is spent. Spending is one guarded UPDATE, so no
two processes spend the same.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from integration_api.access.limits.statements import DELETE_STALE, GIVE_BACK, INSERT_SPENT, READ_SPENT, SPEND
from integration_api.access.work import Work
from integration_api.storage.database import DatabaseDown, Duplicate, Missed, Step


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate: `burst` at once, and one more each time that `every` has passed."""

    burst: int
    every: timedelta

    @property
    def step(self) -> int:
        """Return the cost of one attempt, in microseconds."""
        return self.every // timedelta(microseconds=1)

    @property
    def whole(self) -> int:
        """Return the whole allowance, in microseconds."""
        return self.burst * self.step


_SHORT = 16
_NO_CLINIC = UUID(int=0)
"""All buckets have this clinic, so that the buckets of one attempt can change in one step."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_TRIES = 20
_SKEW = timedelta(hours=1) // timedelta(microseconds=1)
"""The greatest difference of clocks: of two hosts, or of two requests that began a moment apart."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The token bucket of one key."""

    limit: Limit
    digest: bytes

    @classmethod
    def of(cls, work: Work, limit: Limit, kind: str, *parts: bytes | str) -> "Bucket":
        """Make the bucket that `parts` identify; only a keyed digest of them is kept."""
        message = b"".join(framed(part) for part in (kind, *parts))
        return cls(limit, hmac.new(work.runtime.throttle_key, message, hashlib.sha256).digest())

    @property
    def key(self) -> dict[str, UUID]:
        """Return the key of the row: no clinic, and half of the digest as its id."""
        return {"clinic_id": _NO_CLINIC, "id": UUID(bytes=self.digest[:_SHORT])}

    async def wait(self, work: Work) -> int | None:
        """Return the microseconds until one attempt is left (0: now), or None if the bucket has no row."""
        row = await work.runtime.database.one(READ_SPENT, self.key)
        if row is None:
            return None
        ahead = row.spent_until - _us(work.now)
        return max(0, ahead - (self.limit.whole - self.limit.step)) if ahead <= self.limit.whole + _SKEW else 0

    async def take(self, work: Work) -> int:
        """Spend one and return 0, or return the microseconds until one is left."""
        return await take(work, [self])

    def spending(self, now: int, *, is_new: bool) -> Step:
        """Return the change that spends one. It misses if none is left, and collides if the row is not new."""
        whole, step = self.limit.whole, self.limit.step
        if is_new:
            return Step(INSERT_SPENT, {**self.key, "spent_until": now + step})
        bounds = {"latest_us": now + whole - step, "furthest_us": now + whole + _SKEW}
        return Step(SPEND, {**self.key, "now_us": now, "step_us": step, **bounds})


async def take(work: Work, buckets: Sequence[Bucket]) -> int:
    """Spend one of each and return 0, or spend nothing and return the microseconds until each has one."""
    now, database = _us(work.now), work.runtime.database
    for _ in range(_MAX_TRIES):
        waits = await asyncio.gather(*(bucket.wait(work) for bucket in buckets))
        if wait := max(left or 0 for left in waits):
            return wait
        steps = [bucket.spending(now, is_new=left is None) for bucket, left in zip(buckets, waits, strict=True)]
        try:
            await database.apply(steps)
        except (Duplicate, Missed):
            continue  # another request was first
        if None in waits:
            with suppress(DatabaseDown):  # a later request deletes them
                await database.apply([Step(DELETE_STALE, {"clinic_id": _NO_CLINIC, "now_us": now - _SKEW}, rows=None)])
        return 0
    return max(bucket.limit.step for bucket in buckets)


async def give_back(work: Work, buckets: Sequence[Bucket], times: int = 1) -> None:
    """Undo the spending of each bucket."""
    steps = [Step(GIVE_BACK, {**bucket.key, "step_us": times * bucket.limit.step}) for bucket in buckets]
    with suppress(Missed):  # deleted as stale, by a process whose clock is far ahead
        await work.runtime.database.apply(steps)


def framed(part: bytes | str) -> bytes:
    """Prefix a part with its length, so that no two lists of parts have the same bytes."""
    raw = part.encode() if isinstance(part, str) else part
    return len(raw).to_bytes(4, "big") + raw


def _us(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
