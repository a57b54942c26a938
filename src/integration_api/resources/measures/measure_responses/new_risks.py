"""R29: answers about suicide that are new or worse within 72 hours after a dose, against those before it. Pure.

Without answers from before the dose nothing is compared: R01, R03, R04, R05 and R31 stand for what was answered.
Source: clinical.md section 6, R29.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.measures.instruments.scores import Answer
from integration_api.resources.measures.measure_responses.score_parts import ScoreThere

RULE = "R29"
AFTER_DOSE = timedelta(hours=72)
MAX_YOUNG_YEARS = 24
"""Up to this age it is one step more severe."""
_ITEMS: Mapping[str, str] = {"phq9": "phq9.9", "qids_sr16": "qids.12", "madrs": "madrs.10"}
_LEVELS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "cssrs_screener": ("risk", ("none", "low", "moderate", "high")),
    "asq": ("result", ("negative", "non_acute_positive", "acute_positive")),
}
"""The score of each screen, and its levels, the lowest first."""
COMPARED = frozenset((*_ITEMS, *_LEVELS))


def risk_of(instrument_id: str, answers: Mapping[str, Answer | None], scores: Mapping[str, ScoreThere]) -> int | None:
    """Return how much answers say about suicide, 0 for nothing; None if they do not say it. Of a screen: its level."""
    if instrument_id in _ITEMS:
        answer = answers.get(_ITEMS[instrument_id])
        return answer if isinstance(answer, int) else None
    score_id, levels = _LEVELS[instrument_id]
    score = scores.get(score_id)
    reached = [] if score is None else [one for one in (score["value"], score["floor"]) if one in levels]
    return max((levels.index(str(one)) for one in reached), default=None)


def new_risk_hits(now: int | None, before: int | None) -> list[Hit]:
    """Return R29 if answers say more than those before the dose."""
    return [Hit(RULE, FlagSeverity.HIGH)] if now is not None and before is not None and now > before else []


def stepped_up(hit: Hit, birth_on: str | None, today: date) -> Hit:
    """Return R29 one step more severe for a patient of up to 24 years; without a date of birth, as it is."""
    if hit.rule != RULE or birth_on is None:
        return hit
    born = date.fromisoformat(birth_on)
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return hit._replace(severity=FlagSeverity.CRITICAL) if years <= MAX_YOUNG_YEARS else hit
