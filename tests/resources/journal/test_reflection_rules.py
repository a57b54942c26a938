"""What a patient is told, and other rules of reflections that need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from integration_api.access.actor import Role
from integration_api.resources.journal.reflections.contents import Content, CrisisLine, Monitoring
from integration_api.resources.journal.reflections.prompts import PromptArea, prompt_ids, prompt_sets
from integration_api.resources.journal.reflections.rules import (
    allowed_actions,
    content_problems,
    is_open_to_staff,
    monitoring_statement,
    needs_help,
    review_due,
)
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionState, Sharing
from integration_api.resources.people.clinics.service import crisis_resources

ZONE = "America/New_York"
WEEKDAYS = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)  # a Friday, 12:00 in New York


def lines(country: str) -> list[CrisisLine]:
    return [cast(CrisisLine, item.model_dump(mode="json")) for item in crisis_resources(country)]


def told(now: datetime = NOON, hours: Any = WEEKDAYS, country: str = "US", **facts: Any) -> Monitoring:
    calm_and_private: Any = {"is_shared": False, "has_readers": True, "release_at": None, "reviewed_by": None}
    calm_and_private["is_urgent"] = False
    return monitoring_statement(now, hours, ZONE, lines(country), **{**calm_and_private, **facts})


def test_a_private_entry_is_said_to_reach_nobody() -> None:
    said = told()
    assert said["is_monitored_now"] is False
    assert said["reviewed_by"] is None
    assert said["text"].startswith("Nobody watches entries as they come in. It is private: nobody but you can read it")
    assert "Call 911: Emergency services. Call or text 988: 988 Suicide & Crisis Lifeline." in said["text"]
    assert [line["contact"] for line in said["crisis_resources"]][:2] == ["911", "988"]


def test_a_private_entry_promises_no_review_even_if_a_time_is_given() -> None:
    assert told(reviewed_by=NOON + timedelta(hours=72))["reviewed_by"] is None


def test_a_shared_entry_names_the_time_of_review_in_the_clinics_own_clock() -> None:
    said = told(is_shared=True, reviewed_by=review_due({}, NOON, None))
    assert said["reviewed_by"] == "2026-11-23T17:00:00Z"
    assert "Your care team can read it and means to by Monday 23 November, 12:00 clinic time." in said["text"]
    assert told(is_shared=True)["reviewed_by"] is None
    assert "at no set time" in told(is_shared=True)["text"]


def test_a_review_that_is_overdue_is_not_promised_again() -> None:
    said = told(is_shared=True, reviewed_by=NOON)
    assert said["reviewed_by"] is None
    assert "at no set time" in said["text"]


def test_a_delayed_share_says_from_when_it_can_be_read() -> None:
    release = NOON + timedelta(days=1)
    due = review_due({"reflection_review_hours": 24}, NOON, release)
    assert due == NOON + timedelta(days=2)
    said = told(is_shared=True, release_at=release, reviewed_by=due)
    assert "can read it from Saturday 21 November, 12:00 clinic time on, unless you take it back" in said["text"]
    assert "from Saturday" not in told(now=release, is_shared=True, release_at=release, reviewed_by=due)["text"]


def test_open_now_closed_overnight_and_over_the_weekend() -> None:
    assert told()["clinic_opens_at"] is None
    assert "Your clinic is open now" in told()["text"]
    night = told(now=datetime(2026, 11, 20, 3, tzinfo=UTC))  # Thursday 22:00 in New York, a Friday in UTC
    assert night["clinic_opens_at"] == "2026-11-20T14:00:00Z"
    friday_evening = told(now=datetime(2026, 11, 20, 22, tzinfo=UTC))
    assert friday_evening["clinic_opens_at"] == "2026-11-23T14:00:00Z"
    assert "closed now and opens on Monday 23 November, 09:00 clinic time" in friday_evening["text"]


def test_hours_over_midnight() -> None:
    hours = {"fri": [["22:00", "24:00"]], "sat": [["00:00", "02:00"]]}
    for minutes in (0, 59, 60, 179):  # from Friday 23:00 in New York on
        said = told(now=datetime(2026, 11, 21, 4, tzinfo=UTC) + timedelta(minutes=minutes), hours=hours)
        assert said["clinic_opens_at"] is None
        assert "Your clinic is open now" in said["text"]
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
    said = told(now=now)
    assert said["clinic_opens_at"] == opens_at
    assert "09:00 clinic time" in said["text"]


def test_a_clinic_without_hours_promises_none() -> None:
    said = told(hours={})
    assert said["clinic_opens_at"] is None
    assert "named no opening hours" in said["text"]


def test_a_country_without_own_lines_says_what_to_do() -> None:
    said = told(country="ZZ")
    assert [line["contact"] for line in said["crisis_resources"]] == ["112"]
    assert "If that does not work where you are, call the emergency number of your country." in said["text"]
    assert "If that does not work" not in told()["text"]


@pytest.mark.parametrize("shared", [True, False])
def test_when_it_is_urgent_the_lines_come_first_and_it_is_shorter(*, shared: bool) -> None:
    facts: dict[str, Any] = {"is_shared": shared, "reviewed_by": NOON + timedelta(hours=72)}
    calm, urgent = told(**facts), told(**facts, is_urgent=True)
    assert urgent["text"].startswith("Call 911: Emergency services. Call or text 988:")
    assert "This entry itself alerts nobody." in urgent["text"]
    assert len(urgent["text"]) < len(calm["text"])
    assert urgent["reviewed_by"] == calm["reviewed_by"]


def test_what_makes_it_urgent() -> None:
    assert needs_help("not_safe", contact_me=False)
    assert needs_help("not_sure", contact_me=False)
    assert needs_help("safe", contact_me=True)
    assert not needs_help("safe", contact_me=False)
    assert not needs_help(None, contact_me=False)


def test_when_staff_may_read() -> None:
    assert not is_open_to_staff(Sharing.PRIVATE, None, NOON)
    assert is_open_to_staff(Sharing.SHARED, None, NOON)
    assert is_open_to_staff(Sharing.SHARED, NOON, NOON)
    assert not is_open_to_staff(Sharing.SHARED, NOON + timedelta(microseconds=1), NOON)


@pytest.mark.parametrize(
    ("state", "sharing", "is_read", "patients", "clinicians"),
    [
        ("draft", "private", False, ["update", "delete", "submit"], []),
        ("submitted", "private", False, ["update", "delete", "share"], []),
        ("submitted", "shared", False, ["update", "unshare", "reply"], ["reply", "review"]),
        ("submitted", "shared", True, ["update", "reply"], ["reply", "review"]),
    ],
)
def test_what_each_may_do(
    state: str, sharing: str, *, is_read: bool, patients: list[str], clinicians: list[str]
) -> None:
    def allowed(role: Role) -> list[str]:
        return [*allowed_actions(ReflectionState(state), Sharing(sharing), (role,), is_read=is_read)]

    assert allowed(Role.PATIENT) == patients
    assert allowed(Role.THERAPIST) == allowed(Role.PRESCRIBER) == clinicians
    assert allowed(Role.SUPERVISOR) == []


def content(**facts: Any) -> Content:
    empty: Content = {
        "text": None,
        "prompt_set": None,
        "prompt_set_version": None,
        "answers": [],
        "ratings": None,
        "tags": [],
        "insights": [],
        "safety": None,
        "contact_me": False,
    }
    return {**empty, **facts}  # type: ignore[typeddict-item]  # a test gives what it likes


def test_content_may_be_empty_and_answers_must_be_to_known_prompts() -> None:
    text, prompted = ReflectionKind.TEXT, ReflectionKind.PROMPTED
    answers = [{"prompt_id": "picture", "text": "A door."}, {"prompt_id": "nonsense", "text": ""}]
    named: dict[str, Any] = {"prompt_set": "coming_back", "prompt_set_version": 1}

    def codes(kind: ReflectionKind, known: frozenset[str] | None = None, **facts: Any) -> list[tuple[str, str]]:
        return [(problem["field"], problem["code"]) for problem in content_problems(kind, content(**facts), known)]

    assert codes(text) == codes(prompted) == []
    assert codes(text, answers=answers) == codes(text, **named) == [("body.answers", "only_prompted")]
    assert codes(prompted, answers=answers) == [("body.prompt_set", "unknown_prompt_set")]
    assert codes(prompted, prompt_ids("coming_back", 1), answers=answers, **named) == [
        ("body.answers.1.prompt_id", "unknown_prompt")
    ]
    assert codes(prompted, frozenset({"a"}), answers=[{"prompt_id": "a", "text": ""}] * 2, **named) == [
        ("body.answers.1.prompt_id", "given_twice")
    ]
    assert codes(text, insights=[{"id": "1", "text": "x"}] * 2) == [("body.insights.1.id", "given_twice")]


def test_the_prompts_cover_every_area_and_are_short() -> None:
    first = prompt_sets()[0]
    assert {prompt.area for prompt in first.prompts} == set(PromptArea)
    assert len({prompt.id for prompt in first.prompts}) == len(first.prompts)
    assert all(len(prompt.text) <= 100 for prompt in first.prompts)
    assert len({(item.id, item.version) for item in prompt_sets()}) == len(prompt_sets())
    assert prompt_ids("coming_back", 2) is None
