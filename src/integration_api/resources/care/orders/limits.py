"""The limits of each route as data: outside the hard ones a dose is refused, outside the usual ones it is remarked."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

RULES_VERSION = "2026-11-29"
"""The version of the limits and of the rules of findings."""
SOURCE = "clinical.md section 1.2, POLICY"
LABEL = "esketamine label [onc]"
MIN_WEIGHT_KG, MAX_WEIGHT_KG = 20, 350
"""The plausible weight of a patient. Source: clinical.md section 1.3."""
DEVICE_MG = 28
MAX_ESKETAMINE_MG = 84
"""One device holds 28 mg, a session takes 84 mg. Source: clinical.md section 1.2, label [onc]."""
USUAL_ESKETAMINE_MG = (56.0, 84.0)
MIN_BETWEEN_DEVICES = timedelta(minutes=5)
"""Source: clinical.md section 1.2, label [onc]."""


class DoseRoute(StrEnum):
    """The route of a dose. Source: clinical.md section 1.2."""

    IV_INFUSION = "iv_infusion"
    IM = "im"
    SC = "sc"
    INTRANASAL_RACEMIC = "intranasal_racemic"
    INTRANASAL_ESKETAMINE = "intranasal_esketamine"
    SUBLINGUAL = "sublingual"
    BUCCAL = "buccal"
    ORAL = "oral"


class DoseKind(StrEnum):
    """The part of a dose in its session."""

    INITIAL = "initial"
    BOOSTER = "booster"
    SECOND_DEVICE = "second_device"


class DoseUnit(StrEnum):
    """The unit in which a dose was ordered and is written down."""

    MG = "mg"
    MG_PER_KG = "mg/kg"


class Range(NamedTuple):
    """A lowest and a highest value, both allowed."""

    low: float
    high: float

    def holds(self, value: float | None) -> bool:
        """Return whether the value lies in the range; one that is not known does."""
        return value is None or self.low <= value <= self.high


class Limits(NamedTuple):
    """The limits of one route; None if the source names none."""

    units: frozenset[DoseUnit]
    hard_mg: Range | None = None
    usual_mg: Range | None = None
    hard_mg_per_kg: Range | None = None
    usual_mg_per_kg: Range | None = None
    hard_minutes: Range | None = None
    usual_minutes: Range | None = None


_MG = frozenset({DoseUnit.MG})
_EITHER = frozenset(DoseUnit)
_UNDER_TONGUE = Limits(_MG, hard_mg=Range(1, 1000), usual_mg=Range(25, 400))

LIMITS: Mapping[DoseRoute, Limits] = {
    DoseRoute.IV_INFUSION: Limits(
        _EITHER,
        hard_mg=Range(1, 400),
        hard_mg_per_kg=Range(0.05, 2.5),
        usual_mg_per_kg=Range(0.1, 1.2),
        hard_minutes=Range(1, 240),
        usual_minutes=Range(2, 100),
    ),
    DoseRoute.IM: Limits(
        _EITHER,
        hard_mg=Range(1, 300),
        usual_mg=Range(20, 150),
        hard_mg_per_kg=Range(0.05, 3),
        usual_mg_per_kg=Range(0.25, 1.5),
    ),
    DoseRoute.SC: Limits(_EITHER, hard_mg_per_kg=Range(0.05, 2.5), usual_mg_per_kg=Range(0.25, 1.2)),
    DoseRoute.INTRANASAL_RACEMIC: Limits(_MG, hard_mg=Range(1, 400), usual_mg=Range(10, 150)),
    DoseRoute.INTRANASAL_ESKETAMINE: Limits(_MG, hard_mg=Range(DEVICE_MG, MAX_ESKETAMINE_MG)),
    DoseRoute.SUBLINGUAL: _UNDER_TONGUE,
    DoseRoute.BUCCAL: _UNDER_TONGUE,
    DoseRoute.ORAL: Limits(
        _EITHER,
        hard_mg=Range(1, 700),
        usual_mg=Range(25, 300),
        hard_mg_per_kg=Range(0.05, 8),
        usual_mg_per_kg=Range(0.5, 4),
    ),
}
"""The limits by route: columns WARN and REJECT of the table. Source: clinical.md section 1.2, POLICY."""
