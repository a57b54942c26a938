"""Rules about service accounts: which secrets work now."""

import hmac
from datetime import datetime


def is_right_secret(
    shown: bytes, current: bytes, previous: bytes | None, previous_ends_at: datetime | None, now: datetime
) -> bool:
    """Return whether a digest is that of the current secret, or of the one before while that still works."""
    is_previous = previous is not None and previous_ends_at is not None and now < previous_ends_at
    return hmac.compare_digest(shown, current) | (is_previous and hmac.compare_digest(shown, previous or b""))
