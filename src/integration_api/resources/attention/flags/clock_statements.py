"""Statements of the job behind flags: what time raises, and what nobody answered in time. It has no actor."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.actor import Role
from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamTable, ClinicTable
from integration_api.access.viewers import holds_role
from integration_api.access.visible import is_granted_now
from integration_api.ledger.statements import OneClinic
from integration_api.resources.attention.flags.escalation_rules import OF_CLOCK
from integration_api.resources.attention.flags.rules import CLOSED, REVIEWED, FlagState, rank_of
from integration_api.resources.attention.flags.tables import FlagEventTable, FlagRow, FlagTable
from integration_api.resources.attention.notifications.tables import NotificationTable
from integration_api.resources.attention.roster.tables import RosterCallTable
from integration_api.resources.attention.worklist.open_task_statements import is_over
from integration_api.resources.attention.worklist.statements import MAX_SUBSTITUTES, Substitute, TeamMember
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow, TaskTable
from integration_api.storage.statements import Change, Read, Scope, any_for_row, insert_rows, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after

_flags, _tasks, _clinics = table_of(FlagTable), table_of(TaskTable), table_of(ClinicTable)
_team, _accounts = table_of(CareTeamTable), table_of(AccountTable)
_JOB = "run by the product itself, for one clinic: "
RAISED_BY_CLOCK = tuple(OF_CLOCK)
"""The kinds of tasks that become flags once they are open: the clock alone opens most of them."""
_of_clock = sa.or_(*(_tasks.c.kind == kind for kind in RAISED_BY_CLOCK))
_is_over = sa.and_(is_over(_tasks), _tasks.c.opened_at <= param("now", _tasks.c.opened_at))
"""Each has opened before it was over: an index is entered by the second."""
_ONE: sa.ColumnElement[int] = sa.literal_column("1")

NEXT_WATCHED_CLINIC = Read(
    "next_clinic_of_flags",
    sa.select(_clinics.c.clinic_id)
    .where(
        _clinics.c.clinic_id > param("last_clinic_id", _clinics.c.clinic_id),
        sa.or_(
            any_for_row(
                sa.select(_ONE).where(_flags.c.clinic_id == _clinics.c.clinic_id, _flags.c.escalate_at.is_not(None))
            ),
            any_for_row(sa.select(_ONE).where(_tasks.c.clinic_id == _clinics.c.clinic_id, _of_clock)),
            any_for_row(sa.select(_ONE).where(_tasks.c.clinic_id == _clinics.c.clinic_id, _is_over)),
        ),
    )
    .order_by(_clinics.c.clinic_id)
    .limit(1),
    OneClinic,
    Scope.SYSTEM,
    "finds the clinics in which the clock may raise or escalate a flag, one after the other",
)


TASKS_OF_CLOCK = Read(
    "tasks_of_clock",
    sa.select(*_tasks.c)
    .where(
        _tasks.c.clinic_id == param("clinic_id", _tasks.c.clinic_id),
        _tasks.c.kind == param("kind", _tasks.c.kind),
        _tasks.c.opened_at <= param("now", _tasks.c.opened_at),
    )
    .order_by(_tasks.c.opened_at, _tasks.c.id)
    .limit(PAGE_ROWS),
    TaskRow,
    Scope.SYSTEM,
    _JOB + "what the clock has opened and is no flag yet",
)
_OVER = (_tasks.c.clinic_id == param("clinic_id", _tasks.c.clinic_id), _is_over)
FIRST_OVER = Read(
    "first_task_over",
    sa.select(*_tasks.c).where(*_OVER).limit(1),
    TaskRow,
    Scope.SYSTEM,
    _JOB + "whether a task has ended by its time; nothing of it is told",
)
DELETE_OVER = Change(
    "delete_tasks_that_are_over",
    sa.delete(_tasks).where(*_OVER),
    Scope.SYSTEM,
    _JOB + "what has ended by its time waits for nobody, and nobody is shown it any more",
)
_same_task = _tasks.alias("task_of_clock")
RAISE_BY_CLOCK = Change(
    "raise_flag_by_clock",
    insert_rows(FlagTable),
    Scope.SYSTEM,
    _JOB + "a flag in the place of tasks that the same step takes over; the key refuses a second one",
)
_is_asked = any_for_row(
    sa.select(_ONE).where(
        _accounts.c.clinic_id == _tasks.c.clinic_id,
        _accounts.c.id == _tasks.c.account_id,
        _accounts.c.state == AccountState.ACTIVE,
        holds_role(_accounts.c.roles, Role.PRESCRIBER),
    )
)
_is_on_team = any_for_row(
    sa.select(_ONE).where(
        _team.c.clinic_id == _tasks.c.clinic_id,
        _team.c.patient_id == _tasks.c.patient_id,
        _team.c.account_id == _tasks.c.account_id,
        is_granted_now(_team),
        _team.c.basis == CareTeamBasis.TEAM,
    )
)
_PASSED = (
    _tasks.c.clinic_id == param("clinic_id", _tasks.c.clinic_id),
    _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
    _tasks.c.subject_id == param("task_subject_id", _tasks.c.subject_id),
    _tasks.c.kind == param("from_kind", _tasks.c.kind),
    _tasks.c.opened_at == param("opened_at", _tasks.c.opened_at),
)
SETTLE_TOLD = Change(
    "settle_told_tasks_of_clock",
    sa.delete(_tasks).where(*_PASSED),
    Scope.SYSTEM,
    _JOB + "what a flag has told already waits no longer",
)
TAKE_OVER_TASKS = Change(
    "take_over_tasks_of_clock",
    sa.update(_tasks)
    .where(*_PASSED)
    .values(
        kind=param("kind", _tasks.c.kind),
        subject_id=param("flag_id", _tasks.c.subject_id),
        urgency_rank=param("urgency_rank", _tasks.c.urgency_rank),
        due_at=param("due_at", _tasks.c.due_at),
        is_beyond_team=sa.or_(
            _tasks.c.is_beyond_team,
            sa.and_(sa.bindparam("asks_prescribers", type_=sa.Boolean()), _is_asked, ~_is_on_team),
        ),
    ),
    Scope.SYSTEM,
    _JOB + "the task waits for the same people, as that of the flag from now on",
)
"""If the clinic's prescribers are asked, one who has left the care team sees what waits for them beyond it."""
INSERT_EVENT_BY_CLOCK = Change(
    "insert_flag_event_by_clock",
    insert_rows(FlagEventTable),
    Scope.SYSTEM,
    _JOB + "an entry in the history of a flag that the step itself changes; it holds no text",
)
INSERT_CALL_BY_CLOCK = Change(
    "insert_roster_call_by_clock",
    insert_rows(RosterCallTable),
    Scope.SYSTEM,
    _JOB + "a call along the roster about a flag that the same step raises",
)
INSERT_TASK_BY_CLOCK = Change(
    "insert_flag_task_by_clock",
    insert_rows(
        TaskTable,
        ~(
            sa.select(_ONE)
            .where(
                _same_task.c.clinic_id == param("clinic_id", _tasks.c.clinic_id),
                _same_task.c.account_id == param("account_id", _tasks.c.account_id),
                _same_task.c.kind == sa.cast(param("kind", _tasks.c.kind), sa.String),
                _same_task.c.subject_id == param("subject_id", _tasks.c.subject_id),
            )
            .exists()
        ),
    ),
    Scope.SYSTEM,
    _JOB + "the task of somebody who is told next, beside the change of the flag that claims it",
)

TELL_BY_CLOCK = Change(
    "tell_by_clock",
    insert_rows(NotificationTable),
    Scope.SYSTEM,
    _JOB + "a message to somebody on call, beside the change of the flag that claims it; it names no chart",
)
OVERDUE_FLAGS = Read(
    "overdue_flags",
    sa.select(*_flags.c)
    .where(
        _flags.c.clinic_id == param("clinic_id", _flags.c.clinic_id),
        _flags.c.escalate_at <= param("now", _flags.c.escalate_at),
    )
    .order_by(_flags.c.escalate_at, _flags.c.id)
    .limit(PAGE_ROWS),
    FlagRow,
    Scope.SYSTEM,
    _JOB + "flags that nobody answered in time; nothing of them is told to anybody who may not see the chart",
)
ESCALATE_OVERDUE = Change(
    "escalate_overdue_flag",
    sa.update(_flags)
    .where(
        row_key(_flags),
        _flags.c.escalate_at == param("was_due_at", _flags.c.escalate_at),
        _flags.c.escalations == param("was_passed", _flags.c.escalations),
    )
    .values({name: param(name, _flags.c[name]) for name in ("state", "escalations", "escalate_at", "updated_at")}),
    Scope.SYSTEM,
    _JOB + "the claim: of two processes, and of the clock and a person, only the first changes what both read",
)
"""It leaves the version as it is, so that whoever is about to acknowledge the flag still can."""


class Reviewer(BaseModel):
    """Somebody for whom the review of a flag waits."""

    account_id: UUID


REVIEWERS_OF_FLAG = Read(
    "reviewers_of_flag",
    sa.select(_tasks.c.account_id)
    .where(
        _tasks.c.clinic_id == param("clinic_id", _tasks.c.clinic_id),
        _tasks.c.subject_id == param("flag_id", _tasks.c.subject_id),
        _tasks.c.kind == TaskKind.FLAG_TO_REVIEW,
        _tasks.c.account_id.is_not(None),
    )
    .limit(MAX_SUBSTITUTES),
    Reviewer,
    Scope.SYSTEM,
    _JOB + "who was asked to review an end already, so that the next are others; none of it is told",
)
TEAM_OF_FLAG = Read(
    "team_of_flag",
    sa.select(_team.c.account_id, _team.c.role, sa.true().label("reads_prose"))
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _team.c.clinic_id, _accounts.c.id == _team.c.account_id))
    .where(
        _team.c.clinic_id == param("clinic_id", _team.c.clinic_id),
        _team.c.patient_id == param("patient_id", _team.c.patient_id),
        is_granted_now(_team),
        _team.c.basis == CareTeamBasis.TEAM,
        _accounts.c.state == AccountState.ACTIVE,
    ),
    TeamMember,
    Scope.SYSTEM,
    _JOB + "the care team, for whom an overdue flag opens a task; none of it is told",
)
STAFF_OF_FLAG = Read(
    "staff_of_flag",
    sa.select(_accounts.c.id.label("account_id"), _accounts.c.roles, _clinics.c.owner_id)
    .join(_clinics, _clinics.c.clinic_id == _accounts.c.clinic_id)
    .where(
        _accounts.c.clinic_id == param("clinic_id", _accounts.c.clinic_id),
        _accounts.c.state == AccountState.ACTIVE,
        _accounts.c.patient_id.is_(None),
        _accounts.c.scopes.is_(None),
        after(_accounts.c.created_at, _accounts.c.id),
    )
    .order_by(_accounts.c.created_at, _accounts.c.id)
    .limit(PAGE_ROWS),
    Substitute,
    Scope.SYSTEM,
    _JOB + "supervisors and the owner, to whom an overdue flag falls; none of it is told",
)


class OpenFlag(BaseModel):
    """A flag that is not closed."""

    id: UUID


class FlagOfClock(BaseModel):
    """A flag of a source, and whether it was closed."""

    state: FlagState


FLAG_OF_CLOCK = Read(
    "flag_of_clock",
    sa.select(_flags.c.state).where(
        _flags.c.clinic_id == param("clinic_id", _flags.c.clinic_id),
        _flags.c.patient_id == param("patient_id", _flags.c.patient_id),
        _flags.c.source_id == param("source_id", _flags.c.source_id),
        _flags.c.rule == param("rule", _flags.c.rule),
    ),
    FlagOfClock,
    Scope.SYSTEM,
    _JOB + "whether what it has opened was told already; nothing of the flag is told",
)


OPEN_URGENT_FLAG = Read(
    "open_urgent_flag",
    sa.select(_flags.c.id)
    .where(
        _flags.c.clinic_id == param("clinic_id", _flags.c.clinic_id),
        _flags.c.patient_id == param("patient_id", _flags.c.patient_id),
        _flags.c.severity_rank <= max(map(rank_of, REVIEWED)),
        *(_flags.c.state != state for state in CLOSED),
    )
    .order_by(_flags.c.created_at.desc(), _flags.c.id.desc())
    .limit(1),
    OpenFlag,
    Scope.SYSTEM,
    _JOB + "whether an urgent flag of a chart is open, by which a missed check-in is urgent too (R16)",
)
