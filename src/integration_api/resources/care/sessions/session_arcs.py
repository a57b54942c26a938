"""The integration arc of a dosing session: opened when it is completed with a dose, and led by its first dose."""

from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.care.arc_windows.arc_changes import ArcDose, cancel, open_or_move
from integration_api.resources.care.sessions import statements as sql
from integration_api.resources.care.sessions.tables import Phase, SessionRow, SessionState


async def keep_arc(work: Work, before: SessionRow, after: SessionRow) -> None:
    """Let the windows after a dose follow a change of its session, or of its doses."""
    had, has = _first_dose(before), _first_dose(after)
    if had == has:
        return
    if has is None:
        await cancel(work, after.patient_id, after.id)
        return
    asked = await work.get(sql.READ_ARC_PATIENT, patient_id=after.patient_id, session_id=after.id, given_at=has)
    await open_or_move(
        work,
        ArcDose(
            patient_id=after.patient_id,
            session_id=after.id,
            given_at=has,
            time_zone=asked.time_zone,
            is_first=not asked.had_dose_before,
        ),
    )


def _first_dose(row: SessionRow) -> datetime | None:
    """Return the first dose of a session, if patients are asked after it."""
    counts = row.phase is Phase.DOSING and row.state is SessionState.COMPLETED and bool(row.doses_recorded)
    return row.first_dose_at if counts else None
