"""Rules of the REMS form: what follows from the record, what is missing, and until when it is sent. All are pure.

Source: clinical.md sections 1.3 and 1.8.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

FORM_VERSION = "2026-11-28"
"""The version of our list of the form's fields."""
LABEL_VERSION = "SPL 18, 2026-03-13"
"""The version of the esketamine label on which the fields rest. Source: clinical.md section 1.3, [spl]."""
MIDDLE = timedelta(minutes=40)
"""From the first device to the second blood pressure. Source: clinical.md section 1.3, [sprhcp]."""
MAX_FROM_MIDDLE = timedelta(minutes=15)
"""A reading further from the middle does not count as its blood pressure. POLICY."""


class RemsState(StrEnum):
    """The life of a REMS form."""

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"


class Concomitant(StrEnum):
    """A kind of medicine that the form asks about. Source: clinical.md section 1.3, [rems, jnj]."""

    BENZODIAZEPINE = "benzodiazepine"
    NON_BENZODIAZEPINE_HYPNOTIC = "non_benzodiazepine_hypnotic"
    PSYCHOSTIMULANT = "psychostimulant"
    MAOI = "maoi"
    OPIOID = "opioid"


class Pressure(NamedTuple):
    """One blood pressure, in mm[Hg]."""

    taken_at: datetime
    systolic: float
    diastolic: float


class Device(Protocol):
    """A dose of esketamine, as the form counts it."""

    given_at: datetime
    amount_mg: float
    lot: str | None


class Filled(NamedTuple):
    """The facts of a session with esketamine that are on record."""

    first_dose_at: datetime
    dose_mg: float
    lots: Sequence[str]
    minutes_observed: int | None
    pressure_before: Pressure | None
    pressure_at_40: Pressure | None
    pressure_at_end: Pressure | None
    serious_adverse_event: bool
    has_every_lot: bool
    """Whether the lot of each device is on record."""


def filled_from(
    doses: Sequence[Device], readings: Sequence[Pressure], discharged_at: datetime | None, *, has_serious_event: bool
) -> Filled:
    """Return what the record gives; `doses` are one or more, the first one first."""
    first_dose_at = doses[0].given_at
    before, middle, last = pick_pressures(readings, first_dose_at)
    return Filled(
        first_dose_at=first_dose_at,
        dose_mg=sum(dose.amount_mg for dose in doses),
        lots=sorted({dose.lot for dose in doses if dose.lot}),
        minutes_observed=None if discharged_at is None else int((discharged_at - first_dose_at).total_seconds() // 60),
        pressure_before=before,
        pressure_at_40=middle,
        pressure_at_end=last,
        serious_adverse_event=has_serious_event,
        has_every_lot=all(dose.lot for dose in doses),
    )


def changed_since(
    sent: tuple[Filled, Mapping[str, object]], filled: Filled, answers: Mapping[str, object]
) -> list[str]:
    """Return the names of the fields that differ from those that were sent, those of the record first."""
    was, answered = sent
    names = [name for name in Filled._fields[:-1] if getattr(was, name) != getattr(filled, name)]
    return names + [name for name, value in answers.items() if answered.get(name) != value]


def pick_pressures(
    readings: Sequence[Pressure], first_dose_at: datetime
) -> tuple[Pressure | None, Pressure | None, Pressure | None]:
    """Return the last blood pressure before the first device, that at about 40 minutes, and the last one after it."""
    before = [one for one in readings if one.taken_at < first_dose_at]
    around = [one for one in readings if abs(one.taken_at - first_dose_at - MIDDLE) <= MAX_FROM_MIDDLE]
    middle = min(around, key=lambda one: abs(one.taken_at - first_dose_at - MIDDLE), default=None)
    later = [one for one in readings if middle is not None and one.taken_at > middle.taken_at]
    last = max(later, key=lambda one: one.taken_at, default=None)
    return max(before, key=lambda one: one.taken_at, default=None), middle, last


def missing(filled: Filled, answers: Mapping[str, object]) -> list[str]:
    """Return the names of the fields that the form still lacks, those of the record first."""
    lacking = [name for name in Filled._fields if getattr(filled, name) is None]
    lacking += [] if filled.has_every_lot else ["lots"]
    return [*lacking, *(name for name, value in answers.items() if value is None)]


def state_of(submitted_at: datetime | None, confirmation: str | None, lacking: Sequence[str]) -> RemsState:
    """Return where a form stands."""
    if submitted_at is None:
        return RemsState.DRAFT if lacking else RemsState.READY
    return RemsState.SUBMITTED if confirmation is None else RemsState.CONFIRMED
