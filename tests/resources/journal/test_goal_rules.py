"""The pure rules of goals and of effects, against the numbers of their sources."""

import math
from datetime import date
from statistics import mean, stdev
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.resources.journal.goals.rules import GoalSide, Point, Rated, Scaled, attainment, t_score
from integration_api.resources.journal.practices.rules import (
    T_95,
    MeanChange,
    Sums,
    adherence_percent,
    mean_change,
    ranks,
    t_95,
)

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
PATIENT, CLINICIAN = GoalSide.PATIENT, GoalSide.CLINICIAN


@pytest.mark.parametrize(
    ("goals", "score"),
    [
        ([(1, 1)], 60.0),  # clinical.md section 4
        ([(1, 1), (1, 1)], 62.40),  # clinical.md section 4: 50 + 20 / sqrt(1.4 + 1.2)
        ([(1, 0), (1, 0), (1, 0)], 50.0),  # all as expected
        ([(1, -1), (1, 1)], 50.0),
        ([(1, -2)], 30.0),
        ([(9, 1)], 60.0),  # the weight of a single goal says nothing
        ([(2, 1), (1, -1)], 54.02),  # 50 + 10 / sqrt(0.7 * 5 + 0.3 * 9)
    ],
)
def test_t_scores_of_the_source(goals: list[tuple[int, int]], score: float) -> None:
    assert t_score(goals) == score


def test_no_goal_has_no_score() -> None:
    with pytest.raises(ValueError, match="needs a goal"):
        t_score([])


def test_each_day_and_side_has_the_score_of_what_it_had_rated_by_then() -> None:
    goals = {ONE: Scaled(1, -1), TWO: Scaled(1, -2)}
    first, second = date(2026, 11, 1), date(2026, 11, 8)
    points = attainment(
        goals,
        [
            Rated(ONE, first, PATIENT, -1),
            Rated(ONE, first, PATIENT, 1),  # the last of a day counts
            Rated(ONE, first, CLINICIAN, 0),
            Rated(TWO, second, PATIENT, 1),  # the other goal keeps its level
        ],
    )
    assert points == [
        Point(first, CLINICIAN, 50.0, 40.0, 1),
        Point(first, PATIENT, 60.0, 40.0, 1),
        Point(second, PATIENT, 62.40, t_score([(1, -1), (1, -2)]), 2),
    ]


def _t_probability(t: float, degrees: int) -> float:
    """The two-sided probability of Student's t: the finite series of Abramowitz and Stegun, 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(degrees))
    cosine, term = math.cos(angle), 1.0
    if degrees % 2:
        total, term = 0.0, cosine
        for k in range(1, degrees - 1, 2):
            total, term = total + term, term * cosine * cosine * (k + 1) / (k + 2)
        return 2 / math.pi * (angle + math.sin(angle) * total)
    total = 0.0
    for k in range(0, degrees - 1, 2):
        total, term = total + term, term * cosine * cosine * (k + 1) / (k + 2)
    return math.sin(angle) * total


@pytest.mark.parametrize("degrees", [*range(1, 31), 40, 60, 120])
def test_the_table_of_student_s_t_is_that_of_its_definition(degrees: int) -> None:
    assert _t_probability(t_95(degrees), degrees) == pytest.approx(0.95, abs=0.0002)


def test_between_two_rows_the_wider_interval_counts() -> None:
    assert [t_95(one) for one in (30, 31, 39, 59, 119, 5000)] == [2.042, 2.042, 2.042, 2.021, 2.0, 1.98]
    assert len(T_95) == 30


@settings(deadline=None)
@given(st.lists(st.integers(-10, 10), min_size=2, max_size=30))
def test_sums_give_the_mean_and_the_interval_of_the_changes(changes: list[int]) -> None:
    found = mean_change(Sums(len(changes), sum(changes), sum(one * one for one in changes)))
    half = t_95(len(changes) - 1) * stdev(changes) / math.sqrt(len(changes))
    assert found.n == len(changes)
    assert (found.mean, found.low, found.high) == pytest.approx(
        (mean(changes), mean(changes) - half, mean(changes) + half), abs=0.0051
    )


def test_one_change_has_no_interval_and_none_has_no_mean() -> None:
    assert mean_change(Sums(1, -3, 9)) == MeanChange(1, -3.0, None, None)
    assert mean_change(Sums(0, 0, 0)) == MeanChange(0, None, None, None)


def test_no_strategy_below_the_minimum_is_ranked() -> None:
    found = {ONE: MeanChange(5, -2.0, -3, -1), TWO: MeanChange(4, -5.0, -6, -4), THREE: MeanChange(9, -3.0, -4, -2)}
    assert ranks(found, 5) == {THREE: 1, ONE: 2}
    assert ranks(found, 4) == {TWO: 1, THREE: 2, ONE: 3}
    found[ONE] = MeanChange(5, -3.0, -4, -2)
    assert ranks(found, 5) == {THREE: 1, ONE: 1}


@pytest.mark.parametrize(("done", "planned", "percent"), [(0, 0, None), (3, 0, None), (12, 14, 86), (9, 7, 100)])
def test_adherence(done: int, planned: int, percent: int | None) -> None:
    assert adherence_percent(done, planned) == percent
