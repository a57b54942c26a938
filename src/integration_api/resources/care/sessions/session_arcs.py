"""The integration arc of a dosing session: opened when it is over with a dose, however it ended, and led by that dose.

Until it is over, nobody is asked anything. So a session that is left open after a dose is told.
"""

from datetime import datetime, timedelta

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.care.arc_windows.arc_changes import ArcChange, follow_doses_of_chart
from integration_api.resources.care.sessions import arc_dose_statements as sql
from integration_api.resources.care.sessions.tables import Phase, SessionRow, SessionState

FOLLOWED = (SessionState.COMPLETED, SessionState.CANCELLED)
"""The states in which the patient of a session is asked after its doses. One that was broken off had them too."""
LEFT_OPEN, KNOWN_LATE = timedelta(hours=12), timedelta(hours=1)
"""After its first dose, when a session that is still open is told (R16); and after one that is known late. POLICY."""
_UNTIL_FLAG = timedelta(days=1)
"""A task that is shown becomes a flag within seconds, whose own times are sooner. POLICY."""


async def keep_arc(work: Work, before: SessionRow, after: SessionRow) -> None:
    """Let the windows after a dose follow a change of its session, or of its doses."""
    is_asked = await _follow(work, before, after)
    await _wait_for_end(work, before, after, is_asked=is_asked)


async def _follow(work: Work, before: SessionRow, after: SessionRow) -> bool:
    """Let the windows follow. Return whether the task about the session waits for them from now on."""
    had, has = _first_dose(before), _first_dose(after)
    if had == has:
        return False
    rows = await work.part(sql.LIST_ARC_DOSES, patient_id=after.patient_id, session_id=after.id)
    others = {row.session_id: row.given_at for row in rows if row.session_id != after.id}
    given = {row.session_id: row.given_at for row in rows if row.state in FOLLOWED}
    doses = {session_id: at for session_id, at in given.items() if at and session_id != after.id}
    if has is not None:
        doses[after.id] = has
    change = ArcChange(
        patient_id=after.patient_id,
        session_id=after.id,
        known_at=after.created_at,
        since=min(at for at in (had, has) if at is not None),
        time_zone=rows[0].time_zone,
        doses=doses,
        first_dose_at=min((at for at in (*others.values(), has) if at is not None), default=None),
    )
    return await follow_doses_of_chart(work, change)


async def _wait_for_end(work: Work, before: SessionRow, after: SessionRow, *, is_asked: bool) -> None:
    """Open the task about a session that is still open twelve hours after its first dose; settle it at its end.

    If the task waits for its windows then (`is_asked`), it was moved. One step cannot delete and open it anew.
    """
    had, has = _first_open_dose(before), _first_open_dose(after)
    if had == has:
        return
    if has is None and is_asked:
        return
    if has is None:
        worklist.settle(work, after.patient_id, after.id, TaskKind.CHECK_IN_MISSED)
        return
    opened_at = max(has + LEFT_OPEN, work.now + KNOWN_LATE)
    await worklist.open_for_team(
        work,
        after.patient_id,
        TaskKind.CHECK_IN_MISSED,
        after.id,
        opened_at + _UNTIL_FLAG,
        opened_at=opened_at,
        urgency=Urgency.MODERATE,
        is_moved=True,
    )


def _first_dose(row: SessionRow) -> datetime | None:
    """Return the first dose of a session, if patients are asked after it."""
    return _dose_of(row) if row.state in FOLLOWED else None


def _first_open_dose(row: SessionRow) -> datetime | None:
    """Return the first dose of a session that goes on."""
    return _dose_of(row) if row.state is SessionState.IN_PROGRESS else None


def _dose_of(row: SessionRow) -> datetime | None:
    return row.first_dose_at if row.phase is Phase.DOSING and row.doses_recorded else None
