"""What a timeline shows."""

from enum import StrEnum


class TimelineKind(StrEnum):
    """What an item is. Each kind has one arm in `statements.py`."""

    SESSION = "session"
    NOTE = "note"
    REFLECTION = "reflection"
    PLAN = "plan"
    PRACTICE = "practice"
