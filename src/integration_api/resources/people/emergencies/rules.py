"""Rules of how long emergency access lasts, and of what a review can find."""

from datetime import timedelta
from enum import StrEnum

_MAX_HOURS = 24
"""However long a clinic sets it, what was opened in an emergency does not last into the day after tomorrow."""


class EmergencyReason(StrEnum):
    """Why a chart had to be opened."""

    DANGER_TO_LIFE = "danger_to_life"
    MEDICAL_EVENT = "medical_event"
    CRISIS_CALL = "crisis_call"
    TEAM_UNREACHABLE = "team_unreachable"
    OTHER = "other"


class ReviewOutcome(StrEnum):
    """The finding of a privacy officer."""

    JUSTIFIED = "justified"
    UNCLEAR = "unclear"
    NOT_JUSTIFIED = "not_justified"


def duration(hours: int) -> timedelta:
    """Return how long access lasts under the clinic's policy `emergency_access_hours`."""
    return timedelta(hours=min(hours, _MAX_HOURS))
