"""Rules of a session that is watched: when its next readings are late (R12, R25). All are pure.

Source: clinical.md sections 1.2 and 6.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.doses.bands import AWAKE_MOAAS, VitalField
from integration_api.resources.care.monitoring.rules import DISSOCIATION, Dosed, Measured, is_above_before, late_at
from integration_api.resources.care.sessions.reading_tasks import PRESSURE_UNTIL, is_timely

LOOKS = (
    VitalField.BLOOD_PRESSURE,
    VitalField.HEART_RATE,
    VitalField.SPO2,
    VitalField.RESPIRATORY_RATE,
    VitalField.TEMPERATURE,
    VitalField.MOAAS,
)
"""The fields of which a reading ends a gap: a vital, or a sedation score. Source: clinical.md section 6, R25."""
SETTLED = None
"""A reading is there, or nothing waits for it any more."""


class Seen(NamedTuple):
    """The readings of a session since its first dose, as far as they are known."""

    looked_at: datetime | None = None
    """When the last reading of `LOOKS` was taken."""
    pressure_at: datetime | None = None
    """When a blood pressure was taken in the time in which one is."""
    oxygen_at: datetime | None = None
    """When an oxygen saturation was taken."""
    sedation_at: datetime | None = None
    """When the last sedation score since the last dose was taken."""
    sedation: float | None = None


def with_readings(seen: Seen, readings: Iterable[Measured], dosed: Dosed) -> Seen:
    """Return what is known with these readings too, in whatever order they came."""
    first, last = dosed.first_dose_at, dosed.last_dose_at
    for one in readings:
        if first is None or last is None or one.taken_at < first:
            continue
        if one.field in LOOKS:
            seen = seen._replace(looked_at=_later(seen.looked_at, one.taken_at))
        if one.field is VitalField.BLOOD_PRESSURE and is_timely(one.taken_at, first):
            seen = seen._replace(pressure_at=_later(seen.pressure_at, one.taken_at))
        if one.field is VitalField.SPO2:
            seen = seen._replace(oxygen_at=_later(seen.oxygen_at, one.taken_at))
        is_newest = seen.sedation_at is None or one.taken_at >= seen.sedation_at
        if one.field is VitalField.MOAAS and one.taken_at >= last and is_newest:
            seen = seen._replace(sedation_at=one.taken_at, sedation=one.value)
    return seen


def _later(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else max(one, other)


def kinds_of(fields: Collection[VitalField]) -> set[TaskKind]:
    """Return the tasks that readings of these fields move or settle."""
    kinds = {TaskKind.MONITORING_GAP} if not set(fields).isdisjoint(LOOKS) else set[TaskKind]()
    if VitalField.BLOOD_PRESSURE in fields:
        kinds.add(TaskKind.PRESSURE_MISSED)
    if VitalField.SPO2 in fields:
        kinds.add(TaskKind.OXYGEN_MISSED)
    if VitalField.MOAAS in fields:
        kinds.add(TaskKind.SEDATION_NOT_GONE)
    return kinds


def late_readings(
    seen: Seen, dosed: Dosed, window_ends_at: datetime | None, gap: timedelta, now: datetime
) -> Mapping[TaskKind, datetime | None]:
    """Return from when on each reading is late; `SETTLED` if none is waited for.

    What is left out stays as it is: its time has passed, so the clock has told of it, or is about to. A gap is watched
    in the altered-state window, and after it as long as the last sedation score is below 5; without `gap`, never.
    """
    first = dosed.first_dose_at
    if first is None:
        return {}
    gap_at = max(first, seen.looked_at or first) + gap
    is_sedated = seen.sedation is not None and seen.sedation < AWAKE_MOAAS
    is_in_window = window_ends_at is not None and gap_at < window_ends_at
    found: dict[TaskKind, datetime | None] = {
        TaskKind.MONITORING_GAP: gap_at if gap and (is_in_window or is_sedated) else SETTLED
    }
    for kind, at in ((TaskKind.PRESSURE_MISSED, seen.pressure_at), (TaskKind.OXYGEN_MISSED, seen.oxygen_at)):
        if at is not None or first + PRESSURE_UNTIL > now:
            found[kind] = SETTLED if at is not None else first + PRESSURE_UNTIL
    late = late_at(dosed)
    if seen.sedation is not None and not is_sedated:
        found[TaskKind.SEDATION_NOT_GONE] = SETTLED
    elif late is not None and late > now:
        found[TaskKind.SEDATION_NOT_GONE] = late
    return found


def dissociation_gone(readings: Iterable[Measured], dosed: Dosed) -> bool | None:
    """Return whether the newest scores of dissociation since the last dose are back; None if none can be compared."""
    last = dosed.last_dose_at
    newest: dict[VitalField, Measured] = {}
    for one in sorted(readings, key=lambda one: one.taken_at):
        if one.field in DISSOCIATION and one.field in dosed.scores_before and last is not None and one.taken_at >= last:
            newest[one.field] = one
    return not any(is_above_before(one, dosed) for one in newest.values()) if newest else None
