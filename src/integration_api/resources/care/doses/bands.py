"""The fields of vitals as data: their codes, units, hard limits and bands. Source: clinical.md section 1.3."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from integration_api.resources.care.orders.limits import DoseRoute, Range

RULES_VERSION = "2026-11-29"
"""The version of the fields and of the rules of findings."""
SOURCE = "clinical.md section 1.3, POLICY"
LABEL = "esketamine label [mpr]"


class VitalField(StrEnum):
    """The thing measured or observed. Source: clinical.md section 1.3."""

    BLOOD_PRESSURE = "blood_pressure"
    HEART_RATE = "heart_rate"
    SPO2 = "spo2"
    RESPIRATORY_RATE = "respiratory_rate"
    TEMPERATURE = "temperature"
    WEIGHT = "weight"
    HEIGHT = "height"
    MOAAS = "moaas"
    CADSS = "cadss"
    CADSS_6 = "cadss_6"
    DISSOCIATION = "dissociation"
    VAS_HIGH = "vas_high"
    VAS_NAUSEA = "vas_nausea"
    VAS_ANXIETY = "vas_anxiety"
    VAS_PAIN = "vas_pain"
    OBSERVATION = "observation"


class Coded(NamedTuple):
    """The codes of a field, its hard limits, and its bands; None if the source names none."""

    loinc: str | None
    ucum: str | None
    hard: Range | None
    is_whole: bool = False
    usual: Range | None = None
    """Outside: a finding."""
    safe: Range | None = None
    """Outside: a critical finding, which holds the next dose."""


_SCORE, _MMHG = "{score}", "mm[Hg]"
_INFINITY = float("inf")
_TEN = Coded(None, _SCORE, Range(0, 10), is_whole=True)

FIELDS: Mapping[VitalField, Coded] = {
    VitalField.BLOOD_PRESSURE: Coded("85354-9", _MMHG, Range(40, 300)),
    VitalField.HEART_RATE: Coded("8867-4", "/min", Range(20, 250), usual=Range(50, 120), safe=Range(40, 140)),
    VitalField.SPO2: Coded("59408-5", "%", Range(50, 100), usual=Range(94, 100), safe=Range(90, 100)),
    VitalField.RESPIRATORY_RATE: Coded(
        "9279-1", "/min", Range(2, 60), usual=Range(10, _INFINITY), safe=Range(8, _INFINITY)
    ),
    VitalField.TEMPERATURE: Coded("8310-5", "Cel", Range(30, 43)),
    VitalField.WEIGHT: Coded("29463-7", "kg", Range(20, 350)),
    VitalField.HEIGHT: Coded("8302-2", "cm", Range(100, 250)),
    VitalField.MOAAS: Coded(None, _SCORE, Range(0, 5), is_whole=True, usual=Range(4, 5), safe=Range(3, 5)),
    VitalField.CADSS: Coded(None, _SCORE, Range(0, 92), is_whole=True),
    VitalField.CADSS_6: Coded(None, _SCORE, Range(0, 24), is_whole=True),
    VitalField.DISSOCIATION: _TEN,
    VitalField.VAS_HIGH: _TEN,
    VitalField.VAS_NAUSEA: _TEN,
    VitalField.VAS_ANXIETY: _TEN,
    VitalField.VAS_PAIN: _TEN,
    VitalField.OBSERVATION: Coded(None, None, None),
}
"""By field. Blood pressure is a panel: 8480-6 is its `value`, the systolic one, and 8462-4 its `diastolic`."""

DIASTOLIC_HARD = Range(20, 200)
MAX_PRE_DOSE_SYSTOLIC, MAX_PRE_DOSE_DIASTOLIC = 140, 90
"""In mm[Hg]. Above: rule R09. Source: clinical.md section 1.3, label [mpr]."""
WARN_SYSTOLIC, WARN_DIASTOLIC, WARN_RISE = 160, 100, 40
"""In mm[Hg], from the first dose on; a rise is over the baseline. Rule R11. Source: clinical.md section 1.3, POLICY."""
CRITICAL_SYSTOLIC, CRITICAL_DIASTOLIC, CRITICAL_RISE = 180, 110, 60
"""In mm[Hg], from the first dose on. Rule R10. Source: clinical.md section 1.3, POLICY."""
REPEAT_AFTER = timedelta(minutes=5)
"""A critical reading is taken again so soon, and stands whatever that shows. Rule R10.

Source: clinical.md section 6, POLICY.
"""
AWAKE_MOAAS = 5
"""Below at the late time of the route: rule R12. Source: clinical.md section 6, POLICY."""


MAX_BEFORE_SESSION = timedelta(hours=24)
"""No reading of a session was taken longer before its start, planned or actual. POLICY."""


class Clocks(NamedTuple):
    """The observation time and the late time of a route, from the last dose; both no earlier after an infusion."""

    observe: timedelta
    late: timedelta
    after_infusion: timedelta = timedelta(0)


def _minutes(observe: int, late: int, after_infusion: int = 0) -> Clocks:
    return Clocks(timedelta(minutes=observe), timedelta(minutes=late), timedelta(minutes=after_infusion))


CLOCKS: Mapping[DoseRoute, Clocks] = {
    DoseRoute.IV_INFUSION: _minutes(120, 120, 60),
    DoseRoute.IM: _minutes(120, 120),
    DoseRoute.SC: _minutes(120, 120),
    DoseRoute.INTRANASAL_RACEMIC: _minutes(120, 120),
    DoseRoute.INTRANASAL_ESKETAMINE: _minutes(120, 120),
    DoseRoute.SUBLINGUAL: _minutes(120, 180),
    DoseRoute.BUCCAL: _minutes(120, 180),
    DoseRoute.ORAL: _minutes(180, 240),
}
"""By route. Source: clinical.md section 1.2, POLICY."""


def clock_end(route: DoseRoute, given_at: datetime, infusion_minutes: int | None, *, is_late: bool) -> datetime:
    """Return the end of the observation time of a dose, or its late time."""
    clocks = CLOCKS[route]
    infusion = timedelta(minutes=infusion_minutes or 0)
    return given_at + max(clocks.late if is_late else clocks.observe, infusion + clocks.after_infusion)
