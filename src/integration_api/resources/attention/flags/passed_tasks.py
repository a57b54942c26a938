"""Tasks that the clock has opened, and whether a flag has told of them already."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from integration_api.access.work import Work
from integration_api.resources.attention.flags import clock_statements as sql
from integration_api.resources.attention.flags.rules import CLOSED
from integration_api.resources.attention.worklist.tables import OF_READINGS, TaskKind, TaskRow, TaskTable
from integration_api.resources.attention.worklist.task_audiences import settled
from integration_api.web.instants import instant


class Passed(NamedTuple):
    """The tasks of one thing that were opened at one time, one for each account that they wait for."""

    kind: TaskKind
    patient_id: UUID
    subject_id: UUID
    opened_at: datetime
    tasks: Sequence[TaskRow]


async def source_of_flag(work: Work, passed: Passed, clinic_id: UUID, rule: str) -> UUID | None:
    """Return the source of the flag of these tasks; None if a flag has told of them already.

    A flag that was closed does not stop another if a reading is missing again, as when one was withdrawn.
    """
    source_id = _source_of(passed)
    told = await work.one(
        sql.FLAG_OF_CLOCK, clinic_id=clinic_id, patient_id=passed.patient_id, source_id=source_id, rule=rule
    )
    if told is None:
        return source_id
    is_again = told.state in CLOSED and passed.kind in OF_READINGS
    return uuid5(source_id, str(passed.tasks[0].id)) if is_again else None


def settle_told(work: Work, passed: Passed, clinic_id: UUID) -> None:
    """Collect the end of tasks of which there is a flag already."""
    work.change(
        sql.SETTLE_TOLD,
        rows=len(passed.tasks),
        clinic_id=clinic_id,
        patient_id=passed.patient_id,
        task_subject_id=passed.subject_id,
        from_kind=passed.kind,
        opened_at=passed.opened_at,
    )
    work.telling.tell(*settled(passed.patient_id, passed.subject_id), of=TaskTable)


def _source_of(passed: Passed) -> UUID:
    """Return the source: a window or its session; of a gap or a lost link, the session with the start of it."""
    if passed.kind is TaskKind.CHECK_IN_MISSED:
        return passed.subject_id
    return source_of(passed.kind, passed.subject_id, passed.opened_at)


def source_of(kind: TaskKind, subject_id: UUID, opened_at: datetime) -> UUID:
    """Return the source of what was late from then on."""
    return uuid5(subject_id, f"{kind} {instant(opened_at)}")
