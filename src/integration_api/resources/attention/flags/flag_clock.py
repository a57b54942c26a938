"""The job of the clock: it raises what time raises (R10, R12, R16, R25, R26), and escalates what nobody answered.

It also deletes the tasks that have ended by their time.

Any number of processes run it side by side. All that it needs is in the database, so it goes on after a restart. Each
flag is one step, with a guard that only the first process meets. What fails is tried again on the next turn.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from datetime import datetime
from functools import partial
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.jobs import Jobs
from integration_api.access.notices import tell_role
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.core.ids import new_id
from integration_api.ledger.changes import Changed, Channel
from integration_api.ledger.events import FLAG_UNANSWERED
from integration_api.resources.attention.flags import clock_statements as sql
from integration_api.resources.attention.flags import operations
from integration_api.resources.attention.flags.called_people import call_next, called_for
from integration_api.resources.attention.flags.escalation_rules import (
    hit_of_clock,
    lacks_prescriber,
    next_to_tell,
    prescribers_among,
)
from integration_api.resources.attention.flags.flag_tasks import flag_task
from integration_api.resources.attention.flags.passed_tasks import Passed, settle_told, source_of_flag
from integration_api.resources.attention.flags.rules import (
    SEVERITIES,
    FlagEventKind,
    FlagOrigin,
    FlagState,
    due_of,
    flag_policies,
    rank_of,
    urgency_of_flag,
)
from integration_api.resources.attention.flags.safety_rules import safety_rules
from integration_api.resources.attention.flags.tables import UNIQUE_FLAG, FlagEventRow, FlagRow
from integration_api.resources.attention.flags.term_statements import TERMS_FOR_CLOCK
from integration_api.resources.attention.roster.incidents import open_if_late
from integration_api.resources.attention.roster.service import new_call
from integration_api.resources.attention.roster.statements import URGENT_RANK
from integration_api.resources.attention.worklist.statements import MAX_SUBSTITUTES
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskRow, TaskTable, Urgency
from integration_api.resources.attention.worklist.task_audiences import settled
from integration_api.storage.database import DatabaseDown
from integration_api.web.errors import StaleVersion
from integration_api.web.paging import Window

MAX_OF_TURN = 200
"""The tasks of one kind, and the overdue flags, of one clinic that one turn takes."""
END_SECONDS = 2.0
_FIRST = UUID(int=0)


class FlagClock:
    """The job of one process."""

    def __init__(self, runtime: Runtime) -> None:
        """Start nothing yet."""
        self._jobs = Jobs(runtime, operations.WATCH_FLAGS)

    async def turn(self) -> int:
        """Raise and escalate what is due now, and return how many flags that were. Raises DatabaseDown."""
        last, done = _FIRST, 0
        while (clinic := await self._jobs.unit(partial(_next_clinic, last=last))) is not None:
            last = clinic
            done += await self.watch(clinic)
        return done

    async def watch(self, clinic: UUID) -> int:
        """Raise and escalate in one clinic, each flag alone, and return how many. Raises DatabaseDown."""
        with time_of(clinic):
            return await self._watch(clinic)

    async def _watch(self, clinic: UUID) -> int:
        done = 0
        try:
            await self._jobs.unit(partial(_delete_over, clinic_id=clinic))
            for kind in sql.RAISED_BY_CLOCK:
                for passed in await self._jobs.unit(partial(_passed, clinic_id=clinic, kind=kind)):
                    done += await self._one(partial(_raise, passed=passed, clinic_id=clinic))
            for row in await self._jobs.unit(partial(_overdue, clinic_id=clinic)):
                done += await self._one(partial(_escalate, row=row))
        except DatabaseDown:
            raise
        except Exception as error:  # noqa: BLE001  other clinics go on
            logs.event("flag_clock_failed", logs.WARNING, failed=error)
        return done

    async def _one(self, use: Callable[[Work], Awaitable[None]]) -> int:
        try:
            await self._jobs.unit(use)
        except StaleVersion:  # another process was faster, or somebody answered meanwhile
            return 0
        except DatabaseDown:
            raise
        except Exception as error:  # noqa: BLE001  other flags go on
            logs.event("flag_clock_failed", logs.WARNING, failed=error)
            return 0
        return 1

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`."""
        while not ending.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)
                return
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("flag_clock_failed", logs.WARNING, failed=error)


async def _next_clinic(work: Work, last: UUID) -> UUID | None:
    found = await work.one(sql.NEXT_WATCHED_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _passed(work: Work, clinic_id: UUID, kind: TaskKind) -> list[Passed]:
    """Return what the clock has opened of one kind, by its thing."""
    rows = await work.part(sql.TASKS_OF_CLOCK, clinic_id=clinic_id, kind=kind, page_rows=MAX_OF_TURN)
    found: dict[tuple[UUID, datetime], list[TaskRow]] = {}
    for row in rows:
        found.setdefault((row.subject_id, row.opened_at), []).append(row)
    return [Passed(kind, tasks[0].patient_id, of, at, tasks) for (of, at), tasks in found.items()]


async def _delete_over(work: Work, clinic_id: UUID) -> None:
    """Collect the deletion of the tasks that have ended by their time; the feed has told of that in their row."""
    if await work.one(sql.FIRST_OVER, clinic_id=clinic_id) is None:
        return
    work.change(sql.DELETE_OVER, rows=None, clinic_id=clinic_id)
    work.telling.tell(of=TaskTable)


async def _overdue(work: Work, clinic_id: UUID) -> list[FlagRow]:
    return await work.part(sql.OVERDUE_FLAGS, clinic_id=clinic_id, page_rows=MAX_OF_TURN)


async def _raise(work: Work, passed: Passed, clinic_id: UUID) -> None:
    """Collect the flag of what the clock has opened; its tasks are those of the flag from now on.

    What is told already by a flag is settled. If that was closed and a reading is missing again, there is another flag.
    """
    terms = await work.get(TERMS_FOR_CLOCK, clinic_id=clinic_id, patient_id=passed.patient_id)
    first = passed.tasks[0]
    urgent = await work.one(sql.OPEN_URGENT_FLAG, clinic_id=clinic_id, patient_id=passed.patient_id)
    rule, severity = hit_of_clock(passed.kind, first.urgency_rank, has_urgent_flag=urgent is not None)
    source_id = await source_of_flag(work, passed, clinic_id, rule)
    if source_id is None:
        settle_told(work, passed, clinic_id)
        return
    due = due_of(flag_policies(terms.policies), severity, passed.opened_at, in_session=terms.in_session)
    is_window = passed.kind is TaskKind.CHECK_IN_MISSED and RANKS[first.urgency_rank] is not Urgency.MODERATE
    row = FlagRow(
        clinic_id=clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=passed.patient_id,
        rule=rule,
        rule_version=safety_rules()[rule].version,
        origin=FlagOrigin.ARC_WINDOW if is_window else FlagOrigin.SESSION,
        source_id=source_id,
        episode_id=passed.subject_id,
        severity_rank=rank_of(severity),
        state=FlagState.OPEN,
        alerted_at=passed.opened_at,
        acknowledge_due_at=due.acknowledge_at,
        contact_due_at=due.contact_at,
        escalate_at=due.acknowledge_at,
    )
    asked, members = await _prescribers(work, row)
    work.change(sql.RAISE_BY_CLOCK, row, conflicts={UNIQUE_FLAG: StaleVersion})
    work.change(  # all of them and no other: what was settled, or moved, meanwhile is looked at anew
        sql.TAKE_OVER_TASKS,
        rows=len(passed.tasks),
        clinic_id=clinic_id,
        patient_id=passed.patient_id,
        task_subject_id=passed.subject_id,
        flag_id=row.id,
        from_kind=passed.kind,
        kind=TaskKind.FLAG_RAISED,
        opened_at=passed.opened_at,
        urgency_rank=RANKS.index(urgency_of_flag(severity)),
        due_at=row.acknowledge_due_at,
        asks_prescribers=bool(asked),
    )
    for account_id in sorted(asked - {task.account_id for task in passed.tasks}):
        is_beyond = account_id not in members
        _insert_task(work, row, account_id, row.acknowledge_due_at, is_beyond_team=is_beyond)
    if row.severity_rank <= URGENT_RANK:
        work.change(sql.INSERT_CALL_BY_CLOCK, new_call(clinic_id, row.id, work.now, row.acknowledge_due_at))
    work.telling.tell(*_told(passed, row, asked - members), of=TaskTable)
    _add_event(work, row, FlagEventKind.RAISED)
    work.record(row.id, row.patient_id, clinic_id=clinic_id, event=operations.CREATE_FLAG.recorded)


async def _prescribers(work: Work, row: FlagRow) -> tuple[set[UUID], set[UUID]]:
    """Return the clinic's prescribers if the rule asks for one and none is on the care team as one; and its members."""
    of = {"clinic_id": row.clinic_id}
    team = await work.part(sql.TEAM_OF_FLAG, **of, patient_id=row.patient_id)
    members = {one.account_id for one in team}
    if not lacks_prescriber(team, SEVERITIES[row.severity_rank], safety_rules()[row.rule].told):
        return set(), members
    first = Window(MAX_SUBSTITUTES, None).values(b"", ascending=True)
    return {*prescribers_among(await work.part(sql.STAFF_OF_FLAG, **of, **first))}, members


def _told(passed: Passed, row: FlagRow, asked: Collection[UUID]) -> list[Changed]:
    """Return whom the change of these tasks is told to: the care team, and those beyond it."""
    kind, chart = "worklist", passed.patient_id
    return [
        *settled(chart, passed.subject_id),
        Changed(kind, row.id, Channel.TEAM, chart),
        *(
            Changed(kind, task.account_id, Channel.ACCOUNT, None, task.account_id)
            for task in passed.tasks
            if task.account_id is not None and (task.is_beyond_team or task.account_id in asked)
        ),
    ]


async def _escalate(work: Work, row: FlagRow) -> None:
    """Collect the escalation of a flag that nobody answered in time. If nobody is left, the admins learn that (R36).

    An end that is proposed goes to those who come next, for their review. The one who proposed it is passed over, and
    so is a group that was all asked already.
    """
    of = {"clinic_id": row.clinic_id}
    team = await work.part(sql.TEAM_OF_FLAG, **of, patient_id=row.patient_id)
    first = Window(MAX_SUBSTITUTES, None).values(b"", ascending=True)
    staff = await work.part(sql.STAFF_OF_FLAG, **of, **first)
    await open_if_late(work, row.clinic_id, row.id, max(row.escalate_at or work.now, row.updated_at))
    is_proposed = row.state is FlagState.AWAITING_REVIEW
    asked = set[UUID]()
    if is_proposed:
        asked = {one.account_id for one in await work.part(sql.REVIEWERS_OF_FLAG, **of, flag_id=row.id)}
        team = [one for one in team if one.account_id != row.proposed_by_id]
        staff = [one for one in staff if one.account_id != row.proposed_by_id]
    on_call = await called_for(work, row)
    told = next_to_tell(row.escalations, team, staff, asked, on_call)
    is_nobody = not told.on_team and not told.beyond
    due_at = None if is_nobody else work.now + (row.acknowledge_due_at - row.alerted_at)
    values = {
        "state": row.state if is_nobody or is_proposed else FlagState.ESCALATED,
        "escalations": told.passed,
        "escalate_at": due_at,
        "updated_at": work.now,
    }
    changed = row.model_copy(update=values)
    work.change(sql.ESCALATE_OVERDUE, changed, before=row, was_due_at=row.escalate_at, was_passed=row.escalations)
    for accounts, is_beyond in ((told.on_team, False), (told.beyond, True)):
        for account_id in accounts:
            kind = TaskKind.FLAG_TO_REVIEW if is_proposed else TaskKind.FLAG_RAISED
            _insert_task(work, row, account_id, due_at or work.now, kind, is_beyond_team=is_beyond)
    call_next(work, row, on_call.intersection(told.beyond))
    _add_event(work, changed, FlagEventKind.ESCALATED)
    event = FLAG_UNANSWERED if is_nobody else None
    if is_nobody:
        tell_role(work, Role.CLINIC_ADMIN, FLAG_UNANSWERED, row.id, clinic_id=row.clinic_id)
    work.record(row.id, row.patient_id, clinic_id=row.clinic_id, event=event)


def _insert_task(
    work: Work,
    row: FlagRow,
    account_id: UUID,
    due_at: datetime,
    kind: TaskKind = TaskKind.FLAG_RAISED,
    *,
    is_beyond_team: bool,
) -> None:
    task = flag_task(row, kind, account_id, work.now, due_at, is_beyond_team=is_beyond_team)
    work.change(sql.INSERT_TASK_BY_CLOCK, task, rows=None)


def _add_event(work: Work, row: FlagRow, kind: FlagEventKind) -> None:
    event = FlagEventRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        patient_id=row.patient_id,
        flag_id=row.id,
        at=work.now,
        happened_at=work.now,
        kind=kind,
        severity_rank=row.severity_rank,
    )
    work.change(sql.INSERT_EVENT_BY_CLOCK, event)
