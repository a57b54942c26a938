"""When shifts are, who is on call, and gaps: on the clock of a place, also on the days when it is set."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.resources.attention.notifications.rules import (
    MINUTES_OF_DAY,
    NotificationKind,
    next_try,
    quiet_until,
)
from integration_api.resources.attention.roster.rules import (
    FOR_EVER,
    RosterGap,
    RosterRank,
    days_of,
    gaps,
    mask_of,
    on_call_at,
    spans,
)

NEW_YORK = "America/New_York"
ALL = 127


@dataclass
class Shift:
    """A shift without a clinic."""

    from_minute: int
    until_minute: int
    weekdays: int = ALL
    first_on: date = date(2026, 1, 1)
    last_on: date = FOR_EVER
    rank: RosterRank = RosterRank.PRIMARY
    time_zone: str = NEW_YORK
    id: UUID = field(default_factory=uuid4)
    account_id: UUID = field(default_factory=uuid4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


DAY, NIGHT = Shift(9 * 60, 17 * 60), Shift(17 * 60, 9 * 60)


def test_a_night_ends_on_the_next_day() -> None:
    found = spans([NIGHT], at("2026-11-25T00:00-05:00"), at("2026-11-26T00:00-05:00"))
    assert [(span.starts_at, span.ends_at) for span in found] == [
        (at("2026-11-24T17:00-05:00"), at("2026-11-25T09:00-05:00")),
        (at("2026-11-25T17:00-05:00"), at("2026-11-26T09:00-05:00")),
    ]


def test_who_is_on_call_primaries_first() -> None:
    backup = Shift(0, 0, rank=RosterRank.BACKUP)
    found = on_call_at([backup, NIGHT, DAY], at("2026-11-25T16:59-05:00"))
    assert [span.account_id for span in found] == [DAY.account_id, backup.account_id]
    assert [span.account_id for span in on_call_at([DAY, NIGHT], at("2026-11-25T17:00-05:00"))] == [NIGHT.account_id]


def test_a_shift_of_some_weekdays_from_one_day_until_another() -> None:
    shift = Shift(9 * 60, 17 * 60, mask_of(["mon", "wed"]), date(2026, 11, 18), date(2026, 11, 25))
    found = spans([shift], at("2026-11-01T00:00-04:00"), at("2026-12-31T00:00-05:00"))
    assert [span.starts_at.date() for span in found] == [date(2026, 11, 18), date(2026, 11, 23), date(2026, 11, 25)]
    assert days_of(shift.weekdays) == ["mon", "wed"]


def test_gaps_are_what_nobody_covers() -> None:
    since, until = at("2026-11-25T12:00-05:00"), at("2026-11-27T12:00-05:00")
    assert gaps(spans([DAY], since, until), since, until) == [
        RosterGap(at("2026-11-25T17:00-05:00"), at("2026-11-26T09:00-05:00")),
        RosterGap(at("2026-11-26T17:00-05:00"), at("2026-11-27T09:00-05:00")),
    ]
    assert gaps([], since, until) == [RosterGap(since, until)]
    assert gaps(spans([DAY, NIGHT], since, until), since, until) == []


@pytest.mark.parametrize("zone", [NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago"])
def test_the_night_when_the_clock_is_set_has_no_gap_and_no_double_day(zone: str) -> None:
    """In each hour of a year somebody is on call, whichever minute the two shifts meet at."""
    since = datetime(2026, 1, 2, tzinfo=UTC)
    until = since + timedelta(days=366)
    for minute in (0, 30, 90, 120, 150, 180):
        pair = [
            Shift(minute, (minute + 720) % 1440, time_zone=zone),
            Shift((minute + 720) % 1440, minute, time_zone=zone),
        ]
        assert gaps(spans(pair, since, until), since, until) == []


def test_a_time_that_comes_twice_begins_with_the_first_and_ends_with_the_second() -> None:
    begins = spans(
        [Shift(90, 180, last_on=date(2026, 11, 1), first_on=date(2026, 11, 1))],
        at("2026-10-31T00:00-04:00"),
        at("2026-11-03T00:00-05:00"),
    )
    assert [(span.starts_at, span.ends_at) for span in begins] == [
        (at("2026-11-01T01:30-04:00"), at("2026-11-01T03:00-05:00"))
    ]
    ends = spans(
        [Shift(0, 90, last_on=date(2026, 11, 1), first_on=date(2026, 11, 1))],
        at("2026-10-31T00:00-04:00"),
        at("2026-11-03T00:00-05:00"),
    )
    assert ends[0].ends_at == at("2026-11-01T01:30-05:00")


@given(st.integers(0, MINUTES_OF_DAY - 1), st.integers(0, MINUTES_OF_DAY - 1), st.integers(0, 60 * 24 * 366))
def test_quiet_hours_end_later_than_now_and_at_their_end(begins: int, ends: int, minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = quiet_until(now, "Europe/Berlin", begins, ends)
    if found is not None:
        assert now < found <= now + timedelta(hours=25)
        assert quiet_until(found, "Europe/Berlin", begins, ends) is None or found.minute % 30 == 0


def test_quiet_hours_over_midnight_by_the_clock_of_the_person() -> None:
    asked = (at("2026-11-25T22:30-05:00"), NEW_YORK, 22 * 60, 7 * 60 + 30)
    assert quiet_until(*asked) == at("2026-11-26T07:30-05:00")
    assert quiet_until(asked[0], "Europe/Berlin", *asked[2:]) == at("2026-11-26T07:30+01:00")
    assert quiet_until(at("2026-11-25T12:00-05:00"), *asked[1:]) is None
    assert quiet_until(asked[0], NEW_YORK, None, None) is None


def test_what_is_urgent_is_tried_again_soon_and_nothing_for_ever() -> None:
    now = at("2026-11-25T12:00-05:00")
    first = {kind: next_try(kind, 1, now) for kind in NotificationKind}
    assert first[NotificationKind.URGENT_TASK] == now + timedelta(seconds=5)
    assert first[NotificationKind.REPLY_TO_READ] == now + timedelta(minutes=1)
    assert [next_try(kind, 6, now) for kind in NotificationKind] == [None] * len(NotificationKind)
