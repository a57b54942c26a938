"""The numbers of an observer's checks, and that somebody answers: they settle what the clock waits for (R12, R25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import TaskTable
from integration_api.resources.attention.worklist.task_audiences import settled
from integration_api.resources.care.remote_sessions.rules import Responds
from integration_api.resources.care.remote_sessions.support_reading_statements import SETTLE_SEEN
from integration_api.resources.care.remote_sessions.support_statements import SupportedRow
from integration_api.resources.care.remote_sessions.tables import ObserverCheckRow
from integration_api.resources.care.sessions.reading_tasks import is_timely


@dataclass(frozen=True)
class Stands:
    """The parameters by which a change proves that the token stands."""

    session_id: UUID
    token_id: UUID
    token_digest: bytes


def settle_seen(work: Work, session: SupportedRow, made: Sequence[ObserverCheckRow], stands: Stands) -> None:
    """Collect the end of what the clock waits for, if a check since the first dose has it.

    Who responds counts as awake, as a sedation score of 5 says: they respond readily. Source: clinical.md section 1.3.
    """
    first = session.first_dose_at
    since = [] if first is None else [check for check in made if check.taken_at >= first]
    if first is None or not since:
        return
    newest = max(since, key=lambda check: check.taken_at)
    work.change(
        SETTLE_SEEN,
        rows=None,
        clinic_id=session.clinic_id,
        patient_id=session.patient_id,
        has_pressure=any(check.systolic is not None and is_timely(check.taken_at, first) for check in since),
        has_oxygen=any(check.spo2 is not None for check in since),
        is_awake=newest.responds is Responds.YES,
        **vars(stands),
    )
    work.telling.tell(*settled(session.patient_id, session.id), of=TaskTable)
