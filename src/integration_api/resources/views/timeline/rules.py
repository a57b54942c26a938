"""What a timeline shows."""

from enum import StrEnum

__all__ = ["TimelineKind"]


class TimelineKind(StrEnum):
    """What an item is. Each kind has one arm in `statements.py`."""

    SESSION = "session"
    NOTE = "note"
    REFLECTION = "reflection"
    PLAN = "plan"
    PRACTICE = "practice"
