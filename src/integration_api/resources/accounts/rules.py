"""Rules about accounts: passwords, how long a sign-in lasts, and what an e-mail address is equal to."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from integration_api.access.actor import Role
from integration_api.access.authenticate import normal_password
from integration_api.resources.accounts.guessing import is_guessable
from integration_api.resources.clinics.rules import policy

__all__ = [
    "MAXIMUM_PASSWORD",
    "MINIMUM_PASSWORD",
    "MOST_FACTORS",
    "MOST_LOOKED_UP",
    "RECOVERY_CODES",
    "has_expired",
    "normal_code",
    "normal_email",
    "ordered_roles",
    "password_fault",
    "sign_in_lifetime",
]

MINIMUM_PASSWORD = 15
"""Code points. Source: NIST SP 800-63B-4, single-factor passwords; one rule for all, with a factor or without."""

MAXIMUM_PASSWORD = 1024
"""Code points that are taken; none of them is cut off."""

MOST_LOOKED_UP = 20
"""How many accounts are looked up together."""

MOST_FACTORS = 10
"""How many factors a person can have."""

RECOVERY_CODES = 10
"""How many recovery codes are made together."""


def password_fault(password: str, context: Collection[str]) -> tuple[str, str] | None:
    """Why a password is refused, as a code and a message; None where it is not. `context` is names to avoid."""
    normal = normal_password(password)
    if len(normal) < MINIMUM_PASSWORD:
        return "too_short", f"must have at least {MINIMUM_PASSWORD} characters"
    if is_guessable(normal, context):
        return "too_common", "too easy to guess"
    return None


def sign_in_lifetime(policies: Mapping[str, int], *, is_patient: bool) -> timedelta:
    """How long a sign-in lasts at the most, by the clinic's policy."""
    if is_patient:
        return timedelta(days=policy(policies, "patient_sign_in_days"))
    return timedelta(hours=policy(policies, "staff_sign_in_hours"))


def has_expired(
    policies: Mapping[str, int], now: datetime, *, is_patient: bool, created_at: datetime, refreshed_at: datetime
) -> bool:
    """Whether a sign-in has lasted, or was left alone, for longer than the clinic allows this kind of person."""
    if is_patient:
        idle = timedelta(days=policy(policies, "patient_idle_days"))
    else:
        idle = timedelta(minutes=policy(policies, "staff_idle_minutes"))
    lifetime = sign_in_lifetime(policies, is_patient=is_patient)
    return now - created_at >= lifetime or now - refreshed_at >= idle


def normal_email(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.strip().casefold()


def normal_code(code: str) -> str:
    """A recovery code without the gaps and capitals that a person may write."""
    return "".join(character for character in code.lower() if character.isalnum())


def ordered_roles(roles: Collection[Role]) -> list[str]:
    """Roles once each, in the policy's order."""
    return [role.value for role in Role if role in roles]
