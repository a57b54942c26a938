"""One thing that is wrong, and what to do about it."""

from typing import NamedTuple


class Finding(NamedTuple):
    """A finding: `code` is for programs, and the sentences are for the operator. None holds a secret or a name."""

    code: str
    says: str
    do: str


HOUR, DAY = 3600, 24 * 3600


def age(seconds: float) -> str:
    """Return a length of time as somebody would say it."""
    for unit, size in (("days", DAY), ("hours", HOUR), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size:,.0f} {unit}"
    return f"{max(seconds, 0):,.0f} seconds"
