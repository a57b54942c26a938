"""Statements of the job that goes along the roster. It has no actor, and names the clinic itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountState, AccountTable, ClinicTable
from integration_api.ledger.statements import next_clinic
from integration_api.resources.attention.roster.statements import waits_urgently
from integration_api.resources.attention.roster.tables import (
    CallState,
    RosterCallTable,
    ShiftTable,
)
from integration_api.resources.attention.worklist.tables import TaskRow, TaskTable
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_calls, _shifts = table_of(RosterCallTable), table_of(ShiftTable)
_tasks, _accounts, _clinics = table_of(TaskTable), table_of(AccountTable), table_of(ClinicTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_NOW = sa.bindparam("now", type_=_calls.c.due_at.type)
_clinic_id = param("clinic_id", _calls.c.clinic_id)
_JOB = "run by the job that goes along the roster: ids and times, and nothing of a chart"

NEXT_CALLING_CLINIC = next_clinic(_calls)
NEXT_ROSTER_CLINIC = next_clinic(_shifts)


class DueCall(BaseModel):
    """A call whose next step is due, and whether what it is about still waits."""

    clinic_id: UUID
    id: UUID
    subject_id: UUID
    told: int
    due_at: datetime
    answer_by: datetime
    is_waiting: bool


_still_waits = (
    sa.select(_ONE)
    .where(
        _tasks.c.clinic_id == _clinic_id,
        _tasks.c.subject_id == _calls.c.subject_id,
        waits_urgently(_tasks),
    )
    .exists()
)
DUE_CALLS = Read(
    "due_roster_calls",
    sa.select(
        *(_calls.c[name] for name in ("clinic_id", "id", "subject_id", "told", "due_at", "answer_by")),
        _still_waits.label("is_waiting"),
    )
    .where(_calls.c.clinic_id == _clinic_id, _calls.c.state == CallState.OPEN, _calls.c.due_at <= _NOW)
    .order_by(_calls.c.due_at, _calls.c.id)
    .limit(PAGE_ROWS),
    DueCall,
    Scope.SYSTEM,
    _JOB,
)
MOVE_CALL = Change(
    "move_roster_call",
    sa.update(_calls)
    .where(row_key(_calls), _calls.c.state == CallState.OPEN, _calls.c.told == param("expected_told", _calls.c.told))
    .values({name: param(name, _calls.c[name]) for name in ("told", "due_at", "state", "ended_at")}),
    Scope.SYSTEM,
    _JOB,
)
"""Of two processes that take the same step, the second finds another one."""
HURRY_CALL = Change(
    "hurry_roster_call",
    sa.update(_calls)
    .where(row_key(_calls), _calls.c.state == CallState.OPEN, _calls.c.due_at > _NOW)
    .values(due_at=_NOW),
    Scope.SYSTEM,
    _JOB,
)
"""The next are told at once, since a message did not arrive."""


class OpenCall(BaseModel):
    """A call that goes along the roster."""

    id: UUID


OPEN_CALL = Read(
    "open_roster_call",
    sa.select(_calls.c.id).where(row_key(_calls), _calls.c.state == CallState.OPEN),
    OpenCall,
    Scope.SYSTEM,
    _JOB,
)


class ChainEnd(BaseModel):
    """A clinic, as the end of its chain needs it: its owner, if that account is active."""

    owner_id: UUID | None
    policies: Mapping[str, int]


_owner = (
    sa.select(_accounts.c.id)
    .where(
        _accounts.c.clinic_id == _clinic_id,
        _accounts.c.id == _clinics.c.owner_id,
        _accounts.c.state == AccountState.ACTIVE,
    )
    .correlate(_clinics)
    .scalar_subquery()
    .label("owner_id")
)
CHAIN_END = Read(
    "chain_end_of_clinic",
    sa.select(_owner, _clinics.c.policies).where(_clinics.c.clinic_id == _clinic_id),
    ChainEnd,
    Scope.SYSTEM,
    _JOB,
)
_subject_id = param("subject_id", _tasks.c.subject_id)
MAX_OF_SUBJECT = 200
"""The tasks about one subject that are looked at: more than a care team has."""
CALLED_TASKS = Read(
    "tasks_of_roster_call",
    sa.select(*_tasks.c)
    .where(_tasks.c.clinic_id == _clinic_id, _tasks.c.subject_id == _subject_id, waits_urgently(_tasks))
    .limit(MAX_OF_SUBJECT),
    TaskRow,
    Scope.SYSTEM,
    "run by the job that goes along the roster: what waits, for who is called; nothing of it is sent",
)
_same, _waiting = _tasks.alias("task_of_called"), _tasks.alias("waiting_task")
INSERT_CALLED_TASK = Change(
    "insert_task_of_roster_call",
    insert_rows(
        TaskTable,
        ~sa.select(_ONE)
        .where(
            _same.c.clinic_id == _clinic_id,
            _same.c.account_id == param("account_id", _tasks.c.account_id),
            _same.c.subject_id == _subject_id,
            waits_urgently(_same),
        )
        .exists(),
        sa.select(_ONE)
        .where(_waiting.c.clinic_id == _clinic_id, _waiting.c.subject_id == _subject_id, waits_urgently(_waiting))
        .exists(),
    ),
    Scope.SYSTEM,
    "run by the job that goes along the roster: the task of somebody who is called, as long as it waits for others",
)
"""People beyond the care team have it too: it names the chart, which emergency access opens."""
