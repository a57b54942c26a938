"""The tasks by which the clock watches the readings of a session after its first dose (R12, R25).

Each opens at the time at which a reading is late, and each reading moves or settles what waits for it. So the clock
alone raises the flag: no job looks at sessions, and no two processes raise it twice (ADR 63). Source: clinical.md
sections 1.2 and 6.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.statements import CURRENT_TEAM
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency

PRESSURE_FROM, PRESSURE_UNTIL = timedelta(minutes=30), timedelta(minutes=50)
"""After the first dose, a blood pressure is taken between these, and an oxygen saturation before the second.

Source: clinical.md section 6, R25, POLICY.
"""
URGENCIES: Mapping[TaskKind, Urgency] = {
    TaskKind.MONITORING_GAP: Urgency.HIGH,
    TaskKind.PRESSURE_MISSED: Urgency.HIGH,
    TaskKind.OXYGEN_MISSED: Urgency.HIGH,
    TaskKind.SEDATION_NOT_GONE: Urgency.MODERATE,
    TaskKind.DISSOCIATION_NOT_GONE: Urgency.MODERATE,
}
UNTIL_FLAG = timedelta(days=14)
"""A task that is shown becomes a flag within seconds, whose own times are sooner. POLICY."""


def is_timely(taken_at: datetime, first_dose_at: datetime) -> bool:
    """Return whether a blood pressure was taken in the time after the first dose in which one is."""
    return first_dose_at + PRESSURE_FROM <= taken_at <= first_dose_at + PRESSURE_UNTIL


async def wait_for_readings(
    work: Work, patient_id: UUID, session_id: UUID, late_at: Mapping[TaskKind, datetime]
) -> None:
    """Open the tasks of these readings from when each is late; what waits already waits for that time."""
    if not late_at:
        return
    team = await work.all(CURRENT_TEAM, patient_id=patient_id)
    for kind, at in late_at.items():
        await worklist.open_for_team(
            work,
            patient_id,
            kind,
            session_id,
            at + UNTIL_FLAG,
            opened_at=at,
            urgency=URGENCIES[kind],
            is_moved=True,
            team=team,
        )
