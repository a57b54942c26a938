"""The numbers of a check that cannot be. They never keep its words from being heard. All is pure."""

from collections.abc import Mapping
from enum import StrEnum


class Number(StrEnum):
    """A number of a check."""

    DISTRESS = "distress"
    PULSE = "pulse"
    SPO2 = "spo2"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"


PLAUSIBLE = {
    Number.DISTRESS: (0, 10),
    Number.PULSE: (20, 250),
    Number.SPO2: (50, 100),
    Number.SYSTOLIC: (40, 300),
    Number.DIASTOLIC: (20, 200),
}
"""The bounds of what can be. Source: the hard limits of `care/doses/bands.py`."""
_PRESSURE = (Number.SYSTOLIC, Number.DIASTOLIC)


def implausible(numbers: Mapping[str, object]) -> list[Number]:
    """Return the numbers of a check that cannot be, in their order; of a blood pressure, both or none."""
    given = {name: numbers[name] for name in Number if numbers.get(name) is not None}
    wrong = {name for name, value in given.items() if not _can_be(name, value)}
    pressure = [value for name in _PRESSURE if isinstance(value := given.get(name), int)]
    is_whole = len(pressure) == len(_PRESSURE) and pressure[1] < pressure[0]
    if not is_whole or not wrong.isdisjoint(_PRESSURE):
        wrong |= {name for name in _PRESSURE if name in given}
    return [name for name in Number if name in wrong]


def _can_be(name: Number, value: object) -> bool:
    low, high = PLAUSIBLE[name]
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
