"""Rules of a session at home, without a database: each number beside its source."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.resources.care.doses.observer_words import Breathing, Colour, Responds
from integration_api.resources.care.readiness.home_rules import unmet_at_home
from integration_api.resources.care.remote_sessions.check_numbers import implausible
from integration_api.resources.care.remote_sessions.rules import (
    Link,
    LinkChange,
    Linked,
    RemoteItem,
    check_findings,
    is_alarming,
    lacking,
    lost_links,
    lost_since,
    missed_checks,
    next_check_at,
)
from integration_api.resources.care.sessions.session_tasks import MAX_LINK_LOSS

DOSE_AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
EVERY = timedelta(minutes=15)
"""Check due every 15 min. Source: clinical.md section 1.8, POLICY."""
MISSED_AFTER = timedelta(minutes=20)
"""More than 20 min without a check. Source: clinical.md section 6, R25, POLICY."""
OBSERVER: dict[str, str | bool | None] = {"name": "Ash", "is_adult": True, "briefed_at": "2026-11-20T14:20:00Z"}
ON_CALL: dict[str, str | bool | None] = {"name": "Ines Orr"}


class Seen(NamedTuple):
    """A check."""

    responds: Responds = Responds.YES
    breathing: Breathing = Breathing.NORMAL
    colour: Colour = Colour.NORMAL
    pulse: int | None = None
    spo2: int | None = None
    systolic: int | None = None
    diastolic: int | None = None


def at(minutes: float) -> datetime:
    return DOSE_AT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("seen", "alarms"),
    [
        (Seen(), False),
        (Seen(responds=Responds.TO_VOICE), False),
        (Seen(responds=Responds.TO_TOUCH), True),  # clinical.md section 1.8
        (Seen(responds=Responds.NO), True),
        (Seen(breathing=Breathing.NOISY), False),
        (Seen(breathing=Breathing.SLOW), True),
        (Seen(breathing=Breathing.NONE), True),
        (Seen(colour=Colour.PALE), False),
        (Seen(colour=Colour.BLUE), True),
        (Seen(spo2=90), False),  # clinical.md section 6, R10: below 90
        (Seen(spo2=89), True),
        (Seen(pulse=140), False),  # R10: over 140, below 40
        (Seen(pulse=141), True),
        (Seen(pulse=40), False),
        (Seen(pulse=39), True),
        (Seen(systolic=179, diastolic=109), False),  # R10: 180 or 110
        (Seen(systolic=180, diastolic=90), True),
        (Seen(systolic=150, diastolic=110), True),
    ],
    ids=str,
)
def test_which_check_is_alarming(seen: Seen, alarms: bool) -> None:
    assert is_alarming(check_findings(seen, at(10), at(10), DOSE_AT)) is alarms


@pytest.mark.parametrize(
    ("seen", "taken", "arrived", "first_dose_at", "rules"),
    [
        (Seen(systolic=160, diastolic=101), -5, -5, DOSE_AT, ["R09"]),
        (Seen(systolic=200, diastolic=120), -5, -5, DOSE_AT, ["R09", "R10"]),
        (Seen(systolic=200, diastolic=120), 20, 20, None, ["R09", "R10"]),
        (Seen(systolic=200, diastolic=120), -40, 20, DOSE_AT, ["R10"]),
    ],
    ids=["before the dose", "critical before the dose", "no dose recorded yet", "a slow clock"],
)
def test_a_critical_pressure_is_alarming_whatever_the_dose(
    seen: Seen, taken: int, arrived: int, first_dose_at: datetime | None, rules: list[str]
) -> None:
    """R10 of an observer's check. Source: clinical.md section 6, POLICY; the dose may be recorded late."""
    found = check_findings(seen, at(taken), at(arrived), first_dose_at)
    assert [one["rule"] for one in found] == rules


@pytest.mark.parametrize(
    ("numbers", "ignored"),
    [
        ({"pulse": 0}, ["pulse"]),
        ({"pulse": 20, "spo2": 50, "distress": 0}, []),
        ({"pulse": 250, "spo2": 100, "distress": 10}, []),
        ({"pulse": 251, "spo2": 49, "distress": 11}, ["distress", "pulse", "spo2"]),
        ({"systolic": 120}, ["systolic"]),
        ({"diastolic": 80}, ["diastolic"]),
        ({"systolic": 120, "diastolic": 80}, []),
        ({"systolic": 80, "diastolic": 80}, ["systolic", "diastolic"]),
        ({"systolic": 301, "diastolic": 80}, ["systolic", "diastolic"]),
        (
            {"pulse": "fast", "spo2": True, "systolic": [1], "diastolic": 0.5},
            ["pulse", "spo2", "systolic", "diastolic"],
        ),
        ({"pulse": None}, []),
    ],
    ids=str,
)
def test_which_numbers_cannot_be(numbers: dict[str, object], ignored: list[str]) -> None:
    """Bounds: the hard limits of vitals, and of both numbers of a pressure."""
    assert implausible(numbers) == ignored


@pytest.mark.parametrize(
    ("item", "facts"),
    [
        (RemoteItem.EMERGENCY_ADDRESS, (None, "911", OBSERVER, ON_CALL)),
        (RemoteItem.LOCAL_EMERGENCY_NUMBER, ("1 Lake Road", None, OBSERVER, ON_CALL)),
        (RemoteItem.OBSERVER_ADULT, ("1 Lake Road", "911", {**OBSERVER, "is_adult": False}, ON_CALL)),
        (RemoteItem.OBSERVER_BRIEFED, ("1 Lake Road", "911", {**OBSERVER, "briefed_at": None}, ON_CALL)),
        (RemoteItem.MEDICAL_ON_CALL, ("1 Lake Road", "911", OBSERVER, None)),
        (None, ("1 Lake Road", "911", OBSERVER, ON_CALL)),
    ],
    ids=str,
)
def test_what_a_record_lacks(
    item: RemoteItem | None,
    facts: tuple[str | None, str | None, dict[str, str | bool | None], dict[str, str | bool | None] | None],
) -> None:
    assert lacking(*facts) == ([] if item is None else [item])


def test_a_record_without_an_observer_lacks_all_of_them() -> None:
    found = lacking("1 Lake Road", "911", None, ON_CALL)
    assert found == [RemoteItem.OBSERVER, RemoteItem.OBSERVER_ADULT, RemoteItem.OBSERVER_BRIEFED]


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [(None, at(3), None), (DOSE_AT, None, at(15)), (DOSE_AT, at(-9), at(15)), (DOSE_AT, at(40), at(55))],
)
def test_when_the_next_check_is_due(first: datetime | None, last: datetime | None, due: datetime | None) -> None:
    assert next_check_at(first, last, EVERY) == due


@pytest.mark.parametrize(
    ("checks", "until", "gaps"),
    [
        ([], 20, []),
        ([], 20.5, [(0, None)]),
        ([15, 30, 45], 60, []),
        ([15, 36], 50, [(15, 36)]),
        ([36, 15], 50, [(15, 36)]),
        ([-10, 5], 25, []),
        ([15], 40, [(15, None)]),
    ],
)
def test_which_checks_were_missed(checks: list[float], until: float, gaps: list[tuple[float, float | None]]) -> None:
    found = missed_checks(DOSE_AT, [at(one) for one in checks], at(until), EVERY, is_over=False)
    assert [(one.since, one.until) for one in found] == [(at(a), None if b is None else at(b)) for a, b in gaps]


def test_nothing_is_missed_before_a_dose_and_a_gap_ends_with_the_session() -> None:
    assert list(missed_checks(None, [], at(90), EVERY, is_over=False)) == []
    [gap] = missed_checks(DOSE_AT, [], at(90), EVERY, is_over=True)
    assert (gap.finding["rule"], gap.finding["severity"], gap.until) == ("R25", "high", at(90))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-60, 240), max_size=12), st.integers(0, 240))
def test_every_minute_is_watched_or_in_a_gap(checks: list[int], until: int) -> None:
    """A minute more than 20 minutes after the last look before it, or the dose, is in exactly one gap."""
    gaps = list(missed_checks(DOSE_AT, [at(one) for one in checks], at(until), EVERY, is_over=True))
    looks = [0, *(one for one in checks if one > 0)]
    for minute in range(until):
        before = max(one for one in looks if one <= minute)
        inside = [one for one in gaps if one.since <= at(minute) and one.until is not None and at(minute) < one.until]
        assert len(inside) <= 1
        if at(minute) - at(before) >= MISSED_AFTER:
            assert inside


LOST = Linked(at(10), Link.VIDEO, LinkChange.LOST)


@pytest.mark.parametrize(
    ("events", "until", "gaps"),
    [
        ([LOST], 15, []),  # clinical.md section 6, R26: longer than 5 min
        ([LOST], 16, [(10, None)]),
        ([LOST, Linked(at(14), Link.VIDEO, LinkChange.RESTORED)], 60, []),
        ([Linked(at(17), Link.VIDEO, LinkChange.CONNECTED), LOST], 60, [(10, 17)]),
        ([LOST, Linked(at(14), Link.OBSERVER, LinkChange.RESTORED)], 60, [(10, None)]),
        ([LOST, Linked(at(12), Link.VIDEO, LinkChange.LOST)], 16, [(10, None)]),
        ([LOST._replace(at=at(-30)), Linked(at(4), Link.VIDEO, LinkChange.RESTORED)], 60, []),
        ([LOST._replace(at=at(-30)), Linked(at(6), Link.VIDEO, LinkChange.RESTORED)], 60, [(0, 6)]),
    ],
)
def test_which_links_were_lost(events: list[Linked], until: float, gaps: list[tuple[float, float | None]]) -> None:
    found = list(lost_links(DOSE_AT, events, at(until), is_over=False))
    assert [(one.since, one.until) for one in found] == [(at(a), None if b is None else at(b)) for a, b in gaps]
    assert {(one.finding["rule"], one.finding["severity"]) for one in found} <= {("R26", "critical")}


def test_since_when_a_link_is_lost() -> None:
    assert lost_since([], Link.VIDEO) is None
    assert lost_since([LOST], Link.OBSERVER) is None
    assert lost_since([Linked(at(12), Link.VIDEO, LinkChange.LOST), LOST], Link.VIDEO) == at(10)
    assert lost_since([LOST, Linked(at(11), Link.VIDEO, LinkChange.RESTORED)], Link.VIDEO) is None


def test_what_holds_a_dose_at_home() -> None:
    lost = {"video_link": at(0), "observer_link": None}
    assert list(unmet_at_home(lost, at(5), lacks_record=False)) == []
    [one] = unmet_at_home(lost, at(6), lacks_record=False)
    assert (one.item, one.rule, one.since) == ("video_link", "R26", at(0) + MAX_LINK_LOSS)
    [record] = unmet_at_home({}, at(6), lacks_record=True)
    assert (record.item, record.rule, record.since) == ("remote_record", "R18", None)


def test_a_finding_names_its_source() -> None:
    [one] = check_findings(Seen(responds=Responds.NO), at(1), at(1), DOSE_AT)
    assert one["source"] == "clinical.md sections 1.8 and 6, POLICY"
