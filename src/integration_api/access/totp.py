"""One-time codes by time (TOTP, RFC 6238): six digits, a new one every 30 seconds, SHA-1 as every app expects."""

import binascii
import hmac
from datetime import datetime

STEP_SECONDS = 30
_WINDOW = 1
"""Accepted steps before and after the present one, for clock drift and slow typing. Source: RFC 6238, 5.2."""


def new_secret() -> str:
    """Return 160 random bits in base32. Source: RFC 4226, 4."""
    import pyotp  # noqa: PLC0415  only factors need it

    return str(pyotp.random_base32())


def code_at(secret: str, at: datetime) -> str:
    """Return the code of this instant. Raises ValueError if the secret is not base32."""
    return _code(secret, _step(at))


def matching_step(secret: str, code: str, at: datetime, after: int | None) -> int | None:
    """Return the step of this code, or None. It must be the present step or one beside it, and later than `after`."""
    present = _step(at)
    for step in range(present - _WINDOW, present + _WINDOW + 1):
        if (after is None or step > after) and hmac.compare_digest(_code(secret, step).encode(), code.encode()):
            return step
    return None


def enrolment_uri(secret: str, account: str, issuer: str) -> str:
    """Return the URI that an authenticator app reads, usually as a QR code."""
    import pyotp  # noqa: PLC0415  as above

    return str(pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer))


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _code(secret: str, step: int) -> str:
    import pyotp  # noqa: PLC0415  as above

    try:
        return str(pyotp.TOTP(secret).generate_otp(step))
    except binascii.Error:
        msg = "the secret is not base32"
        raise ValueError(msg) from None
