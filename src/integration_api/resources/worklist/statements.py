"""Statements of the worklist."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import CareTeamRole, CareTeamTable
from integration_api.access.visible import in_clinic, insert_for_chart, visible
from integration_api.core.paging import after
from integration_api.core.statements import Change, Read, Scope, param
from integration_api.core.tables import table_of
from integration_api.resources.worklist.tables import TaskRow, TaskTable

_tasks, _team = table_of(TaskTable), table_of(CareTeamTable)
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_team.c.ends_at.type)
_MOST_COUNTED = 100


class Count(BaseModel):
    """How many, up to a bound."""

    waiting: int


class TeamMember(BaseModel):
    """Who is on a care team now."""

    account_id: UUID
    role: CareTeamRole


_mine = (
    in_clinic(_tasks),
    _tasks.c.account_id == _ACTOR_ID,
    visible(_tasks.c.patient_id),
    _tasks.c.opened_at <= _NOW,
)

LIST_TASKS = Read(
    "list_tasks",
    sa.select(_tasks)
    .where(*_mine, after(_tasks.c.due_at, _tasks.c.id))
    .order_by(_tasks.c.due_at, _tasks.c.id)
    .limit(sa.bindparam("page_rows", type_=sa.Integer())),
    TaskRow,
    Scope.CHART,
)

COUNT_TASKS = Read(
    "count_tasks",
    sa.select(sa.func.count().label("waiting")).select_from(
        sa.select(_tasks.c.id).where(*_mine).limit(_MOST_COUNTED).subquery()
    ),
    Count,
    Scope.CHART,
)

CURRENT_TEAM = Read(
    "current_team",
    sa.select(_team.c.account_id, _team.c.role).where(
        in_clinic(_team),
        visible(_team.c.patient_id),
        _team.c.patient_id == param("patient_id", _team.c.patient_id),
        _team.c.ended_at.is_(None),
        sa.or_(_team.c.ends_at.is_(None), _team.c.ends_at > _NOW),
    ),
    TeamMember,
    Scope.CHART,
)

TEAM_TASKS = Read(
    "team_tasks",
    sa.select(*_tasks.c)
    .where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.kind == param("kind", _tasks.c.kind),
    )
    .order_by(_tasks.c.due_at)
    .limit(1000),
    TaskRow,
    Scope.CHART,
)

INSERT_TASK = Change("insert_task", insert_for_chart(TaskTable), Scope.CHART)

DELETE_TASKS = Change(
    "delete_tasks",
    sa.delete(_tasks).where(
        in_clinic(_tasks),
        visible(_tasks.c.patient_id),
        _tasks.c.patient_id == param("patient_id", _tasks.c.patient_id),
        _tasks.c.subject_id == param("subject_id", _tasks.c.subject_id),
    ),
    Scope.CHART,
)
