"""The task of a missed check, from a dose or a remote record on."""

from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.care.readiness.tables import GovernedSessionRow
from integration_api.resources.care.remote_sessions.last_look_statements import READ_LAST_LOOK
from integration_api.resources.care.sessions.session_tasks import wait_for_observer
from integration_api.resources.care.sessions.tables import Modality


async def wait_from(work: Work, session: GovernedSessionRow, dose_at: datetime) -> None:
    """Wait for the check after this dose, or after the newest one if it is later; not once the patient has left."""
    if session.modality is not Modality.TELEHEALTH:
        return
    look = await work.get(READ_LAST_LOOK, id=session.id)
    if look.discharged_at is None:
        seen_at = max(dose_at, look.last_check_at or dose_at)
        await wait_for_observer(work, session, session.policies, seen_at, dose_at)
