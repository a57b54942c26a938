"""Receiving webhooks, by Standard Webhooks: whether a message is of this API, and what it says."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integration_journal.problems import JournalError

TOLERANCE_SECONDS = 300
"""A message that was signed earlier or later than this is refused: somebody may send an old one again."""
_PREFIX, _VERSION = "whsec_", "v1"
_MAX_DIGITS = 12


class WebhookRefused(JournalError):
    """A message that is not of this API, was changed on its way, or is too old: answer 401."""


@dataclass(frozen=True, slots=True)
class WebhookMessage:
    """What a message tells: ids and words, as an item of the change feed."""

    id: str
    """The same on each try: handle it once."""
    type: str
    at: datetime
    kind: str
    thing: UUID
    patient_id: UUID | None
    change: str
    """`changed`, `gone`, or `test`; treat a word that you do not know as `changed`."""


def read_webhook(
    secret: str | Sequence[str], headers: Mapping[str, str], body: bytes, *, now: float | None = None
) -> WebhookMessage:
    """Return what a message says. `body` are the bytes as they arrived. Raises WebhookRefused.

    Give both secrets if you changed them yourself; `now` is in seconds since 1970.
    """
    given = {name.lower(): value for name, value in headers.items()}
    name, stamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not name or not (stamp.isascii() and stamp.isdigit() and len(stamp) <= _MAX_DIGITS):
        msg = "no webhook-id, or no webhook-timestamp in seconds"
        raise WebhookRefused(msg)
    if abs((time.time() if now is None else now) - int(stamp)) > TOLERANCE_SECONDS:
        msg = "webhook-timestamp is more than five minutes from now; set this machine's clock, or it is an old message"
        raise WebhookRefused(msg)
    signed = b".".join((name.encode("latin-1", "replace"), stamp.encode(), body))
    secrets = [secret] if isinstance(secret, str) else secret
    wanted = [hmac.new(_key(one), signed, hashlib.sha256).digest() for one in secrets]
    signatures = list(_signatures(given.get("webhook-signature", "")))
    if not any([hmac.compare_digest(one, other) for one in wanted for other in signatures]):  # noqa: C419  each is compared
        msg = "no signature is of this body and secret; give the bytes as they arrived"
        raise WebhookRefused(msg)
    return _message(name, body)


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX) + "==")
    except binascii.Error as error:
        msg = "the secret is no whsec_ of this API"
        raise ValueError(msg) from error
    if not key:
        msg = "the secret is empty"
        raise ValueError(msg)
    return key


def _signatures(header: str) -> Iterator[bytes]:
    """Return the signatures of the version that is known: two while a secret is rotated."""
    for given in header.split(" "):
        version, _, text = given.partition(",")
        if version == _VERSION:
            try:
                yield base64.b64decode(text, validate=True)
            except ValueError:
                continue


def _message(name: str, body: bytes) -> WebhookMessage:
    try:
        read = json.loads(body)
        data, chart = read["data"], read["data"]["patient_id"]
        at = datetime.fromisoformat(read["timestamp"])
        thing, patient = UUID(data["id"]), None if chart is None else UUID(chart)
        return WebhookMessage(name, str(read["type"]), at, str(data["kind"]), thing, patient, str(data["change"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = "it is signed, but has a shape that this version does not know: update the client"
        raise WebhookRefused(msg) from error
