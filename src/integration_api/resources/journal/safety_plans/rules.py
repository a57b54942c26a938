"""Rules of safety plans: the difference of two versions, in sentences."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

Entry = str | Mapping[str, str | None]
"""One line of a step: a text, or somebody with a name and how to reach them."""


class SafetyPlanStep(StrEnum):
    """The six steps, in the order in which they are taken, and what may stand beside them.

    Source: Stanley and Brown 2012, Safety Planning Intervention. The order is the model's, the words are ours.
    """

    WARNING_SIGNS = "warning_signs"
    INTERNAL_COPING = "internal_coping"
    DISTRACTION = "distraction"
    PEOPLE_TO_ASK = "people_to_ask"
    PROFESSIONALS = "professionals"
    MEANS_SAFETY = "means_safety"
    REASON_FOR_LIVING = "reason_for_living"


class StepChange(NamedTuple):
    """One difference between two versions."""

    step: SafetyPlanStep
    text: str


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[StepChange]:
    """Return what is different in the later of two versions, step by step, each as a sentence."""
    return [
        StepChange(step, text)
        for step in SafetyPlanStep
        for text in _sentences(_lines(before[step.value]), _lines(after[step.value]))
    ]


def _sentences(before: Sequence[str], after: Sequence[str]) -> list[str]:
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    kept = [line for line in after if line in before]
    said = [f"Taken out: {line}" for line in gone] + [f"Added: {line}" for line in new]
    if kept != [line for line in before if line in after]:
        said.append(f"New order: {'; '.join(after)}")
    return said


def _lines(step: object) -> list[str]:
    """Return the lines of a step as a person reads them."""
    if step is None:
        return []
    entries: Sequence[Entry] = [step] if isinstance(step, str) else step  # type: ignore[assignment]  # a list by its column
    return [entry if isinstance(entry, str) else _contact(entry) for entry in entries]


def _contact(entry: Mapping[str, str | None]) -> str:
    """Return somebody in one line: the name, then how and when to reach them."""
    return ", ".join(value for name in ("name", "phone", "hours") if (value := entry.get(name)))
