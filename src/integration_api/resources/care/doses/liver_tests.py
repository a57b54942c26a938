"""Doses since a liver value was measured: R27."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses.liver_test_statements import SESSIONS_DOSED
from integration_api.resources.care.doses.rules import DoseFinding, Given, finding
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.resources.care.lab_results.rules import RULE, is_test_due, text_of_sessions
from integration_api.resources.care.lab_results.service import last_liver_test

_NONE = UUID(int=0)


async def liver_findings(work: Work, patient_id: UUID, dose: Given, corrected: DoseRow | None) -> list[DoseFinding]:
    """Return R27 if a dose begins a session after eight others since the last liver value.

    The sessions are counted in the database, however many doses they have. A dose may be recorded after later ones, so
    all since the value count; of a correction, those until it.
    """
    until = work.now if corrected is None else dose.given_at
    tested_at = await last_liver_test(work, patient_id, until)
    if tested_at is not None and dose.given_at <= tested_at:
        return []
    counted = await work.get(
        SESSIONS_DOSED,
        patient_id=patient_id,
        session_id=dose.session_id,
        since=tested_at,
        until=until,
        without_id=_NONE if corrected is None else corrected.id,
    )
    sessions = counted.sessions + (0 if counted.is_counted else 1)
    if not is_test_due(counted.sessions, sessions):
        return []
    return [finding(RULE, "moderate", text_of_sessions(sessions))]
