"""Rate limits of attempts at secrets, by account and source. They never lock out a device that has signed in before.

A successful attempt gets its allowance back. A refused attempt is one read and writes nothing.

The buckets that an attempt spends from:

- A device that has signed in to the account before sends its `device_token`, and spends from its own bucket. Attempts
  elsewhere cannot empty it. Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
- Any other device spends from three: this account from this source, this source, and this account from all unknown
  devices together.

Buckets are keyed by the e-mail address, whether it has an account or not, so unknown addresses are counted alike.
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
"""One source cannot empty it: it has a quarter of it for this account."""
SOURCE = Limit(60, timedelta(seconds=2))
WRONG_SECRETS = Limit(30, timedelta(seconds=2))
"""Wrong codes and tokens of 256 bits, from one source."""

_SHORT = 16
_FORWARDED = b"x-forwarded-for"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a secret that a person can remember or read off; its allowance is spent already."""

    work: Work
    subject: bytes
    device: bytes
    spent: Sequence[Bucket]

    async def was_right(self) -> str:
        """Give the allowance back, and return the `device_token` to send the next time."""
        await give_back(self.work, self.spent)
        return base64.urlsafe_b64encode(self.device + _mark(self.work, self.subject, self.device)).decode()

    async def was_at_no_account(self) -> None:
        """Do the same writes as a failed attempt on a real account, so that existence does not leak."""
        await give_back(self.work, self.spent, times=0)


async def begin(work: Work, subject: bytes, device_token: str | None = None) -> Attempt:
    """Begin an attempt at the secret of `subject` (an account's id, or the index of its address).

    Raises TooManyRequests; then the attempt must not be made.
    """
    device = _known_device(work, subject, device_token)
    if device is not None:
        own = [Bucket.of(work, DEVICE, "device", subject, device)]
        await _spend(work, own)
        return Attempt(work, subject, device, own)
    strangers = [
        Bucket.of(work, ACCOUNT_FROM_SOURCE, "account and source", subject, source(work)),
        Bucket.of(work, SOURCE, "source", source(work)),
        Bucket.of(work, ACCOUNT_FROM_STRANGERS, "account", subject),
    ]
    await _spend(work, strangers)
    return Attempt(work, subject, secrets.token_bytes(_SHORT), strangers)


async def begin_of_actor(work: Work) -> Attempt:
    """Begin an attempt of a signed-in actor, counted by the sign-in. Raises TooManyRequests."""
    own = [Bucket.of(work, DEVICE, "proof", work.actor.sign_in_id.bytes)]
    await _spend(work, own)
    return Attempt(work, work.actor.id.bytes, b"", own)


def counted(*refusals: type[ApiError]) -> Callable[[Operation[Given, Result]], Operation[Given, Result]]:
    """Count how often an operation ends in one of these refusals, by source; beyond the limit, raise TooManyRequests.

    Only a counted refusal leaves a trace, so a flood does not fill the ledger. A refusal that leaves a trace by itself
    (it ends a sign-in) does so beyond the limit too. For secrets that cannot be guessed: a right one is never refused,
    whatever else comes from the same source.
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
    """Return the source of a request, for rate limits; only a keyed digest of it may be stored."""
    peer = work.scope.get("client")
    forwarded = [value.decode("latin-1") for name, value in work.scope.get("headers", ()) if name == _FORWARDED]
    return source_of(peer[0] if peer else None, forwarded, work.runtime.trusted_proxies)


async def _spend(work: Work, buckets: Sequence[Bucket]) -> None:
    """Spend one from each bucket. Raises TooManyRequests if one is empty; then nothing is spent.

    So refused attempts do not empty a bucket that others share.
    """
    wait = await take(work, buckets)
    if wait:
        logs.event("throttled", logs.WARNING, action=work.operation.action, request_id=work.request_id)
        raise TooManyRequests(-(-wait // 1_000_000))


def _known_device(work: Work, subject: bytes, token: str | None) -> bytes | None:
    """Return the device of a `device_token`, or None if it was not issued for this subject."""
    try:
        raw = base64.b64decode(token or "", altchars=b"-_", validate=True)
    except ValueError:
        return None
    device, mark = raw[:_SHORT], raw[_SHORT:]
    return device if hmac.compare_digest(mark, _mark(work, subject, device)) else None


def _mark(work: Work, subject: bytes, device: bytes) -> bytes:
    message = b"device token" + framed(subject) + framed(device)
    return hmac.new(work.runtime.throttle_key, message, hashlib.sha256).digest()
