"""The kinds of things that a timeline shows, and the title of each."""

from collections.abc import Iterable
from enum import StrEnum

MAX_TITLE_CHARACTERS = 80


class TimelineKind(StrEnum):
    """The kind of an item. Each kind has one arm in `statements.py`."""

    SESSION = "session"
    NOTE = "note"
    REFLECTION = "reflection"
    PLAN = "plan"
    PRACTICE = "practice"


def first_words(texts: Iterable[str | None]) -> str | None:
    """Return the beginning of the first text that has words, on one line; None if none has."""
    line = next((words for text in texts if text and (words := " ".join(text.split()))), None)
    if line is None or len(line) <= MAX_TITLE_CHARACTERS:
        return line
    whole, _, _ = line[:MAX_TITLE_CHARACTERS].rpartition(" ")
    return (whole or line[: MAX_TITLE_CHARACTERS - 1]) + "\N{HORIZONTAL ELLIPSIS}"
