"""Rules about signing in: how long it lasts, and what spellings are equal."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from integration_api.resources.people.clinics.rules import policy

OTHER_WINDOW = timedelta(minutes=15)
"""The time after a refresh in which the token two before it is refused without ending the sign-in."""
_MAX_BEHIND = 2
_LOOKS_LIKE = str.maketrans("08", "ob")


class FactorProof(StrEnum):
    """A proof that may be asked for beside the password."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"


MAX_PASSWORD_CHARACTERS = 1024
"""Code points that are taken; none of them is cut off."""


def sign_in_lifetime(policies: Mapping[str, int], *, is_patient: bool) -> timedelta:
    """Return how long a sign-in lasts at the most, by the clinic's policy."""
    if is_patient:
        return timedelta(days=policy(policies, "patient_sign_in_days"))
    return timedelta(hours=policy(policies, "staff_sign_in_hours"))


def has_expired(
    policies: Mapping[str, int], now: datetime, *, is_patient: bool, created_at: datetime, refreshed_at: datetime
) -> bool:
    """Return whether a sign-in has lasted, or was idle, for longer than the clinic allows this kind of person."""
    if is_patient:
        idle = timedelta(days=policy(policies, "patient_idle_days"))
    else:
        idle = timedelta(minutes=policy(policies, "staff_idle_minutes"))
    lifetime = sign_in_lifetime(policies, is_patient=is_patient)
    return now - created_at >= lifetime or now - refreshed_at >= idle


def is_of_another_window(behind: int, since_refresh: timedelta) -> bool:
    """Return whether another window of a sign-in may have this refresh token, rather than a thief.

    `behind` counts the refreshes since it was current. A window that is two behind missed one refresh of the others,
    which happens about once in the life of an access token.
    """
    return behind == _MAX_BEHIND and since_refresh <= OTHER_WINDOW


def normal_email(email: str) -> str:
    """Return what two spellings of one address have in common."""
    return unicodedata.normalize("NFC", email.strip().casefold())


def normal_code(code: str) -> str:
    """Return a recovery code without the gaps and capitals that a person may write.

    A code has no 0 and no 8, so they stand for the letters that look like them.
    """
    return "".join(character for character in code.lower() if character.isalnum()).translate(_LOOKS_LIKE)
