"""Open, settle and hand over what waits for clinicians. Slices do it in their own change.

The worklist itself is read in `views/home`, which knows the things that wait.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.tables import CareTeamRole
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.worklist import leaver_statements as leaver_sql
from integration_api.resources.attention.worklist import statements as sql
from integration_api.resources.attention.worklist.leaver_statements import LeftTask
from integration_api.resources.attention.worklist.rules import (
    CLINICIANS,
    Waiting,
    is_settled_by_step,
    substitutes_among,
    takers_among,
)
from integration_api.resources.attention.worklist.schemas import Task
from integration_api.resources.attention.worklist.statements import TeamMember
from integration_api.resources.attention.worklist.tables import OF_PROSE, RANKS, TaskKind, TaskRow, TaskTable, Urgency
from integration_api.resources.attention.worklist.task_audiences import settled, taken
from integration_api.web.errors import Conflict
from integration_api.web.paging import Window


class SettledByStep(Conflict):
    """It is settled by doing what it asks for, not by marking it done."""

    code = "settled-by-step"
    title = "Settled by its own step"
    remedy = "Take the step that the task asks for: review the reflection, answer the plan, sign the note."


async def complete_task(work: Work, task_id: UUID) -> None:
    """Mark a task as done, for everybody whom it waits for. Raises NotFound, SettledByStep."""
    row = await work.get(sql.READ_TASK, id=task_id)
    if is_settled_by_step(row.kind, row.urgency_rank):
        raise SettledByStep
    work.change(sql.COMPLETE_TASKS, row, rows=None)
    work.record(row.subject_id, row.patient_id)


def present_task(
    row: TaskRow, *, patient_name: str | None = None, title: str | None = None, detail: str | None = None
) -> Task:
    """Return a task as a row of a worklist, with what its reader may see of the chart."""
    return Task.of(row, urgency=RANKS[row.urgency_rank], patient_name=patient_name, title=title, detail=detail)


def open_for(
    work: Work, account_id: UUID | None, patient_id: UUID, kind: TaskKind, subject_id: UUID, due_at: datetime
) -> None:
    """Open a task for one account from now on; without an account, for those who join the care team."""
    _open(work, [account_id], _task(work, patient_id, kind, subject_id, due_at))


def _open(work: Work, accounts: Collection[UUID | None], task: TaskRow) -> None:
    for account_id in accounts:
        row: TaskRow = task.model_copy(update={"id": new_id(), "account_id": account_id})
        work.change(sql.INSERT_TASK, row, rows=None)


def _task(
    work: Work,
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_at: datetime,
    opened_at: datetime | None = None,
    urgency: Urgency = Urgency.ROUTINE,
) -> TaskRow:
    return TaskRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        account_id=None,
        patient_id=patient_id,
        kind=kind,
        subject_id=subject_id,
        urgency_rank=RANKS.index(urgency),
        opened_at=opened_at or work.now,
        due_at=due_at,
    )


async def open_for_team(
    work: Work,
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_at: datetime,
    *,
    opened_at: datetime | None = None,
    urgency: Urgency = Urgency.ROUTINE,
    is_moved: bool = False,
    team: Sequence[TeamMember] | None = None,
) -> Waiting:
    """Open a task for the care team, from now on or from `opened_at` on. Return for whom it waits.

    Clinicians come first, then the supervisors on the team, then supervisors of the clinic, then its owner. What waits
    already is raised to this urgency; if `is_moved`, it waits for this time. Give the team if it was read.
    """
    task = _task(work, patient_id, kind, subject_id, due_at, opened_at, urgency)
    if is_moved:
        work.change(sql.MOVE_TASKS, task, rows=None)
    if urgency is not Urgency.ROUTINE:
        work.change(sql.RAISE_TASKS, task, rows=None)
    if team is None:
        team = await work.all(sql.CURRENT_TEAM, patient_id=patient_id)
    if waiting := _clinicians_of(takers_among(team, kind)):
        _open(work, waiting, task)
        return Waiting.TEAM
    substitutes, who = await _substitutes(work)
    _open(work, substitutes or [None], task.model_copy(update={"is_beyond_team": bool(substitutes)}))
    return who


def open_for_members(
    work: Work,
    team: Sequence[TeamMember],
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    due_at: datetime,
    opened_at: datetime,
) -> None:
    """Open a routine task for the clinicians of a team that was read, from `opened_at` on; for nobody else."""
    _open(work, _clinicians_of(team) or [None], _task(work, patient_id, kind, subject_id, due_at, opened_at))


def move_for_team(
    work: Work, patient_id: UUID, kind: TaskKind, subject_id: UUID, due_at: datetime, opened_at: datetime
) -> None:
    """Let what waits already wait for another time; what does not wait is not opened."""
    work.change(sql.MOVE_TASKS, _task(work, patient_id, kind, subject_id, due_at, opened_at), rows=None)


def _clinicians_of(team: Sequence[TeamMember]) -> list[UUID]:
    """Return the clinicians of a team; if there are none, the others on it."""
    clinicians = {member.account_id for member in team if member.role in CLINICIANS}
    return sorted(clinicians or {member.account_id for member in team})


async def _substitutes(work: Work, without: UUID | None = None) -> tuple[list[UUID], Waiting]:
    """Return those to whom a task falls if nobody is on the care team, and what they are."""
    window = Window(sql.MAX_SUBSTITUTES, None)
    staff = await work.all(sql.SUBSTITUTES, **window.values(b"", ascending=True))
    return substitutes_among([one for one in staff if one.account_id != without])


async def open_for_supervisors(
    work: Work, patient_id: UUID, kind: TaskKind, subject_id: UUID, due_at: datetime, without: UUID
) -> bool:
    """Open a task for the supervisors on the care team now, but one. Return whether there are any."""
    team = await work.all(sql.CURRENT_TEAM, patient_id=patient_id)
    found = [one.account_id for one in team if one.role is CareTeamRole.SUPERVISOR and one.account_id != without]
    _open(work, found or [None], _task(work, patient_id, kind, subject_id, due_at))
    return bool(found)


def open_when_missed(
    work: Work, patient_id: UUID, subject_id: UUID, accounts: Collection[UUID], missed_at: datetime, due_at: datetime
) -> None:
    """Open a task for these accounts from when a promised reply is missed on; one that waits already is moved there."""
    task = _task(work, patient_id, TaskKind.REPLY_MISSED, subject_id, due_at, missed_at)
    work.change(sql.MOVE_TASKS, task, rows=None)
    _open(work, accounts, task)


def settle(
    work: Work,
    patient_id: UUID,
    subject_id: UUID,
    kind: TaskKind | None = None,
    *,
    is_withdrawn: bool = False,
    kept_account_id: UUID | None = None,
) -> None:
    """Settle the open tasks (of this kind) about this subject, but for those of one account.

    What the patient themselves withdraws waits on if it was urgent: a call for help is taken back by nobody's click.
    """
    from_rank = RANKS.index(Urgency.ROUTINE) if is_withdrawn else 0
    work.change(
        sql.DELETE_TASKS,
        rows=None,
        patient_id=patient_id,
        subject_id=subject_id,
        only_kind=kind,
        from_rank=from_rank,
        kept_account_id=kept_account_id,
    )
    work.telling.tell(*settled(patient_id, subject_id), of=TaskTable)


def take(work: Work, patient_id: UUID, subject_id: UUID, kind: TaskKind) -> None:
    """Collect the end of the actor's own task about this subject: they have begun. For others it waits on."""
    work.change(sql.TAKE_TASK, rows=None, patient_id=patient_id, subject_id=subject_id, kind=kind)
    work.telling.tell(taken(work.actor.id), of=TaskTable)


async def open_for_member(work: Work, patient_id: UUID, account_id: UUID, role: CareTeamRole) -> None:
    """Collect the team's open tasks for its new member too, but for those about texts that they do not read."""
    rows = await work.all(sql.TEAM_TASKS, patient_id=patient_id)
    theirs = {(row.subject_id, row.kind) for row in rows if row.account_id == account_id}
    others = {(row.subject_id, row.kind): row for row in rows if (row.subject_id, row.kind) not in theirs}
    for row in others.values():
        if row.prescribers_read or role is not CareTeamRole.PRESCRIBER or row.kind not in OF_PROSE:
            work.change(sql.COPY_TASK, _copy(row, account_id), rows=None)


async def leave_team(work: Work, patient_id: UUID, account_id: UUID) -> None:
    """Collect what waits for a member who leaves the care team, for those who stay or to whom it falls.

    Call it before the membership ends: the actor may be the one who leaves.
    """
    await _leave_drafts(work, account_id, patient_id)
    rows = [row for row in await work.all(sql.TEAM_TASKS, patient_id=patient_id) if not row.is_beyond_team]
    if not rows:
        return
    team = [one for one in await work.all(sql.CURRENT_TEAM, patient_id=patient_id) if one.account_id != account_id]
    left = {(row.subject_id, row.kind): row for row in rows}.values()
    staying = {row.kind: _clinicians_of(takers_among(team, row.kind)) for row in left}
    substitutes = [] if all(staying.values()) else (await _substitutes(work, without=account_id))[0]
    known = {(row.subject_id, row.kind, row.account_id) for row in rows}
    for row in left:
        for other in staying[row.kind] or substitutes:
            if (row.subject_id, row.kind, other) not in known:
                work.change(sql.COPY_TASK, _copy(row, other, is_beyond_team=not staying[row.kind]), rows=None)


async def _leave_drafts(work: Work, account_id: UUID, patient_id: UUID) -> None:
    """Collect what waits in one chart for this account alone: drafts for the successor, the rest for supervisors."""
    found = await work.all(leaver_sql.TASKS_OF_ONE, account_id=account_id, only_patient_id=patient_id)
    rows = [row for row in found if row.kind not in sql.OF_TEAM]
    others = (await _substitutes(work, without=account_id))[0] if rows else []
    for row in rows:
        if row.kind in sql.OF_AUTHOR and row.successor_id is not None:
            work.change(sql.COPY_TASK, _copy(row, row.successor_id), rows=None)
        else:
            _fall(work, row, others)


async def leave_clinic(work: Work, account_id: UUID, successor_id: UUID | None) -> None:
    """Collect what waits for nobody else if this account is disabled, for those to whom it falls.

    If it has a successor, `hand_over` collects its drafts.
    """
    found = await work.all(leaver_sql.TASKS_OF_ONE, account_id=account_id, only_patient_id=None)
    rows = [row for row in found if row.kind not in sql.OF_AUTHOR or successor_id is None]
    others = (await _substitutes(work, without=account_id))[0] if rows else []
    for row in rows:
        _fall(work, row, others)


def _fall(work: Work, row: LeftTask, others: Collection[UUID]) -> None:
    for other in others:
        work.change(sql.COPY_TASK, _copy(row, other, is_beyond_team=True), rows=None)


async def hand_over(work: Work, account_id: UUID, successor_id: UUID, *, is_disabled: bool) -> None:
    """Collect the drafts that an account has left, for the successor whom it has now."""
    for row in await work.all(leaver_sql.LEFT_DRAFTS, account_id=account_id, is_disabled=is_disabled):
        work.change(sql.COPY_TASK, _copy(row, successor_id), rows=None)


def _copy(row: TaskRow, account_id: UUID, *, is_beyond_team: bool = False) -> TaskRow:
    return row.model_copy(update={"id": new_id(), "account_id": account_id, "is_beyond_team": is_beyond_team})
