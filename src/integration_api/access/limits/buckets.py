"""Allowances, kept in the database for all processes and hosts together.

An allowance is a GCRA bucket (ITU-T I.371): one row holds the time until which it is spent. Spending is one guarded
UPDATE, so that no two processes spend the same.
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
    """So many at once, and one more each time that `every` has passed."""

    burst: int
    every: timedelta

    @property
    def step(self) -> int:
        """The cost of one attempt, in microseconds."""
        return self.every // timedelta(microseconds=1)

    @property
    def whole(self) -> int:
        """All of it, in microseconds."""
        return self.burst * self.step


_SHORT = 16
_NO_CLINIC = UUID(int=0)
"""All are kept together, so that what one attempt spends is one step."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MAX_TRIES = 20
_SKEW = timedelta(hours=1) // timedelta(microseconds=1)
"""By how much clocks may differ: of two hosts, or of two requests that began a moment apart."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """The allowance of one key."""

    limit: Limit
    digest: bytes

    @classmethod
    def of(cls, work: Work, limit: Limit, kind: str, *parts: bytes | str) -> "Bucket":
        """`parts` say whose it is; only a keyed digest of them leaves this function."""
        message = b"".join(framed(part) for part in (kind, *parts))
        return cls(limit, hmac.new(work.runtime.throttle_key, message, hashlib.sha256).digest())

    @property
    def key(self) -> dict[str, UUID]:
        """The row's: it is no clinic's, and half of the digest tells which it is."""
        return {"clinic_id": _NO_CLINIC, "id": UUID(bytes=self.digest[:_SHORT])}

    async def wait(self, work: Work) -> int | None:
        """Microseconds until one is left (0: now); None where nothing was ever spent."""
        row = await work.runtime.database.one(READ_SPENT, self.key)
        if row is None:
            return None
        ahead = row.spent_until - _us(work.now)
        return max(0, ahead - (self.limit.whole - self.limit.step)) if ahead <= self.limit.whole + _SKEW else 0

    async def take(self, work: Work) -> int:
        """Spend one and return 0; or the microseconds until one is left."""
        return await take(work, [self])

    def spending(self, now: int, *, is_new: bool) -> Step:
        """The change that spends one; it misses where none is left, and collides where the row is not new."""
        whole, step = self.limit.whole, self.limit.step
        if is_new:
            return Step(INSERT_SPENT, {**self.key, "spent_until": now + step})
        bounds = {"latest_us": now + whole - step, "furthest_us": now + whole + _SKEW}
        return Step(SPEND, {**self.key, "now_us": now, "step_us": step, **bounds})


async def take(work: Work, buckets: Sequence[Bucket]) -> int:
    """Spend one of each and return 0; or nothing, and return the microseconds until there is one of each."""
    now, database = _us(work.now), work.runtime.database
    for _ in range(_MAX_TRIES):
        waits = await asyncio.gather(*(bucket.wait(work) for bucket in buckets))
        if wait := max(left or 0 for left in waits):
            return wait
        steps = [bucket.spending(now, is_new=left is None) for bucket, left in zip(buckets, waits, strict=True)]
        try:
            await database.apply(steps)
        except (Duplicate, Missed):
            continue  # another one was quicker
        if None in waits:
            with suppress(DatabaseDown):  # they can go another time
                await database.apply([Step(DELETE_STALE, {"clinic_id": _NO_CLINIC, "now_us": now - _SKEW}, rows=None)])
        return 0
    return max(bucket.limit.step for bucket in buckets)


async def give_back(work: Work, buckets: Sequence[Bucket], times: int = 1) -> None:
    """Undo what was spent of each."""
    steps = [Step(GIVE_BACK, {**bucket.key, "step_us": times * bucket.limit.step}) for bucket in buckets]
    with suppress(Missed):  # taken out as stale, by a process whose clock is far ahead
        await work.runtime.database.apply(steps)


def framed(part: bytes | str) -> bytes:
    """With its length before it, so that parts cannot be read as other parts."""
    raw = part.encode() if isinstance(part, str) else part
    return len(raw).to_bytes(4, "big") + raw


def _us(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
