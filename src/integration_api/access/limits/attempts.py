"""Counting attempts, per account and per source; nobody can lock a device out that has signed in before.

An attempt that was right gets its allowance back. A refused attempt is one read and writes nothing.

Whose allowance an attempt spends:

- A device that has signed in to the account before shows its `device_token`, and spends its own. Whatever others try
  elsewhere, they cannot use it up. Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
- Any other device spends what this account has for this source, what this source has, and what this account has for
  all strangers together.

Accounts are known by their address alone, whether there is such an account or not, so unknown ones are counted alike.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from integration_api.access.limits.buckets import Bucket, Limit, framed, give_back, take
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.server.client_address import source_of
from integration_api.web.errors import ApiError, TooManyRequests

Given = ParamSpec("Given")
Result = TypeVar("Result")
Operation = Callable[Concatenate[Work, Given], Coroutine[Any, Any, Result]]


DEVICE = Limit(10, timedelta(minutes=1))
ACCOUNT_FROM_SOURCE = Limit(5, timedelta(minutes=2))
ACCOUNT_FROM_STRANGERS = Limit(30, timedelta(seconds=30))
"""More than one source can use up, which has a quarter of it for this account."""
SOURCE = Limit(60, timedelta(seconds=2))
WRONG_SECRETS = Limit(30, timedelta(seconds=2))
"""Codes and tokens of 256 bits that were none, from one source."""

_SHORT = 16
_FORWARDED = b"x-forwarded-for"


@dataclass(frozen=True, slots=True)
class Guess:
    """One attempt at a secret that a person can remember or read off: it is paid for, whatever comes of it."""

    work: Work
    subject: bytes
    device: bytes
    spent: Sequence[Bucket]

    async def was_right(self) -> str:
        """Nothing is spent by who was right. Answers the `device_token` to show the next time."""
        await give_back(self.work, self.spent)
        return base64.urlsafe_b64encode(self.device + _mark(self.work, self.subject, self.device)).decode()

    async def was_at_nobody(self) -> None:
        """As much is written as a wrong guess at somebody leaves in the ledger, and nothing changes by it."""
        await give_back(self.work, self.spent, times=0)


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


def counted(*refusals: type[ApiError]) -> Callable[[Operation[Given, Result]], Operation[Given, Result]]:
    """Count how often an operation ends in one of these, by source; beyond the limit it ends in TooManyRequests.

    A refusal leaves a trace if it was counted: so what is refused by the thousand fills no ledger. One that leaves a
    trace by itself (it ends a sign-in) leaves it beyond the limit too. For secrets that nobody can guess: a right one
    is never refused, whatever else comes from the same source.
    """

    def around(operation: Operation[Given, Result]) -> Operation[Given, Result]:
        @wraps(operation)
        async def run(work: Work, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
            try:
                return await operation(work, *args, **kwargs)
            except refusals as refusal:
                try:
                    await _spend(work, [Bucket.of(work, WRONG_SECRETS, "wrong secrets", source(work))])
                except TooManyRequests as too_many:
                    if refusal.leaves_trace:
                        too_many.leaving_trace()
                    raise
                refusal.leaving_trace()
                raise

        return run

    return around


def source(work: Work) -> str:
    """Where a request comes from, as it is counted; only a keyed digest of it may be stored."""
    peer = work.scope.get("client")
    forwarded = [value.decode("latin-1") for name, value in work.scope.get("headers", ()) if name == _FORWARDED]
    return source_of(peer[0] if peer else None, forwarded, work.runtime.trusted_proxies)


async def _spend(work: Work, buckets: Sequence[Bucket]) -> None:
    """One of each. Raises TooManyRequests where one is empty; then nothing is spent.

    So nobody uses up what belongs to all by what is refused.
    """
    wait = await take(work, buckets)
    if wait:
        logs.event("throttled", logs.WARNING, action=work.operation.action, request_id=work.request_id)
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
    message = b"device token" + framed(subject) + framed(device)
    return hmac.new(work.runtime.throttle_key, message, hashlib.sha256).digest()
