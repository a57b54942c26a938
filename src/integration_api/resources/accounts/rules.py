"""Rules about accounts: passwords, and what an e-mail address is equal to."""

from collections.abc import Collection

from integration_api.access.actor import Role

__all__ = ["MINIMUM_PASSWORD", "MOST_LOOKED_UP", "is_refused_password", "normal_email", "ordered_roles"]

MINIMUM_PASSWORD = 15
"""Code points. Source: NIST SP 800-63B-4, single-factor passwords."""

MOST_LOOKED_UP = 20
"""How many accounts are looked up together."""

_REFUSED_PARTS = (
    "password",
    "passphrase",
    "integration-api",
    "ketamine",
    "123456789",
    "qwertyuiop",
    "abcdefghij",
)


def is_refused_password(password: str, context: Collection[str]) -> bool:
    """Whether a password is built on a common word, one repeated character, or the person's own context words."""
    folded = password.casefold()
    words = (*_REFUSED_PARTS, *(word.casefold() for word in context if len(word) > 3))  # noqa: PLR2004  shorter ones say little
    remainder = folded
    for word in words:
        remainder = remainder.replace(word, "")
    return len(set(folded)) < 5 or len(remainder) < MINIMUM_PASSWORD // 2  # noqa: PLR2004  nearly one character


def normal_email(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.strip().casefold()


def ordered_roles(roles: Collection[Role]) -> list[str]:
    """Roles once each, in the policy's order."""
    return [role.value for role in Role if role in roles]
