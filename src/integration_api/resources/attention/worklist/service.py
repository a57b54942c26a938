"""Open, settle and read what waits for clinicians. Slices do it in their own change; reading is one index scan."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from integration_api.access.tables import CareTeamRole
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.worklist import statements as sql
from integration_api.resources.attention.worklist.schemas import Task, Worklist
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow
from integration_api.web.paging import Window

_CLINICIANS = (CareTeamRole.THERAPIST, CareTeamRole.PRESCRIBER)


async def read_worklist(work: Work, window: Window) -> Worklist:
    """The first page, or the next, and how many wait (counted up to 100)."""
    found = await work.page(sql.LIST_TASKS, window, lambda row: (row.due_at, row.id), lambda row: row, ascending=True)
    waiting = found.items[0].waiting if found.items else 0
    if window.cursor is not None and not found.items:
        waiting = (await work.get(sql.COUNT_TASKS)).waiting
    work.record()
    return Worklist.of(found, items=[Task.of(row) for row in found.items], waiting=waiting)


def open_for(
    work: Work,
    account_id: UUID | None,
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_at: datetime,
    opened_at: datetime | None = None,
) -> None:
    """Something waits for one account, from now on or from `opened_at` on: until then no worklist shows it.

    Without an account it waits for whoever joins the care team.
    """
    row = _task(work, account_id, patient_id, kind, subject_id, due_at, opened_at)
    work.change(sql.INSERT_TASK, row, rows=None)


def _task(
    work: Work,
    account_id: UUID | None,
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_at: datetime,
    opened_at: datetime | None,
) -> TaskRow:
    return TaskRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        account_id=account_id,
        patient_id=patient_id,
        kind=kind,
        subject_id=subject_id,
        opened_at=opened_at or work.now,
        due_at=due_at,
    )


async def open_for_team(
    work: Work,
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_at: datetime,
    roles: Collection[CareTeamRole] = _CLINICIANS,
    without: UUID | None = None,
    opened_at: datetime | None = None,
) -> int:
    """Something waits for whoever is on the care team now in one of these roles, but one. Returns for how many."""
    team = await work.all(sql.CURRENT_TEAM, patient_id=patient_id)
    members = [member.account_id for member in team if member.role in roles and member.account_id != without]
    waiting: list[UUID | None] = [*members] or [None]
    for account_id in waiting:
        open_for(work, account_id, patient_id, kind, subject_id, due_at, opened_at)
    return len(members)


def settle(work: Work, patient_id: UUID, subject_id: UUID) -> None:
    """Nothing about this subject waits for anybody any more."""
    work.change(sql.DELETE_TASKS, rows=None, patient_id=patient_id, subject_id=subject_id)


async def open_for_member(work: Work, patient_id: UUID, account_id: UUID) -> None:
    """Collect the team's open tasks for its new member too."""
    rows = await work.all(sql.TEAM_TASKS, patient_id=patient_id)
    theirs = {row.subject_id for row in rows if row.account_id == account_id}
    others = {row.subject_id: row for row in rows if row.subject_id not in theirs}
    for row in others.values():
        copy = _task(work, account_id, patient_id, row.kind, row.subject_id, row.due_at, row.opened_at)
        work.change(sql.COPY_TASK, copy, rows=None)
