"""Rules of vitals: what is refused, what is derived, and findings about what is unusual. All are pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from integration_api.resources.care.doses.bands import (
    AWAKE_MOAAS,
    CRITICAL_DIASTOLIC,
    CRITICAL_RISE,
    CRITICAL_SYSTOLIC,
    DIASTOLIC_HARD,
    FIELDS,
    LABEL,
    MAX_BEFORE_SESSION,
    MAX_PRE_DOSE_DIASTOLIC,
    MAX_PRE_DOSE_SYSTOLIC,
    REPEAT_AFTER,
    RULES_VERSION,
    SOURCE,
    WARN_DIASTOLIC,
    WARN_RISE,
    WARN_SYSTOLIC,
    VitalField,
)
from integration_api.resources.care.doses.dose_clocks import last_end
from integration_api.resources.care.doses.rules import DoseFinding
from integration_api.resources.care.doses.watch_rules import OfDose
from integration_api.resources.care.orders.limits import Range
from integration_api.web.errors import FieldError

_RULES = "clinical.md section 6, POLICY"
BEFORE_SESSION = ("before_session", "must not be a day before the session began")
"""The code and the message for a reading that was taken too early to be one of its session."""


class Measured(NamedTuple):
    """The facts of one reading that the rules read."""

    id: UUID
    field: VitalField
    taken_at: datetime
    value: float | None
    diastolic: float | None


class Dosed(NamedTuple):
    """The doses of a session that stand, and its systolic baseline; None if there is none."""

    first_dose_at: datetime | None = None
    last_dose_at: datetime | None = None
    doses: tuple[OfDose, ...] = ()
    """Those of them that can end last."""
    baseline: Measured | None = None
    """The last blood pressure before the first dose."""
    scores_before: Mapping[VitalField, float] = {}
    """Of each field of `DISSOCIATION`, the last value before the first dose, if there is one."""


# ── what is refused ──


def reading_problems(
    field: VitalField, value: float | None, diastolic: float | None, text: str | None
) -> Iterable[tuple[str, str, str]]:
    """Yield the member, the code and the message of each thing that a reading of this field cannot have."""
    coded = FIELDS[field]
    if coded.hard is None:
        if value is not None:
            yield "value", "not_of_field", f"does not go with {field}; write it in text"
        if text is None:
            yield "text", "missing", f"is needed for {field}"
    elif value is None:
        yield "value", "missing", f"is needed for {field}"
    elif not coded.hard.holds(value):
        yield "value", "hard_limit", f"must be {_span(coded.hard)} {coded.ucum} ({SOURCE})"
    elif coded.is_whole and value != int(value):
        yield "value", "not_whole", f"must be a whole number for {field}"
    yield from _diastolic_problems(field, value, diastolic)


def _diastolic_problems(
    field: VitalField, value: float | None, diastolic: float | None
) -> Iterable[tuple[str, str, str]]:
    if field is not VitalField.BLOOD_PRESSURE:
        if diastolic is not None:
            yield "diastolic", "not_of_field", f"goes with {VitalField.BLOOD_PRESSURE} alone"
    elif diastolic is None:
        yield "diastolic", "missing", f"is needed for {field}"
    elif not DIASTOLIC_HARD.holds(diastolic):
        yield "diastolic", "hard_limit", f"must be {_span(DIASTOLIC_HARD)} {FIELDS[field].ucum} ({SOURCE})"
    elif value is not None and diastolic >= value:
        yield "diastolic", "hard_limit", f"must be below the systolic value ({SOURCE})"


class ReadingProblem(NamedTuple):
    """Something that a reading cannot have, and the reading's position in what was sent."""

    at: int
    member: str
    code: str
    message: str

    def of_item(self) -> FieldError:
        """Return it as a problem of the item of a batch."""
        return {"field": f"body.items.{self.at}.{self.member}", "code": self.code, "message": self.message}


def _span(hard: Range) -> str:
    return f"{hard.low:g} to {hard.high:g}"


def is_before_session(taken_at: datetime, planned_start_at: datetime, started_at: datetime | None) -> bool:
    """Return whether a reading was taken too long before a session to be one of it."""
    return taken_at < min(planned_start_at, started_at or planned_start_at) - MAX_BEFORE_SESSION


# ── what is derived ──


def minutes_from_dose(taken_at: datetime, first_dose_at: datetime | None) -> int | None:
    """Return the whole minutes since the first dose, negative before it; None without a dose."""
    return None if first_dose_at is None else (taken_at - first_dose_at) // timedelta(minutes=1)


def is_baseline(reading: Measured, first_dose_at: datetime | None) -> bool:
    """Return whether a reading can be the baseline: a blood pressure before the first dose."""
    is_before = first_dose_at is not None and reading.taken_at < first_dose_at
    return is_before and reading.field is VitalField.BLOOD_PRESSURE


def with_baseline(dosed: Dosed, readings: Iterable[Measured]) -> Dosed:
    """Return the facts with the last baseline among these and the present one, in whatever order they came."""
    found = [one for one in readings if is_baseline(one, dosed.first_dose_at)]
    if dosed.baseline is not None:
        found.append(dosed.baseline)
    last = max(found, key=lambda one: (one.taken_at, one.id), default=None)
    return dosed._replace(baseline=last)


# ── what is unusual ──


def findings(reading: Measured, dosed: Dosed) -> list[DoseFinding]:
    """Return the findings about one reading. They follow from the readings and doses that stand, in no order."""
    if reading.value is None:
        return []
    is_during = dosed.first_dose_at is not None and reading.taken_at >= dosed.first_dose_at
    if reading.field is VitalField.BLOOD_PRESSURE:
        return [*(_during(reading, dosed) if is_during else _before(reading))]
    return [*_bands(reading), *_late(reading, dosed)]


def repeat_by(reading: Measured, found: Iterable[DoseFinding]) -> datetime | None:
    """Return until when a critical reading is to be taken again (R10); None if it is not critical."""
    return reading.taken_at + REPEAT_AFTER if any(one["rule"] == "R10" for one in found) else None


def _before(reading: Measured) -> Iterable[DoseFinding]:
    """Yield R09: stricter than the label, and so before every dose."""
    systolic, diastolic = _pressure(reading)
    if systolic > MAX_PRE_DOSE_SYSTOLIC or diastolic > MAX_PRE_DOSE_DIASTOLIC:
        limit = f"above {MAX_PRE_DOSE_SYSTOLIC} or {MAX_PRE_DOSE_DIASTOLIC} mm[Hg] before the first dose"
        yield _finding("R09", "high", limit, LABEL)


def _during(reading: Measured, dosed: Dosed) -> Iterable[DoseFinding]:
    systolic, diastolic = _pressure(reading)
    rise = 0 if dosed.baseline is None else systolic - _pressure(dosed.baseline)[0]
    if systolic >= CRITICAL_SYSTOLIC or diastolic >= CRITICAL_DIASTOLIC or rise >= CRITICAL_RISE:
        limit = f"at least {CRITICAL_SYSTOLIC} or {CRITICAL_DIASTOLIC} mm[Hg], or {CRITICAL_RISE} over the baseline"
        yield _finding("R10", "critical", limit, SOURCE)
    elif systolic >= WARN_SYSTOLIC or diastolic >= WARN_DIASTOLIC or rise >= WARN_RISE:
        limit = f"at least {WARN_SYSTOLIC} or {WARN_DIASTOLIC} mm[Hg], or {WARN_RISE} over the baseline"
        yield _finding("R11", "moderate", limit, SOURCE)
    if (systolic >= WARN_SYSTOLIC or diastolic >= WARN_DIASTOLIC) and _is_past(reading, dosed, is_late=False):
        limit = f"at least {WARN_SYSTOLIC} or {WARN_DIASTOLIC} mm[Hg] at the end of observation"
        yield _finding("R19", "high", limit, _RULES)


def _pressure(reading: Measured) -> tuple[float, float]:
    """Return the systolic and the diastolic value, in mm[Hg]."""
    return reading.value or 0, reading.diastolic or 0


def _bands(reading: Measured) -> Iterable[DoseFinding]:
    """Yield R10 and R11. A dose that is recorded after its readings changes nothing: they count before it too."""
    coded = FIELDS[reading.field]
    if coded.safe is not None and not coded.safe.holds(reading.value):
        yield _finding("R10", "critical", f"{reading.field} in the critical band", SOURCE)
    elif coded.usual is not None and not coded.usual.holds(reading.value):
        yield _finding("R11", "moderate", f"{reading.field} outside the usual band", SOURCE)


def _late(reading: Measured, dosed: Dosed) -> Iterable[DoseFinding]:
    is_sedated = reading.field is VitalField.MOAAS and (reading.value or 0) < AWAKE_MOAAS
    if is_sedated and _is_past(reading, dosed, is_late=True):
        yield _finding("R12", "moderate", "sedation not gone at the late time of the route", _RULES)
    if is_above_before(reading, dosed) and _is_past(reading, dosed, is_late=True):
        yield _finding("R12", "moderate", "dissociation not gone at the late time of the route", _RULES)


def is_above_before(reading: Measured, dosed: Dosed) -> bool:
    """Return whether a score of dissociation is above that before the dose; without one, nothing is compared."""
    before = dosed.scores_before.get(reading.field)
    return before is not None and reading.value is not None and reading.value > before


def _is_past(reading: Measured, dosed: Dosed, *, is_late: bool) -> bool:
    """Return whether the observation time of every dose, or the late time of every one, had passed at a reading."""
    end = last_end(dosed.doses, is_late=is_late)
    return end is not None and reading.taken_at >= end


def observe_until(dosed: Dosed) -> datetime | None:
    """Return when the observation time of every dose has ended; None without a dose."""
    return last_end(dosed.doses, is_late=False)


def late_at(dosed: Dosed) -> datetime | None:
    """Return the late time of the doses, at which the effects of all should be gone; None without a dose."""
    return last_end(dosed.doses, is_late=True)


def _finding(rule: str, severity: str, text: str, source: str) -> DoseFinding:
    return DoseFinding(rule=rule, version=RULES_VERSION, severity=severity, text=text, source=source)
