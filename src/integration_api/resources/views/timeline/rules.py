"""The kinds of things that a timeline shows."""

from enum import StrEnum


class TimelineKind(StrEnum):
    """The kind of an item. Each kind has one arm in `statements.py`."""

    SESSION = "session"
    NOTE = "note"
    REFLECTION = "reflection"
    PLAN = "plan"
    PRACTICE = "practice"
    GOAL = "goal"
    SHARED_SUMMARY = "shared_summary"
