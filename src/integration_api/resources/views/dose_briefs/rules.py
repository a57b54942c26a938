"""Rules of dose briefs: the worst reading of a field, and the findings about all of them. All are pure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.rules import DoseFinding
from integration_api.resources.care.monitoring.rules import Dosed, Measured, findings

_LOWER_IS_WORSE = frozenset({VitalField.SPO2, VitalField.RESPIRATORY_RATE, VitalField.MOAAS})


class BriefRule(StrEnum):
    """The rules whose findings and holds a brief can name. Source: clinical.md section 6, and R37 of assessments."""

    R01 = "R01"
    R03 = "R03"
    R03B = "R03b"
    R04 = "R04"
    R05 = "R05"
    R06 = "R06"
    R09 = "R09"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R14 = "R14"
    R17 = "R17"
    R18 = "R18"
    R19 = "R19"
    R21 = "R21"
    R22 = "R22"
    R23 = "R23"
    R24 = "R24"
    R26 = "R26"
    R29 = "R29"
    R31 = "R31"
    R34 = "R34"
    R37 = "R37"


class FindingSeverity(StrEnum):
    """The severity of a finding, the least first."""

    MODERATE = "moderate"
    HIGH = "high"
    CRITICAL = "critical"


_RANKS = {severity.value: rank for rank, severity in enumerate(FindingSeverity, start=1)}


class Looked(NamedTuple):
    """The readings of one field: the latest, the worst, and what is to be said of any of them."""

    reading_count: int
    latest: Measured
    worst: Measured
    found: list[tuple[BriefRule, FindingSeverity]]
    """Each once, the most severe first."""


def look(readings: Sequence[Measured], dosed: Dosed) -> Looked:
    """Return what a brief tells of the readings of one field, of which there is at least one."""
    judged = [(one, findings(one, dosed)) for one in readings]
    latest = max(readings, key=lambda one: (one.taken_at, one.id))
    worst, _ = max(judged, key=lambda pair: _badness(*pair))
    found = {(BriefRule(one["rule"]), FindingSeverity(one["severity"])) for _, of_one in judged for one in of_one}
    in_order = sorted(found, key=lambda pair: (-_RANKS[pair[1]], pair[0]))
    return Looked(len(readings), latest, worst, in_order)


def _badness(one: Measured, found: Sequence[DoseFinding]) -> tuple[object, ...]:
    """Return a key that is greater for a worse reading: by its findings, then by its values, then the later."""
    severity = max((_RANKS[finding["severity"]] for finding in found), default=0)
    value = one.value or 0
    return severity, -value if one.field in _LOWER_IS_WORSE else value, one.diastolic or 0, one.taken_at, one.id
