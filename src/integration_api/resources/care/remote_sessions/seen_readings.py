"""The checks of an observer, and the clock that waits for them: what they settle and open again (R12, R25)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable, Urgency
from integration_api.resources.attention.worklist.task_audiences import settled
from integration_api.resources.care.doses.bands import AWAKE_MOAAS
from integration_api.resources.care.doses.dose_clocks import deciding, last_end
from integration_api.resources.care.doses.observer_words import Responds
from integration_api.resources.care.doses.session_watch import said
from integration_api.resources.care.doses.tables import ObserverCheckRow
from integration_api.resources.care.doses.watch_rules import At, newest
from integration_api.resources.care.remote_sessions import support_statements as sql
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow
from integration_api.resources.care.remote_sessions.support_reading_statements import (
    SEDATION_OF_SESSION,
    SETTLE_SEEN,
    SedationRow,
)
from integration_api.resources.care.remote_sessions.support_statements import SupportedRow
from integration_api.resources.care.remote_sessions.support_tasks import Stands, open_for_all, task_of
from integration_api.resources.care.sessions.reading_tasks import UNTIL_FLAG, is_timely
from integration_api.resources.care.sessions.session_tasks import observer_times

_KIND = TaskKind.SEDATION_NOT_GONE


async def follow_checks(
    work: Work,
    session: SupportedRow,
    before: Sequence[HappeningRow],
    made: Sequence[ObserverCheckRow],
    stands: Stands,
) -> None:
    """Collect what new checks mean for what the clock waits for, beside those that are stored.

    The newest of all says whether the patient is awake, in whatever order they came.
    """
    first = session.first_dose_at
    looked_at = [one.at for one in before if one.link is None] + [check.taken_at for check in made]
    due_at, missed_at = observer_times(session.policies, max(looked_at))
    waiting = task_of(session, TaskKind.OBSERVER_CHECK_MISSED, due_at, missed_at, Urgency.HIGH)
    work.change(sql.WAIT_FOR_CHECK, waiting, rows=None, **vars(stands))
    if first is None or max(looked_at) < first:
        return
    found = await work.get(
        SEDATION_OF_SESSION, clinic_id=session.clinic_id, patient_id=session.patient_id, session_id=session.id
    )
    late_at = last_end(deciding(found), is_late=True)
    if found.last_dose_at is None or late_at is None:
        return
    has_left = session.discharged_at is not None and found.last_dose_at <= session.discharged_at
    if not has_left:  # the one before may be a flag by now, and waits no longer
        await open_for_all(work, session, waiting, stands)
    was = _sedation(found, found.last_dose_at, before, ())
    now_is = _sedation(found, found.last_dose_at, before, made)
    is_awake = now_is is not None and now_is.value >= AWAKE_MOAAS
    since = [check for check in made if check.taken_at >= first]
    work.change(
        SETTLE_SEEN,
        rows=None,
        clinic_id=session.clinic_id,
        patient_id=session.patient_id,
        has_pressure=any(check.systolic is not None and is_timely(check.taken_at, first) for check in since),
        has_oxygen=any(check.spo2 is not None for check in since),
        is_awake=is_awake,
        **vars(stands),
    )
    work.telling.tell(*settled(session.patient_id, session.id), of=TaskTable)
    was_awake = was is not None and was.value >= AWAKE_MOAAS
    if not is_awake and not has_left and (was_awake or late_at > work.now):
        task = task_of(session, _KIND, late_at + UNTIL_FLAG, late_at, Urgency.MODERATE)
        await open_for_all(work, session, task, stands)


def _sedation(
    found: SedationRow, last_dose_at: datetime, stored: Iterable[HappeningRow], made: Iterable[ObserverCheckRow]
) -> At | None:
    """Return the newest that says since the last dose whether the patient is awake."""
    looks: list[tuple[datetime, Responds]] = [(one.at, one.responds) for one in stored if one.responds is not None]
    looks += [(one.taken_at, one.responds) for one in made]
    last = None
    if found.sedation_at is not None and found.sedation is not None:
        last = At(found.sedation_at, found.sedation)
    for at, responds in sorted(looks):
        last = newest(last, said(at, responds)) if at >= last_dose_at else last
    return last
