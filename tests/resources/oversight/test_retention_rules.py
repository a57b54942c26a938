"""Until when a chart is kept."""

from datetime import date

import pytest

from integration_api.resources.oversight.retention.rules import keep_until


@pytest.mark.parametrize(
    ("last_on", "birth_on", "expected"),
    [
        (date(2026, 11, 23), None, date(2033, 11, 23)),
        (date(2026, 11, 23), date(1980, 1, 1), date(2033, 11, 23)),
        (date(2026, 11, 23), date(2010, 6, 1), date(2035, 6, 1)),  # under age: seven years from 18
        (date(2026, 11, 23), date(2008, 11, 24), date(2033, 11, 24)),  # of age one day later
        (date(2026, 11, 23), date(2008, 11, 23), date(2033, 11, 23)),
        (date(2028, 2, 29), None, date(2035, 3, 1)),
        (date(2020, 1, 1), date(2008, 2, 29), date(2033, 3, 1)),
        (date(2020, 1, 1), date(2004, 2, 29), date(2029, 3, 1)),
    ],
)
def test_the_years_count_from_the_last_day_or_from_majority(
    last_on: date, birth_on: date | None, expected: date
) -> None:
    assert keep_until(last_on, birth_on, retention_years=7, majority_years=18) == expected


def test_a_clinic_s_own_numbers() -> None:
    assert keep_until(date(2026, 1, 2), None, retention_years=0, majority_years=18) == date(2026, 1, 2)
    assert keep_until(date(2026, 1, 2), date(2020, 1, 1), retention_years=5, majority_years=23) == date(2048, 1, 1)
    assert keep_until(date(2026, 1, 2), None, retention_years=10_000, majority_years=18) == date(9999, 1, 2)
    assert keep_until(date(2024, 2, 29), None, retention_years=10_000, majority_years=18) == date(9999, 3, 1)
