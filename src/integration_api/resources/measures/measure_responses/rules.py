"""The meaning of answers at once: how soon somebody must read them. Source: clinical.md section 6.

Definitions say what is scored; these rules say what is dangerous, as hits of the safety rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
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


_CRITICAL, _HIGH, _MODERATE, _LOW = FlagSeverity.CRITICAL, FlagSeverity.HIGH, FlagSeverity.MODERATE, FlagSeverity.LOW
_BY_ANSWER: Mapping[str, Mapping[int, Hit]] = {
    "phq9.9": {1: Hit("R01", _MODERATE), 2: Hit("R01", _HIGH), 3: Hit("R01", _CRITICAL)},
    "qids.12": {1: Hit("R03b", _MODERATE), 2: Hit("R03", _HIGH), 3: Hit("R03", _CRITICAL)},
    "madrs.10": {
        2: Hit("R31", _MODERATE),
        3: Hit("R31", _MODERATE),
        4: Hit("R31", _HIGH),
        5: Hit("R31", _CRITICAL),
        6: Hit("R31", _CRITICAL),
    },
}
"""Items about suicide, by the answer."""
_BY_LEVEL: Mapping[str, Mapping[str, FlagSeverity]] = {
    "R04": {"low": _LOW, "moderate": _HIGH, "high": _CRITICAL, "incomplete": _HIGH},
    "R05": {"non_acute_positive": _HIGH, "acute_positive": _CRITICAL, "incomplete": _HIGH},
}
"""The levels of the screens. What lacks an answer is looked at now, and never below what was reached."""
_SCREENS: Mapping[str, str] = {"cssrs_screener": "R04", "asq": "R05"}
"""The screens by their instrument."""
_BY_SCORE: Mapping[tuple[str, str], tuple[float, Hit]] = {("phq9", "total"): (20, Hit("R08", _MODERATE))}
"""A score from which on it is not routine."""


def respondents(kind: InstrumentKind, *, by_patient: bool) -> Sequence[Respondent]:
    """Return who may answer an instrument, the usual one first."""
    if kind is InstrumentKind.CLINICIAN_RATED:
        return () if by_patient else (Respondent.CLINICIAN,)
    return (Respondent.PATIENT,) if by_patient else (Respondent.PATIENT, Respondent.CAREGIVER)


def modes(*, by_patient: bool) -> Sequence[ResponseMode]:
    """Return the ways in which one side can give answers, the usual one first."""
    own = ResponseMode.SELF_COMPLETED
    return (own,) if by_patient else tuple(sorted(set(ResponseMode) - {own}, key=list(ResponseMode).index))


def hits_of(instrument: Instrument, answers: Mapping[str, Answer | None], scores: Sequence[Score]) -> list[Hit]:
    """Return the safety rules that completed answers meet."""
    return [*_of_answers(instrument, answers), *_of_scores(instrument, scores)]


def _of_answers(instrument: Instrument, answers: Mapping[str, Answer | None]) -> Iterator[Hit]:
    for item, by_answer in _BY_ANSWER.items():
        answer = answers.get(item)
        if isinstance(answer, int) and answer in by_answer:
            yield by_answer[answer]
    if instrument.id == "phq9" and answers.get("phq9.9") is None:
        yield Hit("R02", _MODERATE)


def _of_scores(instrument: Instrument, scores: Sequence[Score]) -> Iterator[Hit]:
    rule = _SCREENS.get(instrument.id)
    for score in scores:
        for level in (score.value, score.floor):
            if rule is not None and isinstance(level, str) and level in _BY_LEVEL[rule]:
                yield Hit(rule, _BY_LEVEL[rule][level])
        limit = _BY_SCORE.get((instrument.id, score.id))
        if limit is not None and isinstance(score.value, int | float) and (score.ceiling or score.value) >= limit[0]:
            yield limit[1]


def is_screen(instrument: Instrument, respondent: Respondent, scores: Sequence[Score]) -> bool:
    """Return whether answers are a whole suicide screen, about which nobody answered in the patient's place."""
    is_whole = all(score.value is not None and score.value != "incomplete" for score in scores)
    return instrument.id in _SCREENS and is_whole and respondent is not Respondent.CAREGIVER


def is_off_window(instrument: Instrument, before: datetime | None, at: datetime) -> bool:
    """Return whether an instrument was asked again sooner than its recall time allows."""
    days = instrument.off_window_days
    return before is not None and days is not None and at - before < timedelta(days=days)
