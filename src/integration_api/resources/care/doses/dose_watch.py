"""The watch that a dose begins: the observer at home, and the readings that are late without it (R12, R25)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.doses.bands import clock_end
from integration_api.resources.care.doses.rules import Given
from integration_api.resources.care.readiness.tables import GovernedSessionRow
from integration_api.resources.care.sessions.reading_tasks import PRESSURE_UNTIL, move_readings, wait_for_readings
from integration_api.resources.care.sessions.session_tasks import wait_for_observer
from integration_api.resources.care.sessions.tables import Modality, SessionRow
from integration_api.resources.people.clinics.rules import policy


async def watch_after(
    work: Work, session: GovernedSessionRow, dose: Given, before: Sequence[Given], *, is_correction: bool
) -> None:
    """Open what the clock watches after the first dose, and let it follow each further one, and each correction.

    A dose may be recorded late: nothing is missed that was due before it was known. After the session, or after the
    patient has left, nothing is watched.
    """
    is_first = not is_correction and not before
    if is_first:
        await wait_for_observer(work, session, session.policies, dose.given_at)
    if session.ended_at is not None or _had_left(session, dose):
        return
    ends = _ends([dose, *before])
    if is_correction:
        move_readings(work, session.patient_id, session.id, ends)
        return
    if not is_first:
        move_readings(work, session.patient_id, session.id, {kind: ends[kind] for kind in _MOVED_BY_MORE})
    opened = ends if is_first else {TaskKind.SEDATION_NOT_GONE: ends[TaskKind.SEDATION_NOT_GONE]}
    opened = {kind: at for kind, at in opened.items() if at > work.now and kind is not TaskKind.DISSOCIATION_NOT_GONE}
    gap = timedelta(minutes=policy(session.policies, "monitoring_gap_minutes"))
    if gap and session.modality is Modality.IN_PERSON:
        opened[TaskKind.MONITORING_GAP] = work.now + gap
    await wait_for_readings(work, session.patient_id, session.id, opened, is_moved=False)


def follow_withdrawal(work: Work, session: SessionRow, others: Sequence[Given]) -> None:
    """Let what the clock watches follow the doses that are left, without the one that is withdrawn."""
    if others:
        move_readings(work, session.patient_id, session.id, _ends(others))


_MOVED_BY_MORE = (TaskKind.SEDATION_NOT_GONE, TaskKind.DISSOCIATION_NOT_GONE)


def _had_left(session: GovernedSessionRow, dose: Given) -> bool:
    return session.patient_left_at is not None and dose.given_at <= session.patient_left_at


def _ends(doses: Sequence[Given]) -> Mapping[TaskKind, datetime]:
    """Return when each reading is late after these doses: by the first one, and by the late time of the last."""
    first_at = min(one.given_at for one in doses)
    last = max(doses, key=lambda one: one.given_at)
    late_at = clock_end(last.route, last.given_at, last.infusion_minutes, is_late=True)
    return {
        TaskKind.PRESSURE_MISSED: first_at + PRESSURE_UNTIL,
        TaskKind.OXYGEN_MISSED: first_at + PRESSURE_UNTIL,
        TaskKind.SEDATION_NOT_GONE: late_at,
        TaskKind.DISSOCIATION_NOT_GONE: late_at,
    }
