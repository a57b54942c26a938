"""R07: answers that are worse than before, compared with two values. Pure.

They are the last value before the last dose, and the best so far (loss of response); the first value alone is none.
Source: clinical.md section 6, R07.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.measures.instruments.definitions import Instrument

RULE = "R07"


class _Limit(NamedTuple):
    """The points by which a worse score is moderate and high; `needs_band`: high only if its band is worse too."""

    score_id: str
    moderate: float
    high: float | None = None
    needs_band: bool = False
    is_falling: bool = False


_LIMITS: Mapping[str, _Limit] = {
    "phq9": _Limit("total", 5, 6, needs_band=True),
    "gad7": _Limit("total", 4),
    "pcl5": _Limit("total", 10, 15),
    "who5": _Limit("index", 10, is_falling=True),
}


class Scored(NamedTuple):
    """A value of a score, and when it was given."""

    value: float
    happened_at: datetime


class RangeOfScores(Protocol):
    """The lowest and the highest of all scores so far."""

    @property
    def lowest(self) -> float | None:
        """Return the lowest."""

    @property
    def highest(self) -> float | None:
        """Return the highest."""


def compared_score(instrument_id: str) -> str | None:
    """Return the score of an instrument that is compared; None if none is."""
    limit = _LIMITS.get(instrument_id)
    return limit.score_id if limit else None


def worse_hits(
    instrument: Instrument,
    value: float,
    earlier: Sequence[Scored],
    last_dose_at: datetime | None,
    all_of_them: RangeOfScores | None = None,
) -> list[Hit]:
    """Return R07 if a value is so much worse than one of the two.

    `earlier` is newest first; `all_of_them` is given if there are others.
    """
    limit = _LIMITS[instrument.id]
    sign = -1 if limit.is_falling else 1
    before_dose = [one.value for one in earlier if last_dose_at is not None and one.happened_at <= last_dose_at][:1]
    values = [one.value for one in earlier]
    if all_of_them is not None:
        values += [one for one in (all_of_them.lowest, all_of_them.highest) if one is not None]
    best = [min(values, key=lambda found: sign * found)] if len(values) > 1 else []
    worst: list[FlagSeverity] = []
    for other in (*before_dose, *best):
        by = sign * (value - other)
        is_worse_band = _band(instrument, limit.score_id, value) > _band(instrument, limit.score_id, other)
        if limit.high is not None and by >= limit.high and (is_worse_band or not limit.needs_band):
            worst.append(FlagSeverity.HIGH)
        elif by >= limit.moderate:
            worst.append(FlagSeverity.MODERATE)
    return [Hit(RULE, severity) for severity in worst]


def _band(instrument: Instrument, score_id: str, value: float) -> int:
    """Return the place of a value's band among those of its score, the lowest first."""
    starts = sorted(band.min for band in instrument.bands if band.score == score_id)
    return sum(value >= start for start in starts)
