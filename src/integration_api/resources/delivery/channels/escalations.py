"""Going along the roster with what is urgent, and R36: incidents of the chain itself.

Each step of a call is one unit of work, guarded by the number of steps before it. So of several processes one takes it.
Primaries are told first, then backups, then the clinic's owner. Source: clinical.md section 6, R36.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.clock_statements import TEAM_OF_FLAG
from integration_api.resources.attention.flags.operations import WATCH_FLAGS
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.service import notification
from integration_api.resources.attention.notifications.tables import NotificationRow
from integration_api.resources.attention.roster.incidents import (
    Moved,
    open_if_late,
    open_incident,
    open_new_incident,
    told_once_id,
)
from integration_api.resources.attention.roster.rules import DAYS_AHEAD, DAYS_BACK, RosterRank, gaps, on_call_at, spans
from integration_api.resources.attention.roster.shift_statements import SHIFTS_OF_CLINIC
from integration_api.resources.attention.roster.tables import CallState, IncidentKind, ShiftRow
from integration_api.resources.attention.worklist.tables import TaskRow
from integration_api.resources.delivery.channels import courier_statements as courier_sql
from integration_api.resources.delivery.channels import escalation_statements as sql
from integration_api.resources.delivery.channels.escalation_statements import DueCall
from integration_api.resources.people.clinics.rules import policy

_PRIMARIES, _BACKUPS, _OWNER, _STEPS = range(4)
MAX_DUE = 100
MAX_GAPS = 10
"""That the admins are told of at one look."""
GAP_MARK = timedelta(minutes=1)
"""A gap that begins later than this is told of; what is open now was told of before it came."""


async def due_calls(work: Work, clinic_id: UUID) -> list[DueCall]:
    """Return the calls of a clinic whose next step is due."""
    return await work.part(sql.DUE_CALLS, clinic_id=clinic_id, page_rows=MAX_DUE)


async def take_step(work: Work, call: DueCall) -> None:
    """Tell the next on the roster of a call, or end it, and keep what failed in the chain. Raises Moved, when applied.

    The incident is part of the step: a process that ends in between leaves no call that ended without one.
    """
    if call.is_waiting or call.told == _PRIMARIES:
        await open_if_late(work, call.clinic_id, call.id, call.due_at)
    if not call.is_waiting:
        _move(work, call, call.told, work.now, CallState.SETTLED)
        return
    if call.told >= _STEPS:
        _move(work, call, call.told, work.now, CallState.EXHAUSTED)
        await open_new_incident(work, call.clinic_id, IncidentKind.NOBODY_ANSWERED, call.id)
        return
    end = await work.one(sql.CHAIN_END, clinic_id=call.clinic_id)
    shifts = await _shifts(work, call.clinic_id)
    found = on_call_at(shifts, work.now)
    owner = {end.owner_id} if end is not None and end.owner_id is not None else set()
    chain: list[Collection[UUID]] = [
        {span.account_id for span in found if span.rank is RosterRank.PRIMARY},
        {span.account_id for span in found if span.rank is RosterRank.BACKUP},
        owner,
    ]
    step = next((number for number in range(call.told, _STEPS) if chain[number]), _STEPS - 1)
    kind = NotificationKind.CHAIN_FAILED if step == _OWNER else NotificationKind.URGENT_TASK
    for account_id in sorted(chain[step]):
        tell_once(work, call.clinic_id, account_id, kind, call.id)
    pause = timedelta(minutes=policy(end.policies if end else {}, "critical_answer_minutes"))
    due_at = call.answer_by if call.told == _PRIMARIES and call.answer_by > work.now else work.now + pause
    _move(work, call, step + 1, due_at, CallState.OPEN)
    if not found:
        await open_new_incident(work, call.clinic_id, IncidentKind.NOBODY_ON_CALL, call.id)
    await _open_tasks(work, call, chain[step])


async def _open_tasks(work: Work, call: DueCall, accounts: Collection[UUID]) -> None:
    """Give those who are called the task; who is not on the care team has it beyond the team."""
    tasks = await work.part(sql.CALLED_TASKS, clinic_id=call.clinic_id, subject_id=call.subject_id)
    if not tasks or not accounts:
        return
    task = _most_urgent(tasks)
    team = await work.part(TEAM_OF_FLAG, clinic_id=call.clinic_id, patient_id=task.patient_id)
    members = {one.account_id for one in team}
    for account_id in sorted(accounts):
        own = {"id": new_id(), "account_id": account_id, "opened_at": work.now}
        row = task.model_copy(update={**own, "is_beyond_team": account_id not in members})
        work.change(sql.INSERT_CALLED_TASK, row, rows=None)
    work.record(call.subject_id, task.patient_id, clinic_id=call.clinic_id, event=WATCH_FLAGS.recorded)


def _most_urgent(tasks: Sequence[TaskRow]) -> TaskRow:
    return min(tasks, key=attrgetter("urgency_rank", "due_at", "id"))


def tell_once(work: Work, clinic_id: UUID, account_id: UUID, kind: NotificationKind, subject_id: UUID) -> None:
    """Tell an account of a subject, unless it was told of it in this kind."""
    own_id = told_once_id(subject_id, kind.value, account_id.bytes)
    row = notification(work, clinic_id, account_id, kind, subject_id, own_id=own_id)
    work.change(courier_sql.INSERT_ONCE, row, rows=None)


async def open_gap(work: Work, clinic_id: UUID, starts_at: datetime) -> None:
    """Tell the admins, and the owner who chose it, of a gap ahead, once. Raises Moved, when applied."""
    row = open_incident(work, clinic_id, IncidentKind.GAP_AHEAD, clinic_id, starts_at)
    await _tell_owner(work, clinic_id, NotificationKind.ROSTER_GAP, row.id)


async def pass_on(work: Work, row: NotificationRow) -> None:
    """Keep that somebody was not reached, and tell the next in the chain at once: by its call, else the clinic's owner.

    Only the first failure does, however many processes claimed the notification before. Raises Moved, when applied.
    """
    if not await open_new_incident(work, row.clinic_id, IncidentKind.DELIVERY_FAILED, row.id):
        return
    if row.kind is NotificationKind.CHAIN_FAILED:
        return
    call = await work.one(sql.OPEN_CALL, clinic_id=row.clinic_id, id=row.subject_id) if row.subject_id else None
    if call is not None:
        work.change(sql.HURRY_CALL, rows=None, clinic_id=row.clinic_id, id=call.id)
        return
    await _tell_owner(work, row.clinic_id, NotificationKind.CHAIN_FAILED, row.id)


async def _tell_owner(work: Work, clinic_id: UUID, kind: NotificationKind, subject_id: UUID) -> None:
    end = await work.one(sql.CHAIN_END, clinic_id=clinic_id)
    if end is not None and end.owner_id is not None:
        tell_once(work, clinic_id, end.owner_id, kind, subject_id)


async def gaps_ahead(work: Work, clinic_id: UUID) -> list[datetime]:
    """Return when the next gaps of a roster begin, which are still to come."""
    until = work.now + DAYS_AHEAD
    found = gaps(spans(await _shifts(work, clinic_id), work.now, until), work.now, until)
    return [gap.starts_at for gap in found if gap.starts_at > work.now + GAP_MARK][:MAX_GAPS]


async def _shifts(work: Work, clinic_id: UUID) -> list[ShiftRow]:
    since_on = (work.now - DAYS_BACK).date()
    return await work.part(SHIFTS_OF_CLINIC, clinic_id=clinic_id, since_on=since_on)


def _move(work: Work, call: DueCall, told: int, due_at: datetime, state: CallState) -> None:
    work.change(
        sql.MOVE_CALL,
        missed=Moved,
        clinic_id=call.clinic_id,
        id=call.id,
        expected_told=call.told,
        told=told,
        due_at=due_at,
        state=state,
        ended_at=None if state is CallState.OPEN else work.now,
    )
