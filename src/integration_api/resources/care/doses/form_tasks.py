"""The tasks of a REMS form: to send it, a reminder, and that it is overdue. Time opens the second and the third."""

from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.statements import CURRENT_TEAM
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.care.doses.rules import REMS_FORM_WITHIN

REMINDED_AFTER, LAST_REMINDED_AFTER = timedelta(days=3), timedelta(days=6)
"""From the first device: when the reminder opens, and until when it is to be done.

Source: clinical.md section 1.8, `RemsForm`, POLICY.
"""


async def wait_for_form(
    work: Work, patient_id: UUID, session_id: UUID, first_dose_at: datetime, *, is_moved: bool
) -> None:
    """Open the tasks of a session's form for the care team; if they may wait already, they are moved."""
    team = await work.all(CURRENT_TEAM, patient_id=patient_id)
    for kind, urgency, opened_at, due_at in _times(first_dose_at):
        await worklist.open_for_team(
            work,
            patient_id,
            kind,
            session_id,
            due_at,
            opened_at=max(opened_at, work.now),
            urgency=urgency,
            is_moved=is_moved,
            team=team,
        )


def move_form(work: Work, patient_id: UUID, session_id: UUID, first_dose_at: datetime) -> None:
    """Collect the new times of the tasks that wait: another dose is the first now. A form that was sent stays sent."""
    for kind, _, opened_at, due_at in _times(first_dose_at):
        worklist.move_for_team(work, patient_id, kind, session_id, due_at, opened_at)


def settle_form(work: Work, patient_id: UUID, session_id: UUID) -> None:
    """Collect the end of the tasks: the form was sent, or no dose asks for one any more."""
    for kind, *_ in _times(work.now):
        worklist.settle(work, patient_id, session_id, kind)


def _times(first_dose_at: datetime) -> tuple[tuple[TaskKind, Urgency, datetime, datetime], ...]:
    """Return the tasks, each with its urgency, when it opens and when it is due."""
    due_at = first_dose_at + REMS_FORM_WITHIN
    return (
        (TaskKind.REMS_FORM_TO_SEND, Urgency.ROUTINE, first_dose_at, due_at),
        (
            TaskKind.REMS_FORM_REMINDER,
            Urgency.MODERATE,
            first_dose_at + REMINDED_AFTER,
            first_dose_at + LAST_REMINDED_AFTER,
        ),
        (TaskKind.REMS_FORM_OVERDUE, Urgency.HIGH, due_at, due_at),
    )
