"""The front of an exported chart shows what holds at the time of the export; an import tells what waits."""

from datetime import UTC, date, datetime, timedelta

import pytest

from integration_api.access.tables import CareTeamBasis
from integration_api.resources.oversight.exports.package_checks import Plan, requests_to_answer
from integration_api.resources.oversight.exports.rules import is_on_team, is_taken
from integration_api.resources.oversight.exports.selections import NOBODY
from tests.support import Json

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
MEMBER: Json = {"basis": CareTeamBasis.TEAM, "started_at": NOW - HOUR, "ends_at": None, "ended_at": None}


@pytest.mark.parametrize(
    ("last_day", "withdrawn_at", "expected"),
    [
        (None, None, True),
        (date(2026, 11, 25), None, True),
        (date(2026, 12, 24), None, True),
        (date(2026, 11, 24), None, False),
        (None, NOW, False),
    ],
)
def test_a_medicine_is_taken_until_the_end_of_its_last_day(
    last_day: date | None, withdrawn_at: datetime | None, expected: bool
) -> None:
    assert is_taken({"ended_on": last_day, "withdrawn_at": withdrawn_at}, NOW) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"ends_at": NOW + HOUR}, True),
        ({"ends_at": NOW}, False),
        ({"ended_at": NOW - HOUR}, False),
        ({"started_at": NOW + HOUR}, False),
        ({"basis": CareTeamBasis.EMERGENCY}, False),
    ],
)
def test_the_care_team_is_who_is_on_it_now(facts: Json, expected: bool) -> None:
    assert is_on_team({**MEMBER, **facts}, NOW) == expected


def test_requests_that_move_in_unanswered_are_told_with_the_first_end() -> None:
    late, soon = datetime(2026, 12, 20, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC)
    plan = Plan(NOBODY, is_new_chart=True)
    assert requests_to_answer(plan) == {"open": 0, "earliest_due_at": None}
    plan.inserts["record_requests"] = [{"due_at": late, "answered_at": None}]
    answered = {"due_at": soon - timedelta(days=1), "answered_at": soon}
    plan.inserts["amendment_requests"] = [{"due_at": soon, "answered_at": None}, answered]
    assert requests_to_answer(plan) == {"open": 2, "earliest_due_at": "2026-12-05T00:00:00+00:00"}
