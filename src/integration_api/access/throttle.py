"""Counting attempts, per account and per source, for all processes and hosts together; nobody can lock anybody out.

An allowance is a GCRA bucket (ITU-T I.371): one row holds the time until which it is spent. Spending is one guarded
UPDATE, so that no two processes spend the same; an attempt that was right gets its own back. A refused attempt is one
read and writes nothing.

Whose allowance an attempt spends:

- A device that has signed in to the account before shows its `device_token`, and spends its own. Whatever others try
  elsewhere, they cannot use it up. Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
- Any other device spends what this account has for this source, what this source has, and what this account has for
  all strangers together.

Accounts are known by their address alone, whether there is such an account or not, so unknown ones are counted alike.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ThrottleTable
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.database import Duplicate, Missed, Step
from integration_api.core.errors import ApiError, TooManyRequests
from integration_api.core.sources import source_of
from integration_api.core.statements import Change, Read, Scope, insert_rows, param
from integration_api.core.tables import table_of

__all__ = ["Bucket", "Guess", "Limit", "counted", "guess", "guess_of_actor", "has_one_left", "source"]

Given = ParamSpec("Given")
Result = TypeVar("Result")
Operation = Callable[Concatenate[Work, Given], Coroutine[Any, Any, Result]]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and one more each time that `every` has passed."""

    burst: int
    every: timedelta

    @property
    def step(self) -> int:
        """What one attempt spends, in microseconds."""
        return self.every // timedelta(microseconds=1)

    @property
    def whole(self) -> int:
        """All of it, in microseconds."""
        return self.burst * self.step


DEVICE = Limit(10, timedelta(minutes=1))
ACCOUNT_FROM_SOURCE = Limit(5, timedelta(minutes=2))
ACCOUNT_FROM_STRANGERS = Limit(30, timedelta(seconds=30))
"""More than one source can use up, which has a quarter of it for this account."""
SOURCE = Limit(60, timedelta(seconds=2))
WRONG_SECRETS = Limit(30, timedelta(seconds=2))
"""Codes and tokens of 256 bits that were none, from one source."""

_SHORT = 16
_FORWARDED = b"x-forwarded-for"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_TRIES = 20
_SKEW = timedelta(hours=1) // timedelta(microseconds=1)
"""By how much clocks may differ: of two hosts, or of two requests that began a moment apart."""
_table = table_of(ThrottleTable)


class _Spent(BaseModel):
    """A row, as far as it matters."""

    spent_until: int


_is_key = sa.and_(
    _table.c.clinic_id == param("clinic_id", _table.c.clinic_id),
    _table.c.id == param("id", _table.c.id),
)
_WHY = "attempts are counted before anybody is signed in, by keyed digests; no answer shows a row"
_now, _step, _latest, _furthest = (
    sa.bindparam(name, type_=sa.BigInteger()) for name in ("now_us", "step_us", "latest_us", "furthest_us")
)

READ_SPENT = Read("read_throttle", sa.select(_table.c.spent_until).where(_is_key), _Spent, Scope.SYSTEM, _WHY)

SPEND = Change(
    "spend_throttle",
    sa.update(_table)
    .where(_is_key, sa.or_(_table.c.spent_until <= _latest, _table.c.spent_until > _furthest))
    .values(
        spent_until=sa.case(
            (sa.and_(_table.c.spent_until > _now, _table.c.spent_until <= _furthest), _table.c.spent_until),
            else_=_now,
        )
        + _step
    ),
    Scope.SYSTEM,
    _WHY,
)
"""Takes one, where one is left. What is spent further ahead than ever can be was written by a clock that ran ahead."""

GIVE_BACK = Change(
    "give_back_throttle",
    sa.update(_table).where(_is_key).values(spent_until=_table.c.spent_until - _step),
    Scope.SYSTEM,
    _WHY,
)

INSERT_SPENT = Change("insert_throttle", insert_rows(ThrottleTable), Scope.SYSTEM, _WHY)

DELETE_STALE = Change(
    "delete_stale_throttles",
    sa.delete(_table).where(_table.c.clinic_id == param("clinic_id", _table.c.clinic_id), _table.c.spent_until < _now),
    Scope.SYSTEM,
    "rows that mean nothing any more, where a new one is put",
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The allowance of one key."""

    limit: Limit
    digest: bytes

    @classmethod
    def of(cls, work: Work, limit: Limit, kind: str, *parts: bytes | str) -> "Bucket":
        """`parts` say whose it is; only a keyed digest of them leaves this function."""
        message = b"".join(_framed(part) for part in (kind, *parts))
        return cls(limit, hmac.new(work.runtime.throttle_key, message, hashlib.sha256).digest())

    @property
    def key(self) -> dict[str, UUID]:
        """The row's: 256 values tell where it is kept, and half of the digest which it is."""
        return {"clinic_id": UUID(bytes=self.digest[-1:] * _SHORT), "id": UUID(bytes=self.digest[:_SHORT])}

    async def wait(self, work: Work) -> int | None:
        """Microseconds until one is left (0: now); None where nothing was ever spent."""
        row = await work.runtime.database.one(READ_SPENT, self.key)
        if row is None:
            return None
        ahead = row.spent_until - _us(work.now)
        return max(0, ahead - (self.limit.whole - self.limit.step)) if ahead <= self.limit.whole + _SKEW else 0

    async def take(self, work: Work) -> int:
        """Spend one and return 0; or the microseconds until one is left."""
        return await self.take_after(work, await self.wait(work))

    async def take_after(self, work: Work, wait: int | None) -> int:
        """`take`, where `wait` was just looked up."""
        now, limit = _us(work.now), self.limit
        for _ in range(_MOST_TRIES):
            if wait:
                return wait
            try:
                if wait is None:
                    stale = Step(DELETE_STALE, {**self.key, "now_us": now - _SKEW}, rows=None)
                    fresh = Step(INSERT_SPENT, {**self.key, "spent_until": now + limit.step})
                    await work.runtime.database.apply([stale, fresh])
                else:
                    bounds = {"latest_us": now + limit.whole - limit.step, "furthest_us": now + limit.whole + _SKEW}
                    values = {**self.key, "now_us": now, "step_us": limit.step, **bounds}
                    await work.runtime.database.apply([Step(SPEND, values)])
            except (Duplicate, Missed):  # another one was quicker
                wait = await self.wait(work)
            else:
                return 0
        return limit.step

    async def give_back(self, work: Work) -> None:
        """Undo one `take`."""
        step = Step(GIVE_BACK, {**self.key, "step_us": self.limit.step}, rows=None)
        await work.runtime.database.apply([step])


@dataclass(frozen=True, slots=True)
class Guess:
    """One attempt at a secret that a person can remember or read off: it is paid for, whatever comes of it."""

    work: Work
    subject: bytes
    device: bytes
    spent: Sequence[Bucket]

    async def was_right(self) -> str:
        """Nothing is spent by who was right. Answers the `device_token` to show the next time."""
        for bucket in self.spent:
            await bucket.give_back(self.work)
        return base64.urlsafe_b64encode(self.device + _mark(self.work, self.subject, self.device)).decode()


async def guess(work: Work, subject: bytes, device_token: str | None = None) -> Guess:
    """Begin an attempt at the secret of `subject` (an account's id, or the index of its address).

    Raises TooManyRequests; then the attempt is not to be made.
    """
    device = _known_device(work, subject, device_token)
    if device is not None:
        own = [Bucket.of(work, DEVICE, "device", subject, device)]
        await _spend(work, own)
        return Guess(work, subject, device, own)
    strangers = [
        Bucket.of(work, ACCOUNT_FROM_SOURCE, "account and source", subject, source(work)),
        Bucket.of(work, SOURCE, "source", source(work)),
        Bucket.of(work, ACCOUNT_FROM_STRANGERS, "account", subject),
    ]
    await _spend(work, strangers)
    return Guess(work, subject, secrets.token_bytes(_SHORT), strangers)


async def guess_of_actor(work: Work) -> Guess:
    """Begin an attempt of somebody who is signed in: it is their sign-in's own. Raises TooManyRequests."""
    own = [Bucket.of(work, DEVICE, "proof", work.actor.sign_in_id.bytes)]
    await _spend(work, own)
    return Guess(work, work.actor.id.bytes, b"", own)


async def has_one_left(work: Work, bucket: Bucket) -> bool:
    """Spend one of a bucket, where one is left."""
    return await bucket.take(work) == 0


def counted(*refusals: type[ApiError]) -> Callable[[Operation[Given, Result]], Operation[Given, Result]]:
    """Count how often an operation ends in one of these, by source; beyond the limit it ends in TooManyRequests.

    For secrets that nobody can guess: a right one is never refused, whatever else comes from the same source.
    """

    def around(operation: Operation[Given, Result]) -> Operation[Given, Result]:
        @wraps(operation)
        async def run(work: Work, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
            try:
                return await operation(work, *args, **kwargs)
            except refusals:
                await _spend(work, [Bucket.of(work, WRONG_SECRETS, "wrong secrets", source(work))])
                raise

        return run

    return around


def source(work: Work) -> str:
    """Where a request comes from, as it is counted; only a keyed digest of it may be stored."""
    peer = work.scope.get("client")
    forwarded = [value.decode("latin-1") for name, value in work.scope.get("headers", ()) if name == _FORWARDED]
    return source_of(peer[0] if peer else None, forwarded, work.runtime.trusted_proxies)


async def _spend(work: Work, buckets: Sequence[Bucket]) -> None:
    """One of each, the narrowest first. Raises TooManyRequests where one is empty.

    Where that is known beforehand nothing is spent: nobody uses up what belongs to all by what is refused.
    """
    waits = await asyncio.gather(*(bucket.wait(work) for bucket in buckets))
    wait = max(found or 0 for found in waits)
    for bucket, found in zip(buckets, waits, strict=True):
        wait = wait or await bucket.take_after(work, found)
    if wait:
        logs.event("throttled", logs.WARNING, action=work.action, request_id=work.request_id)
        raise TooManyRequests(-(-wait // 1_000_000))


def _known_device(work: Work, subject: bytes, token: str | None) -> bytes | None:
    """The device that a token of ours names, where it was given for this subject."""
    try:
        raw = base64.b64decode(token or "", altchars=b"-_", validate=True)
    except ValueError:
        return None
    device, mark = raw[:_SHORT], raw[_SHORT:]
    return device if hmac.compare_digest(mark, _mark(work, subject, device)) else None


def _mark(work: Work, subject: bytes, device: bytes) -> bytes:
    message = b"device token" + _framed(subject) + _framed(device)
    return hmac.new(work.runtime.throttle_key, message, hashlib.sha256).digest()


def _framed(part: bytes | str) -> bytes:
    raw = part.encode() if isinstance(part, str) else part
    return len(raw).to_bytes(4, "big") + raw


def _us(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
