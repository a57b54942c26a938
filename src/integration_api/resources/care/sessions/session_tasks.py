"""The tasks of the care team that a session opens: the readiness check before a dose, and a note after it began."""

from datetime import datetime, timedelta

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.sessions.tables import Phase, SessionRow, SessionState
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic

READINESS_SHOWN = timedelta(days=7)
READINESS_DUE = timedelta(days=1)
"""Before the planned start of a dosing session, when its check is shown on worklists, and when it is due. POLICY."""
WITHOUT_END = timedelta(hours=1)
"""After its start, when a session whose end was not planned is taken to be over."""


async def wait_for_readiness(work: Work, row: SessionRow) -> None:
    """Open the task to check readiness before a planned dosing session; none for one that was to begin already."""
    if row.phase is Phase.DOSING and row.state is SessionState.PLANNED and row.planned_start_at > work.now:
        due_at, opened_at = _readiness_times(work, row)
        await worklist.open_for_team(
            work, row.patient_id, TaskKind.READINESS_TO_CHECK, row.id, due_at, opened_at=opened_at
        )


def move_readiness(work: Work, row: SessionRow) -> None:
    """Collect the new times of the task to check readiness, if it waits."""
    if row.phase is Phase.DOSING:
        due_at, opened_at = _readiness_times(work, row)
        worklist.move_for_team(work, row.patient_id, TaskKind.READINESS_TO_CHECK, row.id, due_at, opened_at)


def settle_readiness(work: Work, row: SessionRow) -> None:
    """Collect the end of the task to check readiness."""
    if row.phase is Phase.DOSING:
        worklist.settle(work, row.patient_id, row.id, TaskKind.READINESS_TO_CHECK)


async def wait_for_note(work: Work, row: SessionRow) -> None:
    """Open the task to write a note about a session; shown once it is over, due before a note would be late."""
    clinic = await load_clinic(work)
    begun_at = row.started_at or row.planned_start_at
    over_at = max(row.ended_at or row.planned_end_at or begun_at, begun_at + WITHOUT_END)
    due_at = over_at + timedelta(hours=policy(clinic.policies, "late_entry_hours"))
    await worklist.open_for_team(
        work, row.patient_id, TaskKind.SESSION_TO_DOCUMENT, row.id, due_at, opened_at=max(over_at, work.now)
    )


def _readiness_times(work: Work, row: SessionRow) -> tuple[datetime, datetime]:
    """Return when it is due, and from when on it is shown."""
    start = row.planned_start_at
    return max(start - READINESS_DUE, work.now), max(start - READINESS_SHOWN, work.now)
