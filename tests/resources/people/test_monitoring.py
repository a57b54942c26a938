"""The statement to a patient: who reads, until when, and whom to call."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import Urgency
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.monitoring_statements import ClinicOfPatient, due, monitoring_statement

ZONE = "America/New_York"
WEEKDAYS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)  # a Friday, 12:00 in New York
_DUE = NOON + timedelta(days=3)


def clinic(hours: Any = None, country: str = "US", **facts: Any) -> ClinicOfPatient:
    made: dict[str, Any] = {"id": uuid4(), "clinic_id": uuid4(), "created_at": NOON, "updated_at": NOON, "slug": "w"}
    made |= {"name": "W", "time_zone": ZONE, "country": country, "hours": WEEKDAYS if hours is None else hours}
    return ClinicOfPatient(**{**made, "policies": {}, "patient_time_zone": ZONE, **facts})


def told(now: datetime = NOON, hours: Any = None, country: str = "US", **facts: Any) -> Monitoring:
    of_clinic = {name: facts.pop(name) for name in ("phone", "patient_time_zone") if name in facts}
    return monitoring_statement(clinic(hours, country, **of_clinic), now, **{"told": None, **facts})


def said(**facts: Any) -> str:
    return told(**facts)["text"].replace("\u202f", " ")


def test_a_private_entry_is_said_to_reach_nobody() -> None:
    private = told(due_at=_DUE)
    assert (private["is_monitored_now"], private["reviewed_by"], private["told"]) == (False, None, None)
    text = private["text"]
    assert text.startswith("Nobody watches entries as they come in, ".replace(", ", ". It is private: nobody but you"))
    assert "call 911 (Emergency services), or call or text 988 (988 Suicide & Crisis Lifeline)." in text
    assert [line["contact"] for line in private["crisis_resources"]][:2] == ["911", "988"]


def test_a_shared_entry_names_the_time_of_review_in_the_patients_own_clock() -> None:
    facts: dict[str, Any] = {"told": Waiting.TEAM, "due_at": _DUE}
    assert told(**facts)["reviewed_by"] == "2026-11-23T17:00:00Z"
    assert "Your care team means to read it by Monday, November 23 at 12:00 PM." in said(**facts)
    assert "at 9:00 AM" in said(**facts, patient_time_zone="America/Los_Angeles")
    assert "at no set time" in said(told=Waiting.TEAM)


def test_a_time_that_is_not_this_week_has_its_year() -> None:
    assert "Sunday, January 3, 2027 at 12:00 PM" in said(told=Waiting.TEAM, due_at=NOON + timedelta(days=44))


def test_a_review_that_is_overdue_is_not_promised_again() -> None:
    assert told(told=Waiting.TEAM, due_at=NOON)["reviewed_by"] is None
    assert "at no set time" in said(told=Waiting.TEAM, due_at=NOON)


def test_a_delayed_share_says_from_when_it_can_be_read() -> None:
    facts: dict[str, Any] = {"told": Waiting.TEAM, "due_at": _DUE, "release_at": NOON + timedelta(days=1)}
    assert "can read it from Saturday, November 21 at 12:00 PM on, unless you take it back" in said(**facts)
    assert "Saturday" not in said(now=NOON + timedelta(days=1), **facts)


def test_nobody_on_the_team_promises_no_reader() -> None:
    for who, name in ((Waiting.SUPERVISORS, "A supervisor"), (Waiting.OWNER, "The owner")):
        statement = told(told=who, due_at=_DUE)
        assert statement["reviewed_by"] is None
        assert f"nobody is on your care team now. {name} of your clinic is told" in statement["text"]
    assert "unread, for whoever joins" in said(told=Waiting.NOBODY)


def test_open_now_says_call_only_with_a_number() -> None:
    assert "Your clinic is open" not in said()
    assert "; your clinic is open now: call +1 555 0199." in said(phone="+1 555 0199")
    night = told(now=datetime(2026, 11, 20, 3, tzinfo=UTC), phone="+1 555 0199")  # Thursday 22:00 in New York
    assert night["clinic_opens_at"] == "2026-11-20T14:00:00Z"
    assert "0199" not in night["text"]


def test_hours_over_midnight() -> None:
    hours = {"fri": [["22:00", "24:00"]], "sat": [["00:00", "02:00"]]}
    for minutes in (0, 59, 60, 179):  # from Friday 23:00 in New York on
        statement = told(now=datetime(2026, 11, 21, 4, tzinfo=UTC) + timedelta(minutes=minutes), hours=hours)
        assert statement["clinic_opens_at"] is None
    closed = told(now=datetime(2026, 11, 21, 7, tzinfo=UTC), hours=hours)  # Saturday 02:00
    assert closed["clinic_opens_at"] == "2026-11-28T03:00:00Z"


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        (datetime(2026, 10, 30, 22, tzinfo=UTC), "2026-11-02T14:00:00Z"),  # clocks go back on 1 November
        (datetime(2027, 3, 12, 23, tzinfo=UTC), "2027-03-15T13:00:00Z"),  # clocks go forward on 14 March
    ],
)
def test_a_weekend_on_which_the_clocks_change(now: datetime, opens_at: str) -> None:
    statement = told(now=now)
    assert statement["clinic_opens_at"] == opens_at


def test_a_country_without_own_lines_says_what_to_do() -> None:
    assert [line["contact"] for line in told(country="ZZ")["crisis_resources"]] == ["112"]
    assert "; if that does not work where you are, call the emergency number of your country" in said(country="ZZ")
    assert "If that does not work" not in said()


def test_when_it_is_urgent_the_lines_come_after_whether_anybody_watches() -> None:
    facts: dict[str, Any] = {"due_at": NOON + timedelta(minutes=15), "is_urgent": True}
    assert said(**facts).startswith("This entry itself alerts nobody")
    assert said(**facts).index("call 911 (Emergency services)") > said(**facts).index("tell your care team.")
    assert "Your care team is told now and means to answer by Friday, November 20 at 12:15 PM" in said(
        **facts, told=Waiting.TEAM
    )
    assert "Nobody could be told" in said(**facts, told=Waiting.NOBODY)
    assert "was told that you asked for help, and stays told" in said(**facts, was_withdrawn=True)


def test_what_is_routine_is_due_while_the_clinic_is_open_and_what_is_urgent_at_any_hour() -> None:
    saturday = datetime(2026, 11, 21, 17, tzinfo=UTC)
    assert due(clinic(), Urgency.ROUTINE, NOON) == NOON + timedelta(hours=72)
    assert due(clinic(policies={"reflection_review_hours": 24}), Urgency.ROUTINE, NOON) == datetime(
        2026, 11, 23, 14, tzinfo=UTC
    )
    assert due(clinic({}), Urgency.ROUTINE, saturday) == saturday + timedelta(hours=72)
    for urgency, wait in (
        (Urgency.CRITICAL, timedelta(minutes=15)),
        (Urgency.HIGH, timedelta(hours=1)),
        (Urgency.MODERATE, timedelta(hours=24)),
    ):
        assert due(clinic(), urgency, saturday, saturday + timedelta(days=9)) == saturday + wait


@pytest.mark.parametrize("country", ["US", "DE", "IN", "ZZ"])
@pytest.mark.parametrize("to", [None, *Waiting])
@pytest.mark.parametrize("is_urgent", [False, True])
def test_it_is_at_most_three_sentences_whatever_there_is_to_say(
    country: str, to: Waiting | None, *, is_urgent: bool
) -> None:
    facts: dict[str, Any] = {"told": to, "due_at": _DUE, "is_urgent": is_urgent, "phone": "+1 555 0199"}
    for more in ({}, {"was_withdrawn": True}, {"release_at": _DUE}):
        text = said(country=country, **facts, **more)
        assert "+1 555 0199" in text
        assert 2 <= len(re.findall(r"[.!?](?= [A-Z]|$)", text)) <= 3, text
