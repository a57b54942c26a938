"""Schedules: which there may be, and when they come; without a database."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from integration_api.resources.journal.plans.schedules import checked_schedule, moments


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "freq=weekly;byday=mo,we,fr;byhour=20",
        "BYDAY=MO;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=2;COUNT=1000",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;UNTIL=20270131",
        "FREQ=DAILY;UNTIL=20270131T200000Z",
        "RRULE:FREQ=DAILY",
        "rrule:freq=daily",
        "FREQ=WEEKLY;WKST=SU;INTERVAL=52",
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30",
    ],
)
def test_schedules_that_may_be(text: str) -> None:
    assert checked_schedule(text) == text.upper().removeprefix("RRULE:")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ";",
        "every day",
        "FREQ",
        "FREQ=",
        "FREQ=DAILY;",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY",
        "FREQ=YEARLY",
        "RRULE:RRULE:FREQ=DAILY",
        "RRULE:",
        "INTERVAL=2",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;COUNT=9999",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=367",
        "FREQ=WEEKLY;INTERVAL=53",
        "FREQ=MONTHLY;INTERVAL=7",
        "FREQ=DAILY;COUNT=3;UNTIL=20270131",
        "FREQ=DAILY;UNTIL=20270231",
        "FREQ=DAILY;UNTIL=20270131T250000Z",
        "FREQ=DAILY;UNTIL=20270131T200000",
        "FREQ=DAILY;BYMINUTE=30",
        "FREQ=DAILY;BYSECOND=1",
        "FREQ=DAILY;BYMONTH=2",
        "FREQ=DAILY;BYYEARDAY=366",
        "FREQ=DAILY;BYEASTER=0",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;BYMINUTE=60",
        "FREQ=DAILY;BYHOUR=8,",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,30",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=MO(2)",
        "FREQ=MONTHLY;BYDAY=MO,1TU",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "DTSTART=20260101;FREQ=DAILY",
        "DTSTART:20260101T080000\nRRULE:FREQ=DAILY",
        "FREQ=DAILY\nEXRULE:FREQ=SECONDLY",
        "FREQ=DAILY;TZID=Europe/Berlin",
        "FREQ=DAILY;INTERVAL=²",
        "FREQ=DAILY;INTERVAL=٣",
    ],
)
def test_schedules_that_may_not_be(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z a-z0-9,;=-]{10,150}$"):
        checked_schedule(text)


_DAY = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
_PARTS = {
    "FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    "INTERVAL": st.integers(1, 60).map(str),
    "COUNT": st.integers(1, 1001).map(str),
    "BYDAY": st.lists(st.tuples(st.sampled_from(["", "1", "+5", "-5", "-1"]), _DAY).map("".join), min_size=1).map(
        ",".join
    ),
    "BYMONTHDAY": st.lists(st.sampled_from(["1", "15", "29", "30", "31", "-1", "-31"]), min_size=1, max_size=3).map(
        ",".join
    ),
    "BYHOUR": st.lists(st.integers(0, 24).map(str), min_size=1, max_size=3).map(",".join),
    "BYMINUTE": st.lists(st.integers(0, 60).map(str), min_size=1, max_size=3).map(",".join),
    "BYSETPOS": st.sampled_from(["1", "-1", "2"]),
    "BYMONTH": st.just("2"),
    "WKST": _DAY,
}
_RULES = st.lists(st.sampled_from(sorted({*_PARTS} - {"FREQ"})), unique=True, max_size=3).flatmap(
    lambda names: st.tuples(*(_PARTS[name].map(f"{name}={{}}".format) for name in ["FREQ", *names])).map(";".join)
)
_STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2056, 1, 1))  # noqa: DTZ001  the patient's own time
_FEW = timedelta(days=366 * 9)


@pytest.mark.thorough
@given(_RULES, _STARTS)
@settings(max_examples=400, deadline=None, phases=[Phase.generate])  # to shrink endless ones is slow
def test_an_accepted_schedule_comes_again_from_wherever_it_starts(text: str, start: datetime) -> None:
    try:
        rule = checked_schedule(text)
    except ValueError:
        return
    first = next(iter(rrulestr(rule, dtstart=start)))
    assert start - timedelta(days=1) < first < start + _FEW


@pytest.mark.thorough
@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_either_a_schedule_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert checked_schedule(text) == text.upper().removeprefix("RRULE:")


# ── occurrences ──

_ZONES = [ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata")]


def _listed(rule: str, starts_on: str, first: str, last: str, zone: str = "America/New_York") -> list[str]:
    """The local day, and the instant if there is one."""
    found = moments(
        checked_schedule(rule),
        date.fromisoformat(starts_on),
        ZoneInfo(zone),
        date.fromisoformat(first),
        date.fromisoformat(last),
    )
    return [f"{one.on:%m-%d}" + (f" {one.at:%dT%H:%M}Z" if one.at else "") for one in found]


def test_an_interval_counts_from_the_first_day_whenever_it_is_asked() -> None:
    whole = _listed("FREQ=DAILY;INTERVAL=3", "2026-01-01", "2026-01-01", "2026-12-31")
    assert whole[:3] == ["01-01", "01-04", "01-07"]
    assert _listed("FREQ=DAILY;INTERVAL=3", "2026-01-01", "2026-06-02", "2026-12-31") == [
        d for d in whole if d > "06-01"
    ]
    weeks = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST={}"
    # 4 March 2026 is a Wednesday: which Sunday belongs to its week depends on WKST (RFC 5545, 3.8.5.3)
    assert _listed(weeks.format("MO"), "2026-03-04", "2026-03-01", "2026-03-31") == ["03-08", "03-16", "03-22", "03-30"]
    assert _listed(weeks.format("SU"), "2026-03-04", "2026-03-01", "2026-03-31") == ["03-15", "03-16", "03-29", "03-30"]


def test_a_count_counts_from_the_first_day() -> None:
    rule = "FREQ=DAILY;COUNT=10"
    assert _listed(rule, "2026-03-01", "2026-03-09", "2026-04-01") == ["03-09", "03-10"]
    assert _listed(rule, "2026-03-01", "2026-03-11", "2026-04-01") == []
    assert len(_listed("FREQ=DAILY;COUNT=5;BYHOUR=8,20", "2026-03-01", "2026-03-01", "2026-04-01")) == 5


def test_a_time_is_the_patients_before_and_after_the_clock_changes() -> None:
    at_eight = _listed("FREQ=DAILY;BYHOUR=20", "2026-01-01", "2026-03-07", "2026-03-08")
    assert at_eight == ["03-07 08T01:00Z", "03-08 09T00:00Z"]
    at_eight = _listed("FREQ=DAILY;BYHOUR=20", "2026-01-01", "2026-10-31", "2026-11-01")
    assert at_eight == ["10-31 01T00:00Z", "11-01 02T01:00Z"]


def test_a_time_that_the_clock_skips_comes_later_and_one_that_comes_twice_once() -> None:
    """On 8 March 02:30 is 03:30; on 1 November the first 01:30 counts."""
    assert _listed("FREQ=DAILY;BYHOUR=2;BYMINUTE=30", "2026-01-01", "2026-03-08", "2026-03-08") == ["03-08 08T07:30Z"]
    twice = _listed("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30", "2026-01-01", "2026-03-08", "2026-03-08")
    assert twice == ["03-08 08T07:30Z"]
    assert _listed("FREQ=DAILY;BYHOUR=1;BYMINUTE=30", "2026-01-01", "2026-11-01", "2026-11-01") == ["11-01 01T05:30Z"]


def test_until_is_an_instant_or_a_whole_day() -> None:
    rule = "FREQ=DAILY;BYHOUR=20;UNTIL={}"
    assert _listed(rule.format("20260310T000000Z"), "2026-03-08", "2026-03-08", "2026-03-31") == [
        "03-08 09T00:00Z",
        "03-09 10T00:00Z",
    ]
    assert _listed(rule.format("20260309T235959Z"), "2026-03-08", "2026-03-08", "2026-03-31") == ["03-08 09T00:00Z"]
    assert len(_listed(rule.format("20260310"), "2026-03-08", "2026-03-08", "2026-03-31")) == 3
    # without a time, the beginning of the day counts
    assert _listed("FREQ=DAILY;UNTIL=20260310T035959Z", "2026-03-08", "2026-03-08", "2026-03-31") == ["03-08", "03-09"]


def test_a_month_keeps_the_day_of_the_first_one() -> None:
    monthly = ["03-31", "05-31", "07-31"]
    assert _listed("FREQ=MONTHLY", "2026-01-31", "2026-02-01", "2026-08-30") == monthly
    assert _listed("FREQ=MONTHLY;INTERVAL=2", "2026-01-31", "2026-02-01", "2026-08-30") == monthly


@pytest.mark.thorough
@given(_RULES, _STARTS, st.integers(-40, 4000), st.integers(0, 61), st.sampled_from(_ZONES))
@settings(max_examples=300, deadline=None, phases=[Phase.generate])
def test_a_part_of_the_calendar_is_a_part_of_the_whole(
    text: str, start: datetime, later: int, days: int, zone: ZoneInfo
) -> None:
    """As python-dateutil lists it from the first day on, though the days before are left out."""
    try:
        rule = checked_schedule(text)
    except ValueError:
        return
    starts_on = start.date()
    first = starts_on + timedelta(days=later)
    last = first + timedelta(days=days)
    end = datetime.combine(last, time.max)
    whole = takewhile(lambda at: at <= end, rrulestr(rule, dtstart=datetime.combine(starts_on, time())))
    wanted = [at for at in whole if at.date() >= first]
    found = list(moments(rule, starts_on, zone, first, last))
    assert list(dict.fromkeys(one.on for one in found)) == list(dict.fromkeys(at.date() for at in wanted))
    if "BYHOUR" in rule:
        instants = {(at.date(), at.replace(tzinfo=zone).astimezone(UTC)) for at in wanted}
        assert {(one.on, one.at) for one in found} == instants
        assert len(found) == len(instants)
    else:
        assert {one.at for one in found} <= {None}
