"""Suppression: a count of few is told of nobody, nor can it be worked out from what is told."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration_api.core.quarters import Quarter, last_quarter
from integration_api.resources.attention.flags.rules import MIN_PATIENTS, minimum_of
from integration_api.resources.measures.outcomes.rules import (
    LAST,
    WINDOWS,
    Arc,
    Cell,
    Rated,
    closes_at,
    mean_of,
    told,
    told_eligible,
)
from integration_api.resources.measures.outcomes.service import of_instruments
from integration_api.resources.measures.outcomes.statements import OutcomeScore


def cell(n: int, response: tuple[int, int] | None = None, remission: tuple[int, int] | None = None) -> Cell:
    """A cell of so many people; of each rule, how many meet it, and of how many it cannot be told."""

    def rated(name: str, counts: tuple[int, int] | None) -> Rated | None:
        if counts is None:
            return None
        yes, unknown = counts
        return Rated(name, [True] * yes + [None] * unknown + [False] * (n - yes - unknown))

    return Cell([-1.0 * (place % 7) for place in range(n)], rated("response", response), rated("remission", remission))


@pytest.mark.parametrize(
    ("eligible", "n", "shown"),
    [
        (4, 4, (None, None, None, False)),  # too few at all
        (5, 5, (5, 5, 0, True)),  # nobody is missing
        (9, 5, (9, None, None, True)),  # four are missing: nor is the number of the others told
        (10, 5, (10, 5, 5, True)),
        (10, 6, (10, None, None, True)),
        (10, 4, (10, None, None, False)),
        (10, 0, (10, None, None, False)),  # none answers like few
        (0, 0, (None, None, None, False)),
        (30, 25, (30, 25, 5, True)),
        (30, 26, (30, None, None, True)),
    ],
)
def test_few_are_told_of_nobody(eligible: int, n: int, shown: tuple[int | None, int | None, int | None, bool]) -> None:
    found = told(cell(n), eligible, MIN_PATIENTS)
    assert (told_eligible(eligible, MIN_PATIENTS), found.n, found.missing, found.change is not None) == shown


@pytest.mark.parametrize(
    ("n", "response", "remission", "shown"),
    [
        (20, (10, 0), (5, 0), (50.0, 25.0)),
        (20, (4, 0), (5, 0), (None, 25.0)),  # few meet it
        (20, (16, 0), None, (None, None)),  # few do not
        (20, (20, 0), None, (None, None)),  # all do: each of them would be told of
        (20, (0, 0), None, (None, None)),
        (9, (5, 0), None, (None, None)),
        (10, (5, 0), None, (50.0, None)),
        (20, (10, 0), (8, 0), (50.0, None)),  # with both, two who respond and do not remit
        (20, (10, 0), (10, 0), (50.0, 50.0)),
        (20, (10, 2), None, (None, None)),  # two of whom it cannot be told
        (20, (7, 5), None, (46.7, None)),
        (21, (7, 5), (7, 6), (43.8, None)),  # one of whom one can be told and not the other
    ],
)
def test_a_rate_has_enough_people_on_both_sides(
    n: int, response: tuple[int, int], remission: tuple[int, int] | None, shown: tuple[float | None, float | None]
) -> None:
    found = told(cell(n, response, remission), n, MIN_PATIENTS)
    assert found.n == n
    rates = tuple(None if rate is None else rate.percent for rate in (found.response, found.remission))
    assert rates == shown


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_subtraction_of_what_is_told_gives_few(data: st.DataObject) -> None:
    """Of counts that lie in one another, each told one and each difference is none or enough."""
    minimum = data.draw(st.integers(MIN_PATIENTS, 12))
    eligible = data.draw(st.integers(0, 60))
    whole = told_eligible(eligible, minimum)
    for _ in Arc:
        n = data.draw(st.integers(0, eligible))
        counts = []
        for _ in range(2):
            yes = data.draw(st.integers(0, n))
            counts.append((yes, data.draw(st.integers(0, n - yes))))
        found = told(cell(n, *counts), eligible, minimum)
        assert whole is not None or found == told(cell(0), 0, minimum)
        if found.n is None:
            assert (found.missing, found.response, found.remission) == (None, None, None)
            continue
        assert whole is not None
        assert found.missing == eligible - found.n
        met = []
        for rate in (found.response, found.remission):
            if rate is not None:
                yes = round(rate.percent * rate.of / 100)
                met.append((yes, rate.of))
                chain = [whole, found.n, rate.of, yes]
                assert all(more - less == 0 or more - less >= minimum for more, less in pairwise(chain))
                assert min(chain) >= minimum
                assert rate.of - yes >= minimum
        if len(met) == 2:
            for one, other in zip(*met, strict=True):
                assert one == other or abs(one - other) >= minimum


def test_a_policy_never_asks_for_fewer_than_five() -> None:
    assert [minimum_of(value) for value in (0, 1, 5, 6, 50)] == [5, 5, 5, 6, 50]


def test_quarters_lie_beside_each_other() -> None:
    """So no two periods that can be asked for have a person in common, and another one not."""
    now = datetime(2026, 2, 3, tzinfo=UTC)
    one = last_quarter(now)
    assert (one, str(one)) == (Quarter(2025, 4), "2025-Q4")
    quarters = [one, one.next(), one.next().next()]
    assert [str(each) for each in quarters] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert quarters[0].begins_at == datetime(2025, 10, 1, tzinfo=UTC)
    assert last_quarter(datetime(2026, 12, 31, 23, tzinfo=UTC)) == Quarter(2026, 3)


def test_windows_do_not_overlap_and_close_in_their_order() -> None:
    ends = [(one.after - one.tolerance, one.after + one.tolerance) for one in WINDOWS.values()]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
    assert ends[0][0] > timedelta(0)
    assert ends[-1][1] == LAST
    closings = [closes_at(datetime(2027, 1, 1, tzinfo=UTC), arc) for arc in Arc]
    assert closings == sorted(closings)


def test_the_interval_is_that_of_the_mean() -> None:
    """Changes -4, -2, -1, 1: mean -1.5, s 2.0817, t(3) 3.182, half 3.31."""
    found = mean_of([-4.0, -2.0, -1.0, 1.0])
    assert (found.n, found.mean, found.low, found.high) == (4, -1.5, -4.81, 1.81)


def test_rows_come_in_any_order_and_who_may_be_told_in_part_is_left_out() -> None:
    """A person has a baseline and one score at each point of time; two have their first dose in the same moment."""
    begins = datetime(2026, 10, 1, tzinfo=UTC)
    rows = [
        OutcomeScore(
            patient_id=UUID(int=person),
            first_dose_at=begins + timedelta(hours=person // 2),
            dose_stored_at=begins,
            instrument_id="phq9",
            instrument_version=1,
            score_id="total",
            happened_at=begins + timedelta(hours=person // 2) + after,
            stored_at=begins,
            response_id=UUID(int=person * 100 + number),
            value=float(20 - number - person % 3),
            ceiling=None,
            max_possible=27,
        )
        for person in range(14)
        for number, after in enumerate(
            (-timedelta(days=2), -timedelta(days=1), *(one.after for one in WINDOWS.values()))
        )
    ]
    ends, now = begins + timedelta(days=92), begins + timedelta(days=400)
    told = of_instruments(rows, (), ends, now, 5, is_whole=True)
    [phq9] = [one for one in told if one["instrument_id"] == "phq9"]
    assert phq9["with_baseline"] == 14
    assert [point["n"] for point in phq9["points"]] == [14] * len(WINDOWS)
    shuffled = Random(3).sample(rows, len(rows))
    assert of_instruments(shuffled, (), ends, now, 5, is_whole=True) == told
    but_last = [row for row in rows if row.patient_id != UUID(int=13)]
    assert of_instruments(shuffled, (), ends, now, 5, is_whole=False) == of_instruments(
        but_last, (), ends, now, 5, is_whole=True
    )
