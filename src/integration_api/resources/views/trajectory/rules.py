"""The choice of a baseline, and series made of points. All are pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from integration_api.resources.measures.instruments.catalogue import definition_of, instruments, numeric_scores
from integration_api.resources.measures.instruments.comparisons import changes, cutoffs, is_improved
from integration_api.resources.measures.instruments.definitions import Instrument, ScoreDefinition
from integration_api.resources.measures.instruments.scores import Score, band_of
from integration_api.resources.views.trajectory.statements import BaselinePoint, FirstDose, ScoredPoint

Key = tuple[str, str]
"""An instrument and its score."""


class BaselineRule(StrEnum):
    """The rule by which a baseline was chosen.

    `before_course`: the last score before the first dose of the latest course that has a dose. `before_dose`: the same
    of a chart whose doses belong to no course. The others are as the request declares.
    """

    BEFORE_COURSE = "before_course"
    BEFORE_DOSE = "before_dose"
    DECLARED_TIME = "declared_time"
    DECLARED_RESPONSE = "declared_response"


class Baseline(NamedTuple):
    """A score that the later ones are compared with."""

    point: ScoredPoint
    rule: BaselineRule
    dose_id: UUID | None


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one score, the earliest first, with its definition and its baseline."""

    instrument: Instrument
    score: ScoreDefinition
    points: Sequence[ScoredPoint]
    baseline: Baseline | None

    @property
    def compared(self) -> ScoredPoint | None:
        """Return the latest point, if it is later than the baseline."""
        if self.baseline is None or not self.points:
            return None
        last = self.points[-1]
        return last if last.happened_at > self.baseline.point.happened_at else None

    def changes(self) -> Mapping[str, bool | None] | None:
        """Return each change rule for the point that is compared; None if there is none."""
        last = self.compared
        if last is None or self.baseline is None:
            return None
        return changes(self.instrument, score_of(self.baseline.point), score_of(last))

    def is_improved(self) -> bool | None:
        """Return whether the point that is compared is better; None if that cannot be told."""
        last = self.compared
        if last is None or self.baseline is None or last.max_possible != self.baseline.point.max_possible:
            return None
        if last.ceiling is not None or self.baseline.point.ceiling is not None:
            return None
        return is_improved(self.instrument, self.baseline.point.value, last.value)

    def cutoffs(self) -> list[bool | None]:
        """Return for each cut-off of the score whether the latest point meets it."""
        if not self.points:
            return [None for one in self.instrument.cutoffs if one.score == self.score.id]
        return cutoffs(self.instrument, score_of(self.points[-1]))


def score_of(point: ScoredPoint) -> Score:
    """Return a point as the rules of instruments compare it."""
    return Score(point.score_id, point.value, ceiling=point.ceiling, max_possible=point.max_possible)


def band_at(point: ScoredPoint, newest: Instrument) -> str | None:
    """Return the band of a point, by the definition that scored it; of a clinic's own, by the newest one."""
    is_ours = newest.id in instruments()
    definition = definition_of(point.instrument_id, point.instrument_version) if is_ours else newest
    score = next((one for one in definition.scores if one.id == point.score_id), None)
    return band_of(definition, score, point.value, point.max_possible) if score else None


def baselines(
    found: Iterable[BaselinePoint], *, dose: FirstDose | None, is_time_declared: bool
) -> Mapping[Key, Baseline]:
    """Return the baseline of each score. Answers that are declared take the place of the rule for their instrument."""
    rows = list(found)
    declared = {row.instrument_id for row in rows if row.is_declared}
    if is_time_declared:
        rule = BaselineRule.DECLARED_TIME
    elif dose is not None and dose.course_id is not None:
        rule = BaselineRule.BEFORE_COURSE
    else:
        rule = BaselineRule.BEFORE_DOSE
    chosen: dict[Key, Baseline] = {}
    for row in rows:
        if row.is_declared:
            made = Baseline(row, BaselineRule.DECLARED_RESPONSE, None)
        elif row.instrument_id in declared:
            continue
        else:
            made = Baseline(row, rule, None if dose is None else dose.id)
        chosen[row.instrument_id, row.score_id] = made
    return chosen


def series_of(
    points: Iterable[ScoredPoint], chosen: Mapping[Key, Baseline], known: Mapping[str, Instrument]
) -> list[Series]:
    """Return the series in the order of the known instruments; `points` come newest first."""
    by_key: dict[Key, list[ScoredPoint]] = {}
    for point in points:
        by_key.setdefault((point.instrument_id, point.score_id), []).append(point)
    return [
        Series(instrument, score, by_key[key][::-1], chosen.get(key))
        for instrument in known.values()
        for score in numeric_scores(instrument)
        if (key := (instrument.id, score.id)) in by_key
    ]


def begins_at(asked: datetime | None, points: Sequence[ScoredPoint], *, is_cut: bool) -> datetime | None:
    """Return from when on an answer shows everything; `points` come newest first. None: from the beginning."""
    return points[-1].happened_at if is_cut and points else asked
