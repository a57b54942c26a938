"""The times of windows after a dose: by the patient's clock, whatever a zone does with it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.resources.care.arc_windows.local_times import shifted, times_of
from integration_api.resources.care.arc_windows.protocol_parts import ArcOffset
from integration_api.resources.care.arc_windows.rules import ArcState, default_steps, problems_of, state_at

NEW_YORK = ZoneInfo("America/New_York")
ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
_DAY = timedelta(days=1)


Unit = Literal["hours", "days", "weeks", "months"]


def after(amount: int, unit: Unit) -> ArcOffset:
    return {"amount": amount, "unit": unit}


def local(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("given_at", "amount", "unit", "then"),
    [
        ("2026-10-30T14:30", 1, "weeks", "2026-11-06T14:30"),  # the clock goes back between
        ("2027-03-10T14:30", 7, "days", "2027-03-17T14:30"),  # and forward
        ("2027-03-07T02:30", 1, "weeks", "2027-03-14T03:30"),  # skipped: as much later as the clock is set forward
        ("2026-10-25T01:30", 1, "weeks", "2026-11-01T01:30"),  # comes twice: the first
        ("2027-01-31T10:00", 1, "months", "2027-02-28T10:00"),
        ("2026-11-30T10:00", 3, "months", "2027-02-28T10:00"),
        ("2027-01-15T10:00", 12, "months", "2028-01-15T10:00"),
        ("2024-02-29T10:00", 12, "months", "2025-02-28T10:00"),
    ],
)
def test_a_calendar_time_keeps_the_time_of_day(given_at: str, amount: int, unit: Unit, then: str) -> None:
    assert shifted(local(given_at), after(amount, unit), NEW_YORK) == local(then)


def test_hours_pass_whatever_the_clock_shows() -> None:
    given_at = local("2026-10-31T14:30")
    assert shifted(given_at, after(24, "hours"), NEW_YORK) == given_at + _DAY
    assert shifted(given_at, after(24, "hours"), NEW_YORK) == local("2026-11-01T13:30")


def test_the_second_of_two_equal_times_leads_to_the_same_as_the_first() -> None:
    first = local("2026-11-01T01:30")
    assert shifted(first, after(1, "days"), NEW_YORK) == shifted(first + timedelta(hours=1), after(1, "days"), NEW_YORK)


@pytest.mark.thorough
@pytest.mark.parametrize("hour", [0, 2, 14])
def test_every_zone_keeps_the_time_of_day_over_a_year(hour: int) -> None:
    """From each day of a year near a change of the clock, in each zone."""
    for name in ZONES:
        zone = ZoneInfo(name)
        for day in _changes(zone):
            for back in (1, 7, 14):
                begin = datetime.combine(day - back * _DAY, time(hour, 30), zone)
                given_at = begin.astimezone(UTC)
                wanted = given_at.astimezone(zone).time()
                then = shifted(given_at, after(back, "days"), zone).astimezone(zone)
                gap = _gap(datetime.combine(then.date(), wanted, zone))
                assert (then.time() == wanted) == (not gap), (name, day)
                assert shifted(given_at, after(back, "days"), zone) - given_at > back * _DAY - timedelta(hours=3)


@pytest.mark.thorough
def test_the_default_is_in_order_in_every_zone() -> None:
    for name in ZONES[::7]:
        zone = ZoneInfo(name)
        for day in range(0, 366, 5):
            given_at = datetime(2027, 1, 1, 14, 30, tzinfo=UTC) + day * _DAY
            for step in default_steps():
                opens_at, due_at, closes_at = times_of(step, given_at, zone)
                assert given_at < opens_at <= due_at < closes_at, (name, step["id"])


@given(
    st.integers(0, 20 * 365 * 24 * 60),
    st.sampled_from(ZONES),
    st.integers(0, 100),
    st.sampled_from(["days", "weeks", "months"]),
)
def test_more_of_a_unit_is_never_sooner(minutes: int, name: str, amount: int, unit: Unit) -> None:
    at, zone = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), ZoneInfo(name)
    assert shifted(at, after(amount, unit), zone) < shifted(at, after(amount + 1, unit), zone)


def test_the_default_has_nothing_wrong() -> None:
    assert problems_of(default_steps()) == []
    assert [step["id"] for step in default_steps()][:6] == ["t24", "t72", "w1", "w2", "m1", "m3"]


def test_a_window_is_missed_by_the_clock_alone() -> None:
    closes_at = datetime(2026, 12, 1, tzinfo=UTC)
    assert state_at(ArcState.OPEN, closes_at, closes_at - timedelta(microseconds=1)) is ArcState.OPEN
    assert state_at(ArcState.OPEN, closes_at, closes_at) is ArcState.MISSED
    assert state_at(ArcState.ANSWERED, closes_at, closes_at) is ArcState.ANSWERED


def _changes(zone: ZoneInfo) -> list[date]:
    """The days of 2027 on which the clock is set."""
    found = []
    for number in range(365):
        begin = datetime(2027, 1, 1, tzinfo=UTC) + number * _DAY
        if begin.astimezone(zone).utcoffset() != (begin + _DAY).astimezone(zone).utcoffset():
            found.append((begin + _DAY).astimezone(zone).date())
    return found[:4]


def _gap(wall: datetime) -> bool:
    """Whether the clock skips this time."""
    return wall.astimezone(UTC).astimezone(wall.tzinfo).replace(fold=0) != wall.replace(fold=0)
