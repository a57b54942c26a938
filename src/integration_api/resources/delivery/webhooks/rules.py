"""Rules about webhooks: which kinds, which addresses, when to try again, and what a message says."""

import base64
import secrets
from datetime import datetime, timedelta
from typing import Literal

from integration_api.resources.delivery.changes.rules import ChangeWord

WebhookKind = Literal["patient", "care_team", "course", "session", "medicine", "note", "reflection", "plan", "practice"]
"""The kinds that programs can be told of: signed notes, shared reflections and plans, never a draft."""
SCOPE_PREFIX = "changes:"
RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
)
"""After each failed try; from then on the last one again and again. Source: Standard Webhooks, "deliverability"."""
MAX_AGE = timedelta(days=3)
"""After it a message is given up."""
MAX_JITTER = 0.1
"""Of a pause, so that what failed together does not come back together."""
FAILING_FOR = timedelta(days=5)
"""After so long without one message that arrived, a webhook is turned off."""
SECRET_OVERLAP = timedelta(hours=24)
"""For so long the secret before the present one signs too. POLICY."""
KEPT_FOR = timedelta(days=30)
"""The log of messages. POLICY."""
_SECRET_BYTES = 32


def new_secret() -> str:
    """Return a new secret, as Standard Webhooks writes one."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def next_try(attempts: int, now: datetime, created_at: datetime, jitter: float) -> datetime | None:
    """Return when to try again after so many failed tries, or None if it is given up. `jitter` is from 0 to 1."""
    pause = RETRY_AFTER[min(attempts, len(RETRY_AFTER)) - 1]
    at = now + pause * (1 + MAX_JITTER * jitter)
    return at if at - created_at <= MAX_AGE else None


def word_of(*, is_readable: bool, was_readable: bool) -> ChangeWord | None:
    """Return what a program is told of a thing: as the feed tells it; None if nothing."""
    if is_readable:
        return ChangeWord.CHANGED
    return ChangeWord.GONE if was_readable else None
