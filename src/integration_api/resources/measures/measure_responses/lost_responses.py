"""R30: a response to the treatment that is lost at two readings, or that fades after a dose was missed. Pure.

A response is the change rule of that name of an instrument, against the last value before the first dose. The second
reading without it raises the rule; a third one in a row does not. A dosing session after a response is maintenance: if
one was missed, the first reading that is worse than the one before raises it. Source: clinical.md section 6, R30.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.measures.instruments.comparisons import changes, is_improved
from integration_api.resources.measures.instruments.definitions import Instrument
from integration_api.resources.measures.instruments.scores import Score

RULE = "R30"
_RESPONSE = "response"


class Reading(NamedTuple):
    """A score, and when it was given."""

    score: Score
    happened_at: datetime


def response_score(instrument: Instrument) -> str | None:
    """Return the score by which an instrument tells a response; None if it tells none."""
    return next((rule.score for rule in instrument.changes if rule.id == _RESPONSE), None)


def lost_hits(
    instrument: Instrument, current: Score, earlier: Sequence[Reading], first_dose_at: datetime | None
) -> list[Hit]:
    """Return R30 if this is the second reading in a row without a response that there was; `earlier` newest first."""
    if first_dose_at is None:
        return []
    before = next((one.score for one in earlier if one.happened_at <= first_dose_at), None)
    since = [one.score for one in earlier if one.happened_at > first_dose_at]
    if before is None or len(since) < 2:  # noqa: PLR2004  the one that had it, and the one that lost it first
        return []
    had, lost = (changes(instrument, before, one).get(_RESPONSE) for one in (since[1], since[0]))
    now = changes(instrument, before, current).get(_RESPONSE)
    return [Hit(RULE, FlagSeverity.MODERATE)] if had is True and lost is False and now is False else []


def is_fading(
    instrument: Instrument, current: Score, earlier: Sequence[Reading], first_dose_at: datetime | None
) -> bool:
    """Return whether there was a response, and this reading is worse than the last one; `earlier` newest first."""
    if first_dose_at is None or isinstance(current.value, bool | str) or current.value is None:
        return False
    before = next((one.score for one in earlier if one.happened_at <= first_dose_at), None)
    since = [one.score for one in earlier if one.happened_at > first_dose_at]
    last = since[0].value if since else None
    if before is None or last is None or isinstance(last, bool | str) or current.value == last:
        return False
    had = any(changes(instrument, before, one).get(_RESPONSE) is True for one in since)
    return had and is_improved(instrument, last, current.value) is False
