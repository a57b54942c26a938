"""What a patient is told, and other rules of reflections that need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from integration_api.access.actor import Role
from integration_api.resources.attention.worklist.tables import Urgency
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.prompts import PromptArea, prompt_ids, prompt_sets
from integration_api.resources.journal.reflections.rules import (
    allowed_actions,
    content_problems,
    is_open_to_staff,
    urgency_of,
)
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionState, Sharing

NOON = datetime(2026, 11, 20, 17, tzinfo=UTC)  # a Friday, 12:00 in New York


def asks(**facts: Any) -> Content:
    return cast(Content, {"safety": None, "contact_me": False, "ratings": None, **facts})


def test_what_makes_it_urgent() -> None:
    assert urgency_of(asks(safety="not_safe")) is Urgency.CRITICAL
    assert urgency_of(asks(safety="not_sure", contact_me=True)) is Urgency.HIGH
    assert urgency_of(asks(safety="safe", contact_me=True)) is Urgency.MODERATE
    assert urgency_of(asks(ratings={"distress": 10})) is Urgency.MODERATE
    assert urgency_of(asks(ratings={"distress": 9})) is Urgency.ROUTINE
    assert urgency_of(asks(safety="safe", ratings={"distress": None})) is Urgency.ROUTINE


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
        stands = (ReflectionState(state), Sharing(sharing), (role,))
        return [*allowed_actions(*stands, Urgency.ROUTINE, is_read=is_read, is_held=False)]

    def held(urgency: Urgency) -> list[str]:
        stands = (ReflectionState(state), Sharing(sharing), (Role.PATIENT,))
        return [*allowed_actions(*stands, urgency, is_read=is_read, is_held=True)]

    assert allowed(Role.PATIENT) == patients
    assert held(Urgency.ROUTINE) == [step for step in patients if step not in ("share", "unshare", "delete")]
    assert held(Urgency.MODERATE) == [step for step in patients if step not in ("unshare", "delete")]
    assert allowed(Role.THERAPIST) == allowed(Role.PRESCRIBER) == clinicians
    assert allowed(Role.SUPERVISOR) == [step for step in clinicians if step == "review"]


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
