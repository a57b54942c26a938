"""Rules of windows of the integration arc. All are pure."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from integration_api.resources.care.arc_windows.protocol_parts import (
    MAX_AMOUNT,
    MAX_FOLLOWED_UP,
    ArcOffset,
    ArcStep,
)

AGAIN = "again"
"""The step of a window that asks something once more; further ones of a session are `again2`, `again3` and on.

No protocol has a step of such an id.
"""
MAX_AGAIN = 99
"""The times that a session asks something once more."""
DEFAULT_SOURCE = "integration-arc.md, POLICY"
"""The sources of the default protocol: windows (section 3), cadence (5), items (6) and surveillance (1.8)."""
DEFAULT_SINCE = datetime(2026, 11, 30, tzinfo=UTC)
"""The day of the default protocol, so that its answer is the same each time."""
_FILE = Path(__file__).parent / "default_protocol.json"
_HOURS_OF_DAY = 24
_SLACK = 2
"""The hours by which a calendar day may be shorter or longer where clocks change."""
_DAYS_OF = {"days": (1, 1), "weeks": (7, 7), "months": (28, 31)}
"""The fewest and the most days of each unit."""


class ArcState(StrEnum):
    """The state of a window. `missed` is never stored: the clock alone makes it of one that is open."""

    OPEN = "open"
    ANSWERED = "answered"
    MISSED = "missed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class StepProblem(NamedTuple):
    """One thing that is wrong with the steps of a protocol: in which field, and what."""

    field: str
    code: str
    message: str


def is_again(step_id: str) -> bool:
    """Return whether a window of this step asks something once more."""
    number = step_id.removeprefix(AGAIN)
    return step_id.startswith(AGAIN) and (not number or number.isdecimal())


def next_again(used: Iterable[str]) -> str | None:
    """Return the step of the next window of a session that asks something once more; None if there were too many."""
    taken = set(used)
    return next(
        (step for step in (AGAIN, *(f"{AGAIN}{n}" for n in range(2, MAX_AGAIN + 1))) if step not in taken), None
    )


@cache
def default_steps() -> list[ArcStep]:
    """Return the steps of the protocol of a clinic that has none of its own."""
    return TypeAdapter(list[ArcStep]).validate_json(_FILE.read_text("utf-8"))


def state_at(state: ArcState, closes_at: datetime, now: datetime) -> ArcState:
    """Return the state of a window at this time: open until it closes, then missed."""
    return ArcState.MISSED if state is ArcState.OPEN and closes_at <= now else state


def problems_of(steps: Sequence[ArcStep]) -> list[StepProblem]:
    """Return what is wrong with the ids and times of these steps."""
    found: list[StepProblem] = []
    ids = [step["id"] for step in steps]
    if len(set(ids)) < len(ids):
        found.append(StepProblem("steps", "repeated", "each id once"))
    if sum(step["is_followed_up"] for step in steps) > MAX_FOLLOWED_UP:
        found.append(StepProblem("steps", "too_many", f"at most {MAX_FOLLOWED_UP} are followed up"))
    for number, step in enumerate(steps):
        if is_again(step["id"]):
            found.append(StepProblem(f"steps.{number}.id", "reserved", "is the step of what is asked again"))
        names = ("opens_after", "due_after", "closes_after")
        opens, due, closes = step["opens_after"], step["due_after"], step["closes_after"]
        for name, after in zip(names, (opens, due, closes), strict=True):
            if after["amount"] > MAX_AMOUNT[after["unit"]]:
                found.append(StepProblem(f"steps.{number}.{name}", "too_late", "is too long after the dose"))
        if not _in_order(opens, due, or_equal=True):
            message = "must not be after `due_after`, however long the months are"
            found.append(StepProblem(f"steps.{number}.opens_after", "not_in_order", message))
        if not _in_order(due, closes, or_equal=False):
            message = "must be after `due_after`, however long the months are"
            found.append(StepProblem(f"steps.{number}.closes_after", "not_in_order", message))
    return found


def _in_order(first: ArcOffset, second: ArcOffset, *, or_equal: bool) -> bool:
    """Return whether the first time comes first on every calendar."""
    if first["unit"] == second["unit"]:
        return first["amount"] < second["amount"] or (or_equal and first["amount"] == second["amount"])
    return _hours(first)[1] <= _hours(second)[0]


def _hours(after: ArcOffset) -> tuple[int, int]:
    """Return the fewest and the most hours that a time may be."""
    amount, unit = after["amount"], after["unit"]
    if unit == "hours":
        return amount, amount
    shortest, longest = _DAYS_OF[unit]
    return amount * shortest * _HOURS_OF_DAY - _SLACK, amount * longest * _HOURS_OF_DAY + _SLACK
