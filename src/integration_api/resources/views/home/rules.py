"""Rules of a screen: the rows of its parts, and the names in them."""

MAX_ROWS = 5
"""The rows of one part of a screen; its list has the rest."""
MAX_PLANS = 10


def display_name(preferred_name: str | None, name: str | None) -> str | None:
    """Return the name by which somebody wants to be called, else their full name."""
    return preferred_name or name
