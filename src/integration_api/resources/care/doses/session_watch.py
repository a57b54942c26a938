"""The watch of a session after its first dose: what it has seen, and what the clock waits for by that (R12, R25)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.doses import reading_statements as sql
from integration_api.resources.care.doses.bands import AWAKE_MOAAS
from integration_api.resources.care.doses.observer_words import Responds
from integration_api.resources.care.doses.reading_statements import WatchedRow
from integration_api.resources.care.doses.watch_rules import DISSOCIATION, At, Clock, Seen, Times, newest
from integration_api.resources.care.sessions.reading_tasks import PRESSURE_FROM, PRESSURE_UNTIL, wait_for_readings
from integration_api.resources.care.sessions.tables import Modality
from integration_api.resources.people.clinics.rules import policy

NONE_LEFT_OUT = UUID(int=0)


class Stored(NamedTuple):
    """The readings of a session that stand, the end of its window, and how long a gap is; zero: none is watched."""

    seen: Seen
    window_ends_at: datetime | None
    gap: timedelta
    policies: Mapping[str, int]


async def load_seen(
    work: Work, session_id: UUID, modality: Modality, clock: Clock, without_id: UUID = NONE_LEFT_OUT
) -> Stored:
    """Return what is stored of a session, but for one reading. Raises NotFound."""
    row = await work.get(
        sql.READ_WATCHED_READINGS,
        session_id=session_id,
        without_id=without_id,
        first_dose_at=clock.first_at,
        last_dose_at=clock.last_at,
        pressure_from=clock.first_at + PRESSURE_FROM,
        pressure_until=clock.first_at + PRESSURE_UNTIL,
    )
    return Stored(_seen(row), row.window_ends_at, _gap(row.policies, modality), row.policies)


def _gap(policies: Mapping[str, int], modality: Modality) -> timedelta:
    """Return how long nothing is measured before that is a gap. At home the observer is the watch."""
    minutes = policy(policies, "monitoring_gap_minutes") if modality is Modality.IN_PERSON else 0
    return timedelta(minutes=minutes)


def _seen(row: WatchedRow) -> Seen:
    sedation = _at(row.sedation_at, row.sedation)
    if row.responded_at is not None and row.responds is not None:
        sedation = newest(sedation, said(row.responded_at, row.responds))
    scores = {
        name: {field: at for field in DISSOCIATION if (at := _at(*_columns(row, f"{field}_{name}"))) is not None}
        for name in ("before", "since")
    }
    pressure_at, oxygen_at = row.pressure_at or row.seen_pressure_at, row.oxygen_at or row.seen_oxygen_at
    return Seen(row.looked_at, pressure_at, oxygen_at, sedation, **scores)


def _columns(row: WatchedRow, name: str) -> tuple[datetime | None, float | None]:
    return getattr(row, f"{name}_at"), getattr(row, name)


def _at(at: datetime | None, value: float | None) -> At | None:
    return None if at is None or value is None else At(at, value)


def said(at: datetime, responds: Responds) -> At:
    """Return what an observer says as a sedation score: who responds is awake, as with 5.

    They respond readily. Whatever else is said is below it. Source: clinical.md section 1.3.
    """
    return At(at, AWAKE_MOAAS if responds is Responds.YES else AWAKE_MOAAS - 1)


async def follow(work: Work, patient_id: UUID, session_id: UUID, times: Times) -> None:
    """Collect what becomes of the tasks of the clock: what is settled ends, the rest waits for its time."""
    for kind, at in times.items():
        if at is None:
            worklist.settle(work, patient_id, session_id, kind)
    waited: dict[TaskKind, datetime] = {kind: at for kind, at in times.items() if at is not None}
    await wait_for_readings(work, patient_id, session_id, waited)
