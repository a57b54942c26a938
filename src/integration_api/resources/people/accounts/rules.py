"""Rules about accounts: passwords, and the order of roles."""

from collections.abc import Collection

from integration_api.access.actor import Role
from integration_api.access.password_hashes import normal_password
from integration_api.resources.people.accounts.password_strength import is_guessable

MIN_PASSWORD_CHARACTERS = 15
"""Code points. Source: NIST SP 800-63B-4, single-factor passwords; one rule for all, with a factor or without."""

MAX_LOOKED_UP = 20
"""The number of accounts that one Statement looks up."""


def password_fault(password: str, context: Collection[str]) -> tuple[str, str] | None:
    """Return why a password is refused, as a code and a message; None if it is not. `context` is names to avoid."""
    normal = normal_password(password)
    if len(normal) < MIN_PASSWORD_CHARACTERS:
        return "too_short", f"must have at least {MIN_PASSWORD_CHARACTERS} characters"
    if is_guessable(normal, context):
        return "too_common", "too easy to guess"
    return None


def ordered_roles(roles: Collection[Role]) -> list[str]:
    """Return the roles once each, in the policy's order."""
    return [role.value for role in Role if role in roles]
