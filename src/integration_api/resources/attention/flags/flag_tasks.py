"""The tasks of flags: for the care team, for the one who follows it, for a second person, and for those who come next.

`next_to_tell` alone decides who comes next on the worklist.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from integration_api.access.tables import CareTeamRole
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.rules import SEVERITIES, urgency_of_flag
from integration_api.resources.attention.flags.tables import FlagRow
from integration_api.resources.attention.worklist import statements as worklist_sql
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.service import substitutes_among
from integration_api.resources.attention.worklist.statements import MAX_SUBSTITUTES, Substitute, TeamMember
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskRow
from integration_api.web.paging import Window

_CLINICIANS = (CareTeamRole.THERAPIST, CareTeamRole.PRESCRIBER)


class Next(NamedTuple):
    """Those who are told next, how many groups have been told by then, and whether one is left."""

    on_team: Sequence[UUID]
    beyond: Sequence[UUID]
    passed: int
    is_last: bool


def next_to_tell(passed: int, team: Sequence[TeamMember], staff: Sequence[Substitute]) -> Next:
    """Return those who come next after `passed` groups, in this order; empty groups are passed over.

    The clinicians of the care team were told first. After them come the others on it, the clinic's supervisors, and
    its owner.
    """
    members = {one.account_id for one in team}
    others = sorted({one.account_id for one in team if one.role not in _CLINICIANS})
    found, who = substitutes_among(staff)
    supervisors = [one for one in found if one not in members] if who is Waiting.SUPERVISORS else []
    owners = [one.account_id for one in staff if one.account_id == one.owner_id and one.account_id not in members]
    groups: list[tuple[Sequence[UUID], Sequence[UUID]]] = [(others, ()), ((), supervisors), ((), owners)]
    for at in range(passed, len(groups)):
        on_team, beyond = groups[at]
        if on_team or beyond:
            is_last = not any(first or second for first, second in groups[at + 1 :])
            return Next(on_team, beyond, at + 1, is_last)
    return Next((), (), len(groups), is_last=True)


async def open_for_team(work: Work, flags: Sequence[FlagRow]) -> Waiting:
    """Collect the tasks of flags of one chart for those who are told first, and return who they are.

    They are the clinicians of the care team, else the others on it, else the clinic's supervisors, else its owner.
    What waits already for a flag becomes as urgent as the flag is now.
    """
    team = await work.part(worklist_sql.CURRENT_TEAM, patient_id=flags[0].patient_id)
    told = sorted({one.account_id for one in team if one.role in _CLINICIANS} or {one.account_id for one in team})
    accounts: Collection[UUID | None] = told
    waiting, is_beyond = Waiting.TEAM, False
    if not told:
        staff = await work.part(worklist_sql.SUBSTITUTES, **Window(MAX_SUBSTITUTES, None).values(b"", ascending=True))
        beyond, waiting = substitutes_among(staff)
        accounts, is_beyond = beyond or [None], bool(beyond)
    for row in flags:
        if row.version > 1:
            task = flag_task(row, TaskKind.FLAG_RAISED, None, work.now, row.acknowledge_due_at)
            work.change(worklist_sql.RAISE_TASKS, task, rows=None)
        open_flag_tasks(work, row, TaskKind.FLAG_RAISED, accounts, row.acknowledge_due_at, is_beyond_team=is_beyond)
    return waiting


async def read_next(work: Work, row: FlagRow) -> Next:
    """Return those who come next for a flag, as its actor may look them up."""
    team = await work.part(worklist_sql.CURRENT_TEAM, patient_id=row.patient_id)
    staff = await work.part(worklist_sql.SUBSTITUTES, **Window(MAX_SUBSTITUTES, None).values(b"", ascending=True))
    return next_to_tell(row.escalations, team, staff)


def open_flag_tasks(
    work: Work,
    row: FlagRow,
    kind: TaskKind,
    accounts: Collection[UUID | None],
    due_at: datetime,
    *,
    is_beyond_team: bool = False,
) -> None:
    """Collect a task about a flag for each of these accounts; what waits for them already stays."""
    for account_id in accounts:
        task = flag_task(row, kind, account_id, work.now, due_at, is_beyond_team=is_beyond_team)
        work.change(worklist_sql.INSERT_TASK, task, rows=None)


def flag_task(
    row: FlagRow,
    kind: TaskKind,
    account_id: UUID | None,
    opened_at: datetime,
    due_at: datetime,
    *,
    is_beyond_team: bool = False,
) -> TaskRow:
    """Return a task about a flag, as urgent as it is severe."""
    return TaskRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        account_id=account_id,
        patient_id=row.patient_id,
        kind=kind,
        subject_id=row.id,
        urgency_rank=RANKS.index(urgency_of_flag(SEVERITIES[row.severity_rank])),
        is_beyond_team=is_beyond_team and account_id is not None,
        opened_at=opened_at,
        due_at=due_at,
    )


async def open_for_second(work: Work, row: FlagRow, due_at: datetime) -> None:
    """Collect the task of a second person: anybody on the care team but the actor, else the clinic's supervisors."""
    team = await work.part(worklist_sql.CURRENT_TEAM, patient_id=row.patient_id)
    others = sorted({one.account_id for one in team if one.account_id != work.actor.id})
    if others:
        open_flag_tasks(work, row, TaskKind.FLAG_TO_REVIEW, others, due_at)
        return
    staff = await work.part(worklist_sql.SUBSTITUTES, **Window(MAX_SUBSTITUTES, None).values(b"", ascending=True))
    beyond = substitutes_among([one for one in staff if one.account_id != work.actor.id])[0]
    open_flag_tasks(work, row, TaskKind.FLAG_TO_REVIEW, beyond or [None], due_at, is_beyond_team=bool(beyond))
