"""Rules of a session that is watched: when its next readings are late (R12, R25). All are pure.

What the clock waits for follows from the doses and the readings that stand, in whatever order they came. Source:
clinical.md sections 1.2 and 6.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from integration_api.resources.attention.worklist.tables import OF_READINGS, TaskKind
from integration_api.resources.care.doses.bands import AWAKE_MOAAS, VitalField, clock_end
from integration_api.resources.care.orders.limits import DoseRoute
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
DISSOCIATION = (VitalField.CADSS, VitalField.CADSS_6, VitalField.DISSOCIATION)
"""The scores of dissociation. It has gone once one is no higher than before the dose. Source: clinical.md section 5."""
SETTLED = None
"""A reading is there, or nothing waits for it any more."""
Times = Mapping[TaskKind, datetime | None]
"""From when on each reading is late; `SETTLED` if none is waited for."""


class OfDose(Protocol):
    """The facts of a dose from which the clock counts."""

    @property
    def route(self) -> DoseRoute:
        """Return its route."""

    @property
    def given_at(self) -> datetime:
        """Return when it was given."""

    @property
    def infusion_minutes(self) -> int | None:
        """Return how long it was infused."""


class Looked(Protocol):
    """The facts of a reading that the watch looks at."""

    @property
    def field(self) -> VitalField:
        """Return what was measured."""

    @property
    def taken_at(self) -> datetime:
        """Return when."""

    @property
    def value(self) -> float | None:
        """Return the value."""


class Clock(NamedTuple):
    """The times from which the clock counts: the first and the last dose, and the last late time of any."""

    first_at: datetime
    last_at: datetime
    late_at: datetime


class At(NamedTuple):
    """A score, and when it was taken."""

    at: datetime
    value: float


class Seen(NamedTuple):
    """The newest readings of a session that stand, as far as they are known."""

    looked_at: datetime | None = None
    """When the last reading of `LOOKS` since the first dose was taken."""
    pressure_at: datetime | None = None
    """When a blood pressure was taken in the time in which one is."""
    oxygen_at: datetime | None = None
    """When an oxygen saturation was taken since the first dose."""
    sedation: At | None = None
    """The last sedation score since the last dose, or what an observer said instead of one."""
    before: Mapping[VitalField, At] = {}
    """Of each score of dissociation, the last before the first dose."""
    since: Mapping[VitalField, At] = {}
    """And the last since then."""


def clock_of(doses: Collection[OfDose]) -> Clock | None:
    """Return the times from which the clock counts after these doses; None without one."""
    if not doses:
        return None
    given = [one.given_at for one in doses]
    late = (clock_end(one.route, one.given_at, one.infusion_minutes, is_late=True) for one in doses)
    return Clock(min(given), max(given), max(late))


def with_readings(seen: Seen, readings: Iterable[Looked], clock: Clock) -> Seen:
    """Return what is known with these readings too, in whatever order they came."""
    for one in readings:
        if one.field in DISSOCIATION and one.value is not None:
            scores = seen.before if one.taken_at < clock.first_at else seen.since
            newer = {**scores, one.field: newest(scores.get(one.field), At(one.taken_at, one.value))}
            seen = seen._replace(before=newer) if one.taken_at < clock.first_at else seen._replace(since=newer)
        if one.taken_at < clock.first_at:
            continue
        if one.field in LOOKS:
            seen = seen._replace(looked_at=_later(seen.looked_at, one.taken_at))
        if one.field is VitalField.BLOOD_PRESSURE and is_timely(one.taken_at, clock.first_at):
            seen = seen._replace(pressure_at=_later(seen.pressure_at, one.taken_at))
        if one.field is VitalField.SPO2:
            seen = seen._replace(oxygen_at=_later(seen.oxygen_at, one.taken_at))
        if one.field is VitalField.MOAAS and one.taken_at >= clock.last_at and one.value is not None:
            seen = seen._replace(sedation=newest(seen.sedation, At(one.taken_at, one.value)))
    return seen


def newest(one: At | None, other: At) -> At:
    """Return the later of two scores; of two of one time, the other."""
    return other if one is None or other.at >= one.at else one


def _later(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else max(one, other)


def kinds_of(fields: Collection[VitalField]) -> set[TaskKind]:
    """Return the tasks that readings of these fields move or settle."""
    of = set(fields)
    touched = {
        TaskKind.MONITORING_GAP: not of.isdisjoint(LOOKS),
        TaskKind.PRESSURE_MISSED: VitalField.BLOOD_PRESSURE in of,
        TaskKind.OXYGEN_MISSED: VitalField.SPO2 in of,
        TaskKind.SEDATION_NOT_GONE: VitalField.MOAAS in of,
        TaskKind.DISSOCIATION_NOT_GONE: not of.isdisjoint(DISSOCIATION),
    }
    return {kind for kind, is_touched in touched.items() if is_touched}


def late_readings(
    seen: Seen, clock: Clock, window_ends_at: datetime | None, gap: timedelta, known_at: datetime | None = None
) -> Times:
    """Return from when on each reading is late.

    A gap is watched in the altered-state window, and after it as long as the last sedation score is below 5; without
    `gap`, never. A dose may be known late: a gap that was over by `known_at` begins then.
    """
    gap_at = max(clock.first_at, seen.looked_at or clock.first_at) + gap
    if known_at is not None and gap_at <= known_at:
        gap_at = known_at + gap
    is_sedated = seen.sedation is not None and seen.sedation.value < AWAKE_MOAAS
    is_in_window = window_ends_at is not None and gap_at < window_ends_at
    is_awake = seen.sedation is not None and not is_sedated
    by = clock.first_at + PRESSURE_UNTIL
    return {
        TaskKind.MONITORING_GAP: gap_at if gap and (is_in_window or is_sedated) else SETTLED,
        TaskKind.PRESSURE_MISSED: by if seen.pressure_at is None else SETTLED,
        TaskKind.OXYGEN_MISSED: by if seen.oxygen_at is None else SETTLED,
        TaskKind.SEDATION_NOT_GONE: SETTLED if is_awake else clock.late_at,
        TaskKind.DISSOCIATION_NOT_GONE: clock.late_at if is_dissociated(seen) else SETTLED,
    }


def is_dissociated(seen: Seen) -> bool:
    """Return whether a newest score of dissociation is above the one before the dose; without one nothing is."""
    return any(field in seen.before and one.value > seen.before[field].value for field, one in seen.since.items())


def changed_times(was: Times, now_is: Times, touched: Collection[TaskKind], now: datetime) -> Times:
    """Return what becomes of each task by a change from `was` to `now_is`.

    What is left out stays as it is. What was late before the change has been told, or is about to be. A task is opened
    in the past only by a change that makes it late, or that begins another gap.
    """
    found: dict[TaskKind, datetime | None] = {}
    for kind in OF_READINGS:
        if kind not in now_is:
            continue
        before, at = was.get(kind), now_is[kind]
        is_touched = kind in touched or before != at
        is_told = before is not None and before <= now
        is_another_gap = kind is TaskKind.MONITORING_GAP and before is not None and at is not None and at > before
        if is_touched and (at is None or at > now or not is_told or is_another_gap):
            found[kind] = at
    return found
