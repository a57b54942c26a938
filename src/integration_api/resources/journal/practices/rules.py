"""The effect of a strategy, from how much distress changed each time it was used."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

HIGH_DISTRESS = 7
"""From this distress before (0-10), a use counts as one under high distress. POLICY."""
ADHERENCE_DAYS = 28
"""Adherence looks back so many whole days. POLICY."""
_MIN_FOR_INTERVAL = 2
T_95 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
"""Student's t, two-sided 95 %, for 1 to 30 degrees of freedom. Source: NIST/SEMATECH e-Handbook, 1.3.6.7.2."""
_T_95_BEYOND = {120: 1.980, 60: 2.000, 40: 2.021}
"""The same for more degrees of freedom: the next row below counts, so that no interval is too narrow."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The changes of distress (after minus before) of some uses, summed up."""

    n: int
    total: int
    squares: int


@dataclass(frozen=True, slots=True)
class MeanChange:
    """The mean of changes, with its 95 % interval; None if there are too few for it."""

    n: int
    mean: float | None
    low: float | None
    high: float | None


def t_95(degrees: int) -> float:
    """Return the factor of a 95 % interval for these degrees of freedom, never one that is too small."""
    if degrees <= len(T_95):
        return T_95[degrees - 1]
    return next((factor for least, factor in _T_95_BEYOND.items() if degrees >= least), T_95[-1])


def mean_change(sums: Sums) -> MeanChange:
    """Return the mean change and its interval, to two decimals: mean +- t s / sqrt(n).

    Source: NIST/SEMATECH e-Handbook, 1.3.5.2 (confidence limits for the mean).
    """
    n = sums.n
    if n == 0:
        return MeanChange(0, None, None, None)
    mean = sums.total / n
    if n < _MIN_FOR_INTERVAL:
        return MeanChange(n, round(mean, 2), None, None)
    variance = (n * sums.squares - sums.total**2) / (n * (n - 1))
    half = t_95(n - 1) * math.sqrt(variance / n)
    return MeanChange(n, round(mean, 2), round(mean - half, 2), round(mean + half, 2))


def ranks(changes: Mapping[UUID, MeanChange], minimum: int) -> dict[UUID, int]:
    """Return the rank of each strategy with enough rated uses, 1 for the largest relief; equal means rank alike."""
    means = {key: one.mean for key, one in changes.items() if one.mean is not None and one.n >= minimum}
    return {key: 1 + sum(other < mean for other in means.values()) for key, mean in means.items()}


def adherence_percent(done: int, planned: int) -> int | None:
    """Return done uses of planned ones in percent, at most 100; None if none was planned."""
    return min(100, round(100 * done / planned)) if planned else None
