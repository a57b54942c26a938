"""Statements of the worklist."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.prose import is_open_to_prescribers
from integration_api.access.tables import (
    AccountState,
    AccountTable,
    CareTeamBasis,
    CareTeamRole,
    CareTeamTable,
    ClinicTable,
)
from integration_api.access.visible import (
    actor_is_current,
    in_clinic,
    insert_for_chart,
    is_granted_now,
    optional,
    visible,
)
from integration_api.resources.attention.worklist.open_task_statements import is_over, may_be_known
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow, TaskTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after

_tasks, _team, _accounts = table_of(TaskTable), table_of(CareTeamTable), table_of(AccountTable)
_clinics = table_of(ClinicTable)
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_team.c.ends_at.type)
_MAX_COUNTED = 100
MAX_SUBSTITUTES = 1000
"""Staff among whom a substitute is looked for, those who joined first."""


OF_AUTHOR = (TaskKind.NOTE_TO_SIGN, TaskKind.PLAN_TO_FINISH)
"""The kinds that are a draft of their account, and so wait for its successor if it leaves."""
OF_TEAM = tuple(kind for kind in TaskKind if kind not in (*OF_AUTHOR, TaskKind.NOTE_TO_COSIGN))
"""The kinds that wait for the whole care team, and so for its new member too."""


class Count(BaseModel):
    """A number of tasks, up to a bound."""

    waiting: int


class TeamMember(BaseModel):
    """A member of a care team now."""

    account_id: UUID
    role: CareTeamRole
    reads_prose: bool = True


class TeamTask(TaskRow):
    """A task of a care team, and whether prescribers read prose in the clinic."""

    prescribers_read: bool


class Substitute(BaseModel):
    """A member of staff to whom a task can fall if nobody is on the team."""

    account_id: UUID
    roles: list[str]
    owner_id: UUID | None


MINE = (
    in_clinic(_tasks),
    _tasks.c.account_id == _ACTOR_ID,
    sa.or_(visible(_tasks.c.patient_id), sa.and_(_tasks.c.is_beyond_team, actor_is_current())),
    _tasks.c.opened_at <= _NOW,
    ~is_over(_tasks),
    may_be_known(_tasks),
)
"""Matches the actor's open tasks: of charts that they may see, and those that fell to them beyond a care team."""

ORDER = (_tasks.c.urgency_rank, _tasks.c.due_at, _tasks.c.id)
"""The order of a worklist: the most urgent first, then what closes first."""


def counted(*guards: sa.ColumnElement[bool]) -> sa.Select[int]:
    """Return the query for the number of tasks that match, counted up to 100."""
    soonest = sa.select(_tasks.c.id).where(*guards).order_by(*ORDER).limit(_MAX_COUNTED)
    return sa.select(sa.func.count().label("waiting")).select_from(soonest.subquery())


COUNT_TASKS = Read("count_tasks", counted(*MINE), Count, Scope.OWNER)
"""For a page that has become empty: no row of it says how many wait."""

to_account = (
    _accounts,
    sa.and_(_accounts.c.clinic_id == _team.c.clinic_id, _accounts.c.id == _team.c.account_id),
)
IN_TEAM = (
    in_clinic(_team),
    visible(_team.c.patient_id),
    _team.c.patient_id == param("patient_id", _team.c.patient_id),
    is_granted_now(_team),
    _team.c.basis == CareTeamBasis.TEAM,  # whoever looks in for a few hours is nobody to wait for
    _accounts.c.state == AccountState.ACTIVE,
)
"""Matches the members of a care team now, joined `to_account`."""

READS_PROSE = sa.or_(is_open_to_prescribers(), _team.c.role != CareTeamRole.PRESCRIBER).label("reads_prose")
"""Whether a member of a care team reads its notes and reflections."""

CURRENT_TEAM = Read(
    "current_team",
    sa.select(_team.c.account_id, _team.c.role, READS_PROSE).join(*to_account).where(*IN_TEAM),
    TeamMember,
    Scope.OWNER,
)

_owner = sa.select(_clinics.c.owner_id).where(in_clinic(_clinics)).scalar_subquery()
SUBSTITUTES = Read(
    "substitutes",
    sa.select(_accounts.c.id.label("account_id"), _accounts.c.roles, _owner.label("owner_id"))
    .where(
        in_clinic(_accounts),
        actor_is_current(),
        _accounts.c.state == AccountState.ACTIVE,
        _accounts.c.patient_id.is_(None),
        _accounts.c.scopes.is_(None),
        after(_accounts.c.created_at, _accounts.c.id),
    )
    .order_by(_accounts.c.created_at, _accounts.c.id)
    .limit(PAGE_ROWS),
    Substitute,
    Scope.CLINIC,
    "whoever a task falls to is chosen by role, and sees the task alone",
)
"""The clinic's staff: the roles of an account are one value, which no index reads."""

READ_TASK = Read(
    "read_task", sa.select(_tasks).where(*MINE, _tasks.c.id == param("id", _tasks.c.id)), TaskRow, Scope.OWNER
)

TEAM_TASKS = Read(
    "team_tasks",
    sa.select(*_tasks.c, is_open_to_prescribers().label("prescribers_read"))
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        sa.or_(*(_tasks.c.kind == kind for kind in OF_TEAM)),
    )
    .order_by(*ORDER)
    .limit(1000),
    TeamTask,
    Scope.OWNER,
)

_urgency, _due, _opened = (
    param("urgency_rank", _tasks.c.urgency_rank),
    param("due_at", _tasks.c.due_at),
    param("opened_at", _tasks.c.opened_at),
)
RAISE_TASKS = Change(
    "raise_tasks",
    sa.update(_tasks)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
        _tasks.c.kind == param("kind", _tasks.c.kind),
        _tasks.c.urgency_rank > _urgency,
    )
    .values(urgency_rank=_urgency, due_at=_due, opened_at=_opened),
    Scope.OWNER,
)
"""A task that waits already becomes as urgent as it is now, and never less so."""

MOVE_TASKS = Change(
    "move_tasks",
    sa.update(_tasks)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
        _tasks.c.kind == param("kind", _tasks.c.kind),
    )
    .values(due_at=_due, opened_at=_opened),
    Scope.OWNER,
)
"""A task that waits already waits for another time from now on."""

_KIND = sa.cast(param("kind", _tasks.c.kind), sa.String)  # one type wherever the parameter stands
_same = _tasks.alias("same_task")
_is_new = ~(
    sa.select(sa.literal_column("1"))
    .where(
        in_clinic(_same),
        _same.c.patient_id == param("patient_id", _same.c.patient_id),
        _same.c.account_id == param("account_id", _same.c.account_id),
        _same.c.kind == _KIND,
        _same.c.subject_id == param("subject_id", _same.c.subject_id),
    )
    .exists()
)
_still_waits = (
    sa.select(sa.literal_column("1"))
    .where(
        in_clinic(_same),
        _same.c.patient_id == param("patient_id", _same.c.patient_id),
        _same.c.kind == _KIND,
        _same.c.subject_id == param("subject_id", _same.c.subject_id),
    )
    .exists()
)

INSERT_TASK = Change("insert_task", insert_for_chart(TaskTable, _is_new), Scope.OWNER)

COPY_TASK = Change("copy_task", insert_for_chart(TaskTable, _is_new, _still_waits), Scope.OWNER)
"""For who joins a team: only while the thing still waits for somebody."""

_kept_id = param("kept_account_id", _tasks.c.account_id)
DELETE_TASKS = Change(
    "delete_tasks",
    sa.delete(_tasks).where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
        optional(_tasks.c.kind, "only_kind"),
        _tasks.c.urgency_rank >= param("from_rank", _tasks.c.urgency_rank),
        sa.or_(_kept_id.is_(None), _tasks.c.account_id.is_(None), _tasks.c.account_id != _kept_id),
    ),
    Scope.OWNER,
)
TAKE_TASK = Change(
    "take_task",
    sa.delete(_tasks).where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.account_id == _ACTOR_ID,
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
        _tasks.c.kind == param("kind", _tasks.c.kind),
    ),
    Scope.OWNER,
)
"""The actor has begun with it, which nobody else is told."""

COMPLETE_TASKS = Change(
    "complete_tasks",
    sa.delete(_tasks).where(
        in_clinic(_tasks),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
        _tasks.c.kind == param("kind", _tasks.c.kind),
        _tasks.c.urgency_rank == param("urgency_rank", _tasks.c.urgency_rank),
        sa.or_(
            visible(_tasks.c.patient_id), sa.and_(param("is_beyond_team", _tasks.c.is_beyond_team), actor_is_current())
        ),
    ),
    Scope.OWNER,
)
"""Settle what one of its readers has done, for all of them; what became more urgent meanwhile stays."""
