"""Rules of a row on a screen: its name, and its first words."""

from collections.abc import Iterable

MAX_TITLE_CHARACTERS = 80
MAX_ROWS = 5
"""The rows of one part of a screen; its list has the rest."""
MAX_PLANS = 10


def display_name(preferred_name: str | None, name: str | None) -> str | None:
    """Return the name by which somebody wants to be called, else their full name."""
    return preferred_name or name


def first_words(texts: Iterable[str]) -> str | None:
    """Return the beginning of the first text that is not blank, on one line, at most 80 characters; None if all are."""
    for text in texts:
        line = " ".join(text[: 4 * MAX_TITLE_CHARACTERS].split())
        if len(line) > MAX_TITLE_CHARACTERS:
            cut = line[: MAX_TITLE_CHARACTERS - 1]
            return f"{cut.rpartition(' ')[0] or cut}…"
        if line:
            return line
    return None
