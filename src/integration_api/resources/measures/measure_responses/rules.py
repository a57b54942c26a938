"""The meaning of answers at once: how soon somebody must read them. Source: clinical.md section 6.

Definitions say what is scored; these rules say what is dangerous. They only ever raise the urgency.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from integration_api.resources.attention.worklist.tables import RANKS, Urgency
from integration_api.resources.measures.instruments.definitions import Instrument
from integration_api.resources.measures.instruments.scores import Answer, Score
from integration_api.resources.measures.instruments.vocabulary import InstrumentKind


class Respondent(StrEnum):
    """Whose view the answers are."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    CLINICIAN = "clinician"


class ResponseMode(StrEnum):
    """The way in which they were given. `self_completed`: by the patient, with their own account."""

    SELF_COMPLETED = "self_completed"
    INTERVIEW = "interview"
    TELEPHONE = "telephone"
    PAPER = "paper"


class ResponseState(StrEnum):
    """Whether they are still being given. A draft is of who began it, and no rule looks at it."""

    DRAFT = "draft"
    COMPLETED = "completed"


_CRITICAL, _HIGH, _MODERATE = Urgency.CRITICAL, Urgency.HIGH, Urgency.MODERATE
_BY_ANSWER: Mapping[str, Mapping[int, Urgency]] = {
    "phq9.9": {1: _MODERATE, 2: _HIGH, 3: _CRITICAL},
    "qids.12": {1: _MODERATE, 2: _HIGH, 3: _CRITICAL},
    "madrs.10": {2: _MODERATE, 3: _MODERATE, 4: _HIGH, 5: _CRITICAL, 6: _CRITICAL},
}
"""R01, R03, R31: items about suicide, by the answer."""
_BY_LEVEL: Mapping[str, Urgency] = {
    "moderate": _HIGH,
    "high": _CRITICAL,
    "non_acute_positive": _HIGH,
    "acute_positive": _CRITICAL,
    "incomplete": _HIGH,
}
"""R04, R05: the levels of the screens. What lacks an answer is looked at now, and never below what was reached."""
_BY_SCORE: Mapping[tuple[str, str], tuple[float, Urgency]] = {("phq9", "total"): (20, _MODERATE)}
"""R08: a score from which on it is not routine."""


def respondents(kind: InstrumentKind, *, by_patient: bool) -> Sequence[Respondent]:
    """Return who may answer an instrument, the usual one first."""
    if kind is InstrumentKind.CLINICIAN_RATED:
        return () if by_patient else (Respondent.CLINICIAN,)
    return (Respondent.PATIENT,) if by_patient else (Respondent.PATIENT, Respondent.CAREGIVER)


def modes(*, by_patient: bool) -> Sequence[ResponseMode]:
    """Return the ways in which one side can give answers, the usual one first."""
    own = ResponseMode.SELF_COMPLETED
    return (own,) if by_patient else tuple(sorted(set(ResponseMode) - {own}, key=list(ResponseMode).index))


def urgency_of(instrument: Instrument, answers: Mapping[str, Answer | None], scores: Sequence[Score]) -> Urgency:
    """Return how soon completed answers must be read; of several, the most urgent."""
    found = [*_of_answers(instrument, answers), *_of_scores(instrument, scores), Urgency.ROUTINE]
    return min(found, key=RANKS.index)


def _of_answers(instrument: Instrument, answers: Mapping[str, Answer | None]) -> Iterator[Urgency]:
    for item, by_answer in _BY_ANSWER.items():
        answer = answers.get(item)
        if isinstance(answer, int) and answer in by_answer:
            yield by_answer[answer]
    if instrument.id == "phq9" and answers.get("phq9.9") is None:
        yield _MODERATE  # R02


def _of_scores(instrument: Instrument, scores: Sequence[Score]) -> Iterator[Urgency]:
    for score in scores:
        for level in (score.value, score.floor):
            if isinstance(level, str) and level in _BY_LEVEL:
                yield _BY_LEVEL[level]
        limit = _BY_SCORE.get((instrument.id, score.id))
        if limit is not None and isinstance(score.value, int | float) and (score.ceiling or score.value) >= limit[0]:
            yield limit[1]


def is_off_window(instrument: Instrument, before: datetime | None, at: datetime) -> bool:
    """Return whether an instrument was asked again sooner than its recall time allows."""
    days = instrument.off_window_days
    return before is not None and days is not None and at - before < timedelta(days=days)
