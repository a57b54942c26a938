"""The tasks of flags: for the care team, the one who follows one, a second person, and those who come next."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags import statements as sql
from integration_api.resources.attention.flags.escalation_rules import (
    Next,
    goes_along_roster,
    lacks_prescriber,
    next_to_tell,
    prescribers_among,
)
from integration_api.resources.attention.flags.rules import SEVERITIES, urgency_of_flag
from integration_api.resources.attention.flags.safety_rules import SAFEGUARDING, safety_rules
from integration_api.resources.attention.flags.tables import FlagRow
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import tell
from integration_api.resources.attention.roster.service import people_on_call
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist import statements as worklist_sql
from integration_api.resources.attention.worklist.rules import CLINICIANS, Waiting, substitutes_among
from integration_api.resources.attention.worklist.statements import MAX_SUBSTITUTES, Substitute, TeamMember
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskRow
from integration_api.web.paging import Window


async def open_for_team(work: Work, flags: Sequence[FlagRow]) -> Waiting:
    """Collect the tasks of flags of one chart for those who are told first, and return who they are.

    They are the clinicians of the care team, else the others on it, else the clinic's supervisors, else its owner.
    What waits already for a flag becomes as urgent as the flag is now. A rule may tell others too, on the team or
    beyond it. They are the clinic's prescribers, if none is on the team as one, and the safeguarding lead.
    """
    team = await work.part(worklist_sql.CURRENT_TEAM, patient_id=flags[0].patient_id)
    told = sorted({one.account_id for one in team if one.role in CLINICIANS} or {one.account_id for one in team})
    accounts: Collection[UUID | None] = told
    waiting, is_beyond = Waiting.TEAM, False
    if not told:
        beyond, waiting = substitutes_among(await _staff(work))
        accounts, is_beyond = beyond or [None], bool(beyond)
    prescribers, lead = await _others(work, flags, team)
    members = {one.account_id for one in team}
    for row in flags:
        if row.version > 1:
            task = flag_task(row, TaskKind.FLAG_RAISED, None, work.now, row.acknowledge_due_at)
            work.change(worklist_sql.RAISE_TASKS, task, rows=None)
        open_flag_tasks(work, row, TaskKind.FLAG_RAISED, accounts, row.acknowledge_due_at, is_beyond_team=is_beyond)
        found = [*(prescribers if _lacks(row, team) else ()), *(lead if _is_safeguarding(row) else ())]
        for one in sorted(set(found) - set(accounts)):
            beyond_team = one not in members
            open_flag_tasks(work, row, TaskKind.FLAG_RAISED, [one], row.acknowledge_due_at, is_beyond_team=beyond_team)
    return waiting


async def _others(
    work: Work, flags: Sequence[FlagRow], team: Sequence[TeamMember]
) -> tuple[Sequence[UUID], Sequence[UUID]]:
    """Return the clinic's prescribers and its safeguarding lead, as far as a rule tells them."""
    prescribers, lead = list[UUID](), list[UUID]()
    if any(_lacks(row, team) for row in flags):
        prescribers = prescribers_among(await _staff(work))
    if any(map(_is_safeguarding, flags)) and (account_id := await _lead(work)):
        lead = [account_id]
    return prescribers, lead


async def _lead(work: Work) -> UUID | None:
    found = await work.one(sql.SAFEGUARDING_LEAD)
    return found.account_id if found else None


async def kept_by_lead(work: Work, row: FlagRow) -> UUID | None:
    """Return whose task another's step leaves: the safeguarding lead's, for whom another's click is no look of theirs.

    Their own step settles theirs, or the end of the flag.
    """
    lead = await _lead(work) if _is_safeguarding(row) else None
    return None if lead == work.actor.id else lead


def settle_raised(work: Work, row: FlagRow, kept_id: UUID | None) -> None:
    """Collect the end of what waits for those who were told, but for one account."""
    worklist.settle(work, row.patient_id, row.id, TaskKind.FLAG_RAISED, kept_account_id=kept_id)


def _lacks(row: FlagRow, team: Sequence[TeamMember]) -> bool:
    return lacks_prescriber(team, SEVERITIES[row.severity_rank], safety_rules()[row.rule].told)


def _is_safeguarding(row: FlagRow) -> bool:
    return SAFEGUARDING in safety_rules()[row.rule].told


async def _staff(work: Work) -> list[Substitute]:
    return await work.part(worklist_sql.SUBSTITUTES, **Window(MAX_SUBSTITUTES, None).values(b"", ascending=True))


async def read_next(work: Work, row: FlagRow) -> Next:
    """Return those who come next for a flag, as its actor may look them up, and let those on call be told."""
    team = await work.part(worklist_sql.CURRENT_TEAM, patient_id=row.patient_id)
    goes_along = goes_along_roster(row.severity_rank, row.acknowledged_at)
    on_call = set[UUID]() if goes_along else await people_on_call(work)
    told = next_to_tell(row.escalations, team, await _staff(work), on_call=on_call)
    tell(work, on_call.intersection(told.beyond), NotificationKind.URGENT_TASK, row.id)
    return told


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
    beyond = substitutes_among([one for one in await _staff(work) if one.account_id != work.actor.id])[0]
    open_flag_tasks(work, row, TaskKind.FLAG_TO_REVIEW, beyond or [None], due_at, is_beyond_team=bool(beyond))
