"""Goal attainment scaling: the T score of goals with five levels, and its course over the days of ratings."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

MIN_LEVEL, MAX_LEVEL = -2, 2
MAX_WEIGHT = 9
"""Importance x difficulty, each from 1 to 3. POLICY: clinical.md section 4 leaves the range open."""
CORRELATION = 0.3
"""The assumed correlation of goals (rho). Source: clinical.md section 4, Kiresuk and Sherman 1968."""
MEAN, SPREAD = 50.0, 10.0
"""The scale of T. Source: as above."""


class GoalSide(StrEnum):
    """The two who rate: the patient, and the clinicians of the care team."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Scaled:
    """A goal as its score needs it."""

    weight: int
    baseline_level: int


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating, on the day by the patient's calendar."""

    goal_id: UUID
    on: date
    side: GoalSide
    level: int


@dataclass(frozen=True, slots=True)
class Point:
    """The attainment of all goals that one side had rated by a day."""

    on: date
    side: GoalSide
    t_score: float
    baseline_t_score: float
    goals_rated: int


def t_score(goals: Collection[tuple[int, int]]) -> float:
    """Return T of goals, each as its weight and level, to two decimals. Raises ValueError if there are none.

    Source: clinical.md section 4: 50 + 10 sum(w x) / sqrt((1 - rho) sum(w w) + rho (sum w)^2).
    """
    if not goals:
        msg = "a T score needs a goal"
        raise ValueError(msg)
    weights = [weight for weight, _ in goals]
    reached = sum(weight * level for weight, level in goals)
    squares = sum(weight * weight for weight in weights)
    spread = math.sqrt((1 - CORRELATION) * squares + CORRELATION * sum(weights) ** 2)
    return round(MEAN + SPREAD * reached / spread, 2)


def attainment(goals: Mapping[UUID, Scaled], ratings: Iterable[Rated]) -> list[Point]:
    """Return one point for each day and side with a rating, the first day first.

    `ratings` come in the order in which they happened: of one side and day, the last of a goal counts. A goal that the
    side has not rated yet does not count, neither in the score nor in that of the baseline.
    """
    days: dict[tuple[date, GoalSide], dict[UUID, int]] = {}
    levels: dict[GoalSide, dict[UUID, int]] = {side: {} for side in GoalSide}
    for one in ratings:
        levels[one.side][one.goal_id] = one.level
        days[one.on, one.side] = dict(levels[one.side])
    return [
        Point(on, side, _score(goals, reached), _score(goals, dict.fromkeys(reached)), len(reached))
        for (on, side), reached in sorted(days.items())
    ]


def _score(goals: Mapping[UUID, Scaled], levels: Mapping[UUID, int | None]) -> float:
    """Return T of these levels; of None, that of the baseline."""
    found: Sequence[tuple[int, int]] = [
        (goals[goal_id].weight, goals[goal_id].baseline_level if level is None else level)
        for goal_id, level in levels.items()
    ]
    return t_score(found)
