"""The last reading of each field: while one says that the patient is not well, no discharge lacks nothing.

Source: clinical.md section 6, R12 and R19, and the critical bands of section 1.3.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.session_watch import NONE_LEFT_OUT
from integration_api.resources.care.monitoring import statements as sql
from integration_api.resources.care.monitoring.rules import Dosed, Measured, findings
from integration_api.resources.care.monitoring.statements import MonitoredRow
from integration_api.resources.care.sessions.service import unsettle_discharge

_HOLD_DISCHARGE = frozenset({"R10", "R12", "R19"})
"""R10 is the critical band of a field. Source: clinical.md section 6; R10 is ours, POLICY."""


async def load_last(work: Work, session_id: UUID, without_id: UUID = NONE_LEFT_OUT) -> list[Measured]:
    """Return the last reading of each field of a session that stands, but for one reading."""
    found = await work.part(sql.LAST_READINGS, session_id=session_id, without_id=without_id)
    return [Measured(row.id, row.field, row.taken_at, row.value, row.diastolic) for row in found]


def alarming_fields(readings: Iterable[Measured], dosed: Dosed) -> set[VitalField]:
    """Return the fields of which the last reading among these holds the discharge."""
    last: dict[VitalField, Measured] = {}
    for one in sorted(readings, key=lambda one: (one.taken_at, one.id)):
        last[one.field] = one
    return {field for field, one in last.items() if holds_discharge(one, dosed)}


def holds_discharge(reading: Measured, dosed: Dosed) -> bool:
    """Return whether a reading, if it is the last, holds the discharge."""
    return not _HOLD_DISCHARGE.isdisjoint(one["rule"] for one in findings(reading, dosed))


async def follow_discharge(
    work: Work, session: MonitoredRow, changed: Sequence[Measured], dosed: Dosed, without_id: UUID = NONE_LEFT_OUT
) -> None:
    """Collect that a discharge, or its override, stands no more, if a change of these readings holds it now."""
    if session.ended_at is not None or dosed.first_dose_at is None:
        return
    new = [one for one in changed if one.id != without_id]
    if without_id == NONE_LEFT_OUT and not any(holds_discharge(one, dosed) for one in new):
        return
    last = await load_last(work, session.id, without_id)
    if alarming_fields([*last, *new], dosed) & {one.field for one in changed}:
        unsettle_discharge(work, session.patient_id, session.id, StartAgain)
