"""Statements of the worklist."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamRole, CareTeamTable
from integration_api.access.visible import in_clinic, insert_for_chart, is_granted_now, visible
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow, TaskTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after

_tasks, _team, _accounts = table_of(TaskTable), table_of(CareTeamTable), table_of(AccountTable)
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_team.c.ends_at.type)
_MAX_COUNTED = 100


class Count(BaseModel):
    """A number of tasks, up to a bound."""

    waiting: int


class ListedTask(TaskRow):
    """A task, and how many wait in all."""

    waiting: int


class TeamMember(BaseModel):
    """A member of a care team now."""

    account_id: UUID
    role: CareTeamRole


_mine = (
    in_clinic(_tasks),
    _tasks.c.account_id == _ACTOR_ID,
    visible(_tasks.c.patient_id),
    _tasks.c.opened_at <= _NOW,
)

_soonest = sa.select(_tasks.c.id).where(*_mine).order_by(_tasks.c.due_at, _tasks.c.id).limit(_MAX_COUNTED)
_waiting = sa.select(sa.func.count().label("waiting")).select_from(_soonest.subquery())

LIST_TASKS = Read(
    "list_tasks",
    sa.select(_tasks, _waiting.scalar_subquery().label("waiting"))
    .where(*_mine, after(_tasks.c.due_at, _tasks.c.id))
    .order_by(_tasks.c.due_at, _tasks.c.id)
    .limit(PAGE_ROWS),
    ListedTask,
    Scope.OWNER,
)

COUNT_TASKS = Read("count_tasks", _waiting, Count, Scope.OWNER)
"""For a page that has become empty: no row of it says how many wait."""

CURRENT_TEAM = Read(
    "current_team",
    sa.select(_team.c.account_id, _team.c.role)
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _team.c.clinic_id, _accounts.c.id == _team.c.account_id))
    .where(
        in_clinic(_team),
        visible(_team.c.patient_id),
        _team.c.patient_id == param("patient_id", _team.c.patient_id),
        is_granted_now(_team),
        _team.c.basis == CareTeamBasis.TEAM,  # whoever looks in for a few hours is nobody to wait for
        _accounts.c.state == AccountState.ACTIVE,
    ),
    TeamMember,
    Scope.OWNER,
)

TEAM_TASKS = Read(
    "team_tasks",
    sa.select(*_tasks.c)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        sa.or_(_tasks.c.kind == TaskKind.REFLECTION_TO_REVIEW, _tasks.c.kind == TaskKind.PLAN_TO_ANSWER),
    )
    .order_by(_tasks.c.due_at, _tasks.c.id)
    .limit(1000),
    TaskRow,
    Scope.OWNER,
)

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

DELETE_TASKS = Change(
    "delete_tasks",
    sa.delete(_tasks).where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
    ),
    Scope.OWNER,
)
