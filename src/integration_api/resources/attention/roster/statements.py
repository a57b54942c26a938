"""Statements of the roster, as units of work of people run them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.tables import AccountState, AccountTable, ClinicTable
from integration_api.access.viewers import is_of_staff
from integration_api.access.visible import actor_is_current, at_version, in_clinic, insert_for_clinic
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.attention.notifications.rules import URGENT
from integration_api.resources.attention.notifications.tables import NotificationState, NotificationTable
from integration_api.resources.attention.roster.rules import MAX_SHIFTS
from integration_api.resources.attention.roster.tables import (
    CallState,
    IncidentRow,
    IncidentTable,
    RosterCallTable,
    ShiftRow,
    ShiftTable,
)
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, TaskTable, Urgency
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_shifts, _calls, _incidents = table_of(ShiftTable), table_of(RosterCallTable), table_of(IncidentTable)
_tasks = table_of(TaskTable)
_accounts, _clinics, _notifications = table_of(AccountTable), table_of(ClinicTable), table_of(NotificationTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
MAX_INCIDENTS = 20
URGENT_RANK = RANKS.index(Urgency.HIGH)
"""Tasks of this rank and of those above go along the roster."""
_ANSWERED = (TaskKind.FLAG_TO_FOLLOW, TaskKind.FLAG_TO_REVIEW)
"""Tasks of flags that somebody has acknowledged."""


def waits_urgently(tasks: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match an urgent task that nobody has answered."""
    return sa.and_(tasks.c.urgency_rank <= URGENT_RANK, *(tasks.c.kind != kind for kind in _ANSWERED))


_of_clinic = sa.select(*_shifts.c).where(in_clinic(_shifts), actor_is_current())
READ_SHIFT = Read("read_shift", _of_clinic.where(_shifts.c.id == param("id", _shifts.c.id)), ShiftRow, Scope.CLINIC)
LIST_SHIFTS = Read("list_shifts", newest_first(_of_clinic, _shifts.c.created_at, _shifts.c.id), ShiftRow, Scope.CLINIC)
STANDING = (_shifts.c.withdrawn_at.is_(None), _shifts.c.last_on >= param("since_on", _shifts.c.last_on))
"""Matches shifts that were not withdrawn and go on until this day at least."""
CAN_BE_CALLED = (_accounts.c.state == AccountState.ACTIVE, is_of_staff(_accounts))
"""Matches the accounts, joined `to_staff`, that can be on call now."""
to_staff = (
    _accounts,
    sa.and_(_accounts.c.clinic_id == _shifts.c.clinic_id, _accounts.c.id == _shifts.c.account_id),
)
STANDING_SHIFTS = Read(
    "standing_shifts",
    sa.select(*_shifts.c)
    .join(*to_staff)
    .where(
        in_clinic(_shifts),
        in_clinic(_accounts),
        actor_is_current(),
        *STANDING,
        *CAN_BE_CALLED,
    )
    .order_by(_shifts.c.last_on, _shifts.c.id)
    .limit(MAX_SHIFTS),
    ShiftRow,
    Scope.CLINIC,
)
"""Of staff whose account is active: nobody else can be reached, or may act."""
INSERT_SHIFT = Change("insert_shift", insert_for_clinic(ShiftTable), Scope.CLINIC)
WITHDRAW_SHIFT = Change(
    "withdraw_shift",
    sa.update(_shifts)
    .where(in_clinic(_shifts), actor_is_current(), *at_version(ShiftTable), _shifts.c.withdrawn_at.is_(None))
    .values(next_version(_shifts, ("withdrawn_at", "withdrawn_by_id"))),
    Scope.CLINIC,
)


class StaffOfShift(BaseModel):
    """A member of staff who can be on call, and the zone of the clinic."""

    id: UUID
    time_zone: str


STAFF_OF_SHIFT = Read(
    "staff_of_shift",
    sa.select(_accounts.c.id, _clinics.c.time_zone)
    .join(_clinics, _clinics.c.clinic_id == _accounts.c.clinic_id)
    .where(
        in_clinic(_accounts),
        in_clinic(_clinics),
        actor_is_current(),
        _accounts.c.id == param("account_id", _accounts.c.id),
        _accounts.c.state == AccountState.ACTIVE,
        is_of_staff(_accounts),
    ),
    StaffOfShift,
    Scope.CLINIC,
)
LIST_INCIDENTS = Read(
    "list_roster_incidents",
    newest_first(
        sa.select(*_incidents.c).where(in_clinic(_incidents), actor_is_current()), _incidents.c["at"], _incidents.c.id
    ),
    IncidentRow,
    Scope.CLINIC,
)


class OldestWaiting(BaseModel):
    """Since when the oldest urgent notification waits to be sent."""

    due_at: datetime


OLDEST_WAITING = Read(
    "oldest_waiting_notification",
    sa.select(_notifications.c.due_at)
    .where(
        in_clinic(_notifications),
        actor_is_current(),
        _notifications.c.state == NotificationState.PENDING,
        sa.or_(*(_notifications.c.kind == kind for kind in sorted(URGENT))),
    )
    .order_by(_notifications.c.due_at, _notifications.c.id)
    .limit(1),
    OldestWaiting,
    Scope.CLINIC,
)
_open = _calls.alias("open_call")
_subject = param("subject_id", _calls.c.subject_id)
_waits_already = (
    sa.select(_ONE)
    .where(
        in_clinic(_tasks),
        _tasks.c.subject_id == _subject,
        waits_urgently(_tasks),
        _tasks.c.opened_at < param("now", _tasks.c.opened_at),
    )
    .exists()
)
"""Matches if an urgent task about the subject waits, other than one that is opened in this step."""
_REASON = "whether an urgent task waits, of whom and about what is not read"
SETTLE_CALLS = Change(
    "settle_roster_calls",
    sa.update(_calls)
    .where(
        in_clinic(_calls),
        actor_is_current(),
        _calls.c.subject_id == _subject,
        _calls.c.state == CallState.OPEN,
        ~_waits_already,
    )
    .values(state=CallState.SETTLED, ended_at=param("now", _calls.c.ended_at)),
    Scope.CLINIC,
    _REASON,
)
"""A call whose task was done meanwhile ends, so that a new one begins with those on call."""
INSERT_CALL = Change(
    "insert_roster_call",
    insert_for_clinic(
        RosterCallTable,
        ~sa.and_(
            _waits_already,
            sa.select(_ONE)
            .where(in_clinic(_open), _open.c.subject_id == _subject, _open.c.state == CallState.OPEN)
            .exists(),
        ),
    ),
    Scope.CLINIC,
    _REASON,
)
"""While one call about the same goes along the roster, no second one does."""

END_CALLS = Change(
    "end_roster_calls",
    sa.update(_calls)
    .where(in_clinic(_calls), actor_is_current(), _calls.c.subject_id == _subject, _calls.c.state == CallState.OPEN)
    .values(state=CallState.SETTLED, ended_at=param("now", _calls.c.ended_at)),
    Scope.CLINIC,
)
INSERT_CALL_ANEW = Change("insert_roster_call_anew", insert_for_clinic(RosterCallTable), Scope.CLINIC)
"""In the place of the calls that the same step ends: its subject became worse."""


def _of_staff(row: ShiftRow, _: object) -> Iterator[Changed]:
    yield Changed("shift", row.id, Channel.STAFF)


declare(ShiftTable, _of_staff)
