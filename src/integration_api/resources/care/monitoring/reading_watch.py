"""Following the readings of a session after its first dose: each moves or settles what waits (R12, R25)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.monitoring import reading_statements as sql
from integration_api.resources.care.monitoring.rules import Dosed, Measured, late_at
from integration_api.resources.care.monitoring.statements import MonitoredRow
from integration_api.resources.care.monitoring.watch_rules import (
    Seen,
    dissociation_gone,
    kinds_of,
    late_readings,
    with_readings,
)
from integration_api.resources.care.sessions.reading_tasks import PRESSURE_FROM, PRESSURE_UNTIL, wait_for_readings
from integration_api.resources.care.sessions.tables import Modality
from integration_api.resources.people.clinics.rules import policy

_NONE = UUID(int=0)


async def follow_readings(work: Work, session: MonitoredRow, new: Sequence[Measured], dosed: Dosed) -> None:
    """Collect what new readings mean for the tasks of the clock."""
    since = [one for one in new if dosed.first_dose_at is not None and one.taken_at >= dosed.first_dose_at]
    if not since or session.ended_at is not None:
        return
    found = await _late(work, session, since, dosed, _NONE)
    if (is_gone := dissociation_gone(since, dosed)) is not None:
        found |= of_dissociation(dosed, work.now, is_gone=is_gone)
    await _follow(work, session, found)


async def follow_withdrawal(work: Work, session: MonitoredRow, gone: Measured, dosed: Dosed) -> None:
    """Collect what is waited for again without a reading that is withdrawn."""
    if dosed.first_dose_at is not None and gone.taken_at >= dosed.first_dose_at and session.ended_at is None:
        await _follow(work, session, await _late(work, session, [gone], dosed, gone.id))


async def follow_dissociation(work: Work, session: MonitoredRow, dosed: Dosed, *, is_gone: bool) -> None:
    """Collect what a score of dissociation means that was answered in the session; for answers to instruments."""
    if session.ended_at is None and session.patient_left_at is None:
        await _follow(work, session, of_dissociation(dosed, work.now, is_gone=is_gone))


def of_dissociation(dosed: Dosed, now: datetime, *, is_gone: bool) -> dict[TaskKind, datetime | None]:
    """Return from when on dissociation that is there now is late; None if it has gone."""
    late = late_at(dosed)
    if is_gone:
        return {TaskKind.DISSOCIATION_NOT_GONE: None}
    return {TaskKind.DISSOCIATION_NOT_GONE: late} if late is not None and late > now else {}


async def _late(
    work: Work, session: MonitoredRow, readings: Sequence[Measured], dosed: Dosed, without_id: UUID
) -> dict[TaskKind, datetime | None]:
    """Return what is late, and from when on, of what these readings move; nothing once the patient has left."""
    kinds = kinds_of({one.field for one in readings})
    first, last = dosed.first_dose_at, dosed.last_dose_at
    if not kinds or first is None or last is None:
        return {}
    row = await work.get(
        sql.READ_WATCHED_READINGS,
        session_id=session.id,
        without_id=without_id,
        first_dose_at=first,
        last_dose_at=last,
        pressure_from=first + PRESSURE_FROM,
        pressure_until=first + PRESSURE_UNTIL,
    )
    if session.patient_left_at is not None and last <= session.patient_left_at:
        return {}
    seen = Seen(row.looked_at, row.pressure_at, row.oxygen_at, row.sedation_at, row.sedation)
    if without_id == _NONE:
        seen = with_readings(seen, readings, dosed)
    minutes = policy(row.policies, "monitoring_gap_minutes") if session.modality is Modality.IN_PERSON else 0
    found = late_readings(seen, dosed, row.window_ends_at, timedelta(minutes=minutes), work.now)
    return {kind: at for kind, at in found.items() if kind in kinds}


async def _follow(work: Work, session: MonitoredRow, found: Mapping[TaskKind, datetime | None]) -> None:
    for kind, at in found.items():
        if at is None:
            worklist.settle(work, session.patient_id, session.id, kind)
    waited = {kind: at for kind, at in found.items() if at is not None}
    await wait_for_readings(work, session.patient_id, session.id, waited)
