"""R12 in a session: dissociation that has not gone at the late time of the route. Pure.

It has gone once the score is no higher than that before the dose. Source: clinical.md sections 5 and 6, R12.
"""

from collections.abc import Sequence
from datetime import datetime

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.measures.measure_responses.worse_scores import Scored

RULE = "R12"
DISSOCIATION_SCORES = {"cadss": "total", "cadss6": "total"}
"""The score of each instrument that is asked in a session, before the dose and after it."""


def value_before(earlier: Sequence[Scored], first_dose_at: datetime | None) -> float | None:
    """Return the last value before the first dose, among those of its session, newest first; None if there is none."""
    if first_dose_at is None:
        return None
    return next((one.value for one in earlier if one.happened_at <= first_dose_at), None)


def late_hits(value: float, at: datetime, before_dose: float | None, late_at: datetime | None) -> list[Hit]:
    """Return R12 if a value of this time is late, and above the last one before the dose."""
    if before_dose is None or late_at is None or at < late_at:
        return []
    return [Hit(RULE, FlagSeverity.MODERATE)] if value > before_dose else []
