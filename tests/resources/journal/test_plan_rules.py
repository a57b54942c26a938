"""The rules of plans, without a database."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import product

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from integration_api.resources.journal.plans.rules import (
    TRANSITIONS,
    PlanStep,
    allowed_steps,
    checked_schedule,
    is_practisable,
)
from integration_api.resources.journal.plans.tables import PlanSide, PlanState

LEGAL = {
    ("draft", "update"): "draft",
    ("draft", "propose"): "proposed",
    ("draft", "archive"): "archived",
    ("proposed", "update"): "draft",
    ("proposed", "accept"): "active",
    ("proposed", "decline"): "draft",
    ("proposed", "archive"): "archived",
    ("active", "update"): "draft",
    ("active", "pause"): "paused",
    ("active", "complete"): "completed",
    ("active", "archive"): "archived",
    ("paused", "update"): "draft",
    ("paused", "resume"): "active",
    ("paused", "complete"): "completed",
    ("paused", "archive"): "archived",
    ("completed", "archive"): "archived",
}


@pytest.mark.parametrize(("state", "step"), list(product(PlanState, PlanStep)))
def test_every_step_of_every_state(state: PlanState, step: PlanStep) -> None:
    target = LEGAL.get((state.value, step.value))
    assert TRANSITIONS[state].get(step) == (PlanState(target) if target else None)
    for side, proposed_by in product(PlanSide, (None, *PlanSide)):
        is_own_answer = step in {PlanStep.ACCEPT, PlanStep.DECLINE} and proposed_by is side
        assert (step in allowed_steps(state, proposed_by, side)) == (target is not None and not is_own_answer)


def test_strategies_may_have_been_used_once_both_sides_agreed() -> None:
    assert is_practisable(1)
    assert not is_practisable(None)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY",
        "freq=weekly;byday=mo,we,fr;byhour=20",
        "BYDAY=MO;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=2;COUNT=1000",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY;UNTIL=20270131",
        "FREQ=DAILY;UNTIL=20270131T200000",
        "FREQ=WEEKLY;WKST=SU;INTERVAL=52",
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,15,-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30",
    ],
)
def test_schedules_that_may_be(text: str) -> None:
    assert checked_schedule(text) == text.upper()


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
        "RRULE:FREQ=DAILY",
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
        "FREQ=DAILY;UNTIL=20270131T250000",
        "FREQ=DAILY;UNTIL=20270131T200000Z",
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


@given(_RULES, _STARTS)
@settings(max_examples=400, deadline=None, derandomize=True, phases=[Phase.generate])  # to shrink endless ones is slow
def test_an_accepted_schedule_comes_again_from_wherever_it_starts(text: str, start: datetime) -> None:
    try:
        rule = checked_schedule(text)
    except ValueError:
        return
    first = next(iter(rrulestr(rule, dtstart=start)))
    assert start - timedelta(days=1) < first < start + _FEW


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_text_is_either_a_schedule_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert checked_schedule(text) == text.upper()
