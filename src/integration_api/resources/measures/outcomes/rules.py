"""Outcomes as numbers over people: periods, points of time, and what is too few to be told. All are pure.

Suppression: a count is told if it is of enough people. Of two counts that are told, of which one counts a part of the
other's people, the difference is 0 or enough people too. So no subtraction gives a count of few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from integration_api.resources.journal.practices.rules import MeanChange, Sums, mean_change

BASELINE_DAYS = 28
"""A baseline is no older than this before the first dose. POLICY."""
GRACE = timedelta(days=7)
"""So long after a window what phones kept offline still counts. After that its numbers stay as they are. POLICY."""
_HUNDREDTHS = 100


class Arc(StrEnum):
    """A time after the first dose. Source: product.md, integration arc, POLICY."""

    H24 = "h24"
    H72 = "h72"
    W1 = "w1"
    W2 = "w2"
    M1 = "m1"
    M3 = "m3"


class ArcWindow(NamedTuple):
    """A time after the first dose, and how far from it an answer still counts."""

    after: timedelta
    tolerance: timedelta


WINDOWS = {
    Arc.H24: ArcWindow(timedelta(hours=24), timedelta(hours=12)),
    Arc.H72: ArcWindow(timedelta(hours=72), timedelta(hours=24)),
    Arc.W1: ArcWindow(timedelta(days=7), timedelta(days=2)),
    Arc.W2: ArcWindow(timedelta(days=14), timedelta(days=3)),
    Arc.M1: ArcWindow(timedelta(days=30), timedelta(days=7)),
    Arc.M3: ArcWindow(timedelta(days=90), timedelta(days=14)),
}
"""The tolerances are our own choice; no two windows overlap. POLICY."""
LAST = max(one.after + one.tolerance for one in WINDOWS.values())


def closes_at(ends_at: datetime, arc: Arc) -> datetime:
    """Return from when on nothing that arrives changes the numbers of a quarter at a point of time."""
    window = WINDOWS[arc]
    return ends_at + window.after + window.tolerance + GRACE


class Rated(NamedTuple):
    """Whether each of some people meets a rule of change; None if that cannot be told."""

    rule: str
    met: Sequence[bool | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """The people of one instrument at one point of time, before suppression."""

    changes: Sequence[float]
    response: Rated | None = None
    remission: Rated | None = None


class Rate(NamedTuple):
    """The people of whom a rule can be told, and the part that meets it."""

    of: int
    percent: float


class Told(NamedTuple):
    """A cell as it is told; None if that is too few."""

    n: int | None = None
    missing: int | None = None
    change: MeanChange | None = None
    response: Rate | None = None
    remission: Rate | None = None


def told_eligible(eligible: int, minimum: int) -> int | None:
    """Return the people with a baseline; None if they are too few."""
    return eligible if eligible >= minimum else None


def told(cell: Cell, eligible: int, minimum: int) -> Told:
    """Return what of a cell may be told, given that the people with a baseline are told if there are enough."""
    n = len(cell.changes)
    if n < minimum:
        return Told()
    change = mean_of(cell.changes)
    if not _is_apart(eligible, n, minimum):
        return Told(change=change)  # with `n`, those who did not answer would be a count of few
    response = _rate(cell.response, n, minimum)
    remission = _rate(cell.remission, n, minimum)
    if response is not None and remission is not None and not _go_together(cell, response, remission, minimum):
        remission = None
    return Told(n, eligible - n, change, response, remission)


def mean_of(changes: Sequence[float]) -> MeanChange:
    """Return the mean of changes with its 95 % interval, to two decimals."""
    parts = [round(change * _HUNDREDTHS) for change in changes]
    found = mean_change(Sums(len(parts), sum(parts), sum(part * part for part in parts)))
    return MeanChange(found.n, *(_whole(value) for value in (found.mean, found.low, found.high)))


def _whole(hundredths: float | None) -> float | None:
    return None if hundredths is None else round(hundredths / _HUNDREDTHS, 2)


def _is_apart(whole: int, part: int, minimum: int) -> bool:
    """Return whether the rest of a whole is nobody or enough people."""
    return whole == part or whole - part >= minimum


def _rate(rated: Rated | None, n: int, minimum: int) -> Rate | None:
    """Return a rate if enough people meet the rule, and enough do not: few on either side are told of nobody."""
    if rated is None:
        return None
    known = [one for one in rated.met if one is not None]
    yes = sum(known)
    if not _is_apart(n, len(known), minimum) or yes < minimum or len(known) - yes < minimum:
        return None
    return Rate(len(known), round(100 * yes / len(known), 1))


def _go_together(cell: Cell, response: Rate, remission: Rate, minimum: int) -> bool:
    """Return whether two rates may stand beside each other, if all who meet one rule meet the other too."""
    assert cell.response is not None and cell.remission is not None  # noqa: S101, PT018  both have rates
    yes, no = (sum(one is True for one in rated.met) for rated in (cell.response, cell.remission))
    pairs = ((max(yes, no), min(yes, no)), (max(response.of, remission.of), min(response.of, remission.of)))
    return all(_is_apart(more, less, minimum) for more, less in pairs)
