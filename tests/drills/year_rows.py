"""The reads of a simulated year in the database: when something is due next, and all that was kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.resources.attention.flags.clock_statements import RAISED_BY_CLOCK
from integration_api.resources.attention.flags.rules import ContactResult, FlagEventKind, FlagState, HoldUntil
from integration_api.resources.attention.flags.tables import FlagEventTable, FlagTable
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.tables import NotificationState, NotificationTable
from integration_api.resources.attention.roster.tables import CallState, IncidentKind, IncidentTable, RosterCallTable
from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.tables import ArcWindowTable
from integration_api.resources.care.sessions.tables import Phase, SessionTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_flags, _events, _tasks = table_of(FlagTable), table_of(FlagEventTable), table_of(TaskTable)
_calls, _incidents = table_of(RosterCallTable), table_of(IncidentTable)
_sessions = table_of(SessionTable)
_told, _windows = table_of(NotificationTable), table_of(ArcWindowTable)
_WHY = "a drill looks at what was kept"


def _first(column: sa.ColumnElement[Any], table: sa.FromClause, *conditions: sa.ColumnElement[bool]) -> Any:
    of_clinic = table.c.clinic_id == param("clinic_id", table.c.clinic_id)
    return sa.select(sa.func.min(column)).where(of_clinic, *conditions).scalar_subquery()


class NextDue(BaseModel):
    """When the jobs have something to do next, of each kind."""

    flag: datetime | None
    task: datetime | None
    call: datetime | None
    told: datetime | None

    @property
    def first(self) -> datetime | None:
        """The first of them."""
        return min((at for at in (self.flag, self.task, self.call, self.told) if at is not None), default=None)


NEXT_DUE = Read(
    "test_next_due",
    sa.select(
        _first(_flags.c.escalate_at, _flags, _flags.c.escalate_at.is_not(None)).label("flag"),
        _first(_tasks.c.opened_at, _tasks, sa.or_(*(_tasks.c.kind == kind for kind in RAISED_BY_CLOCK))).label("task"),
        _first(_calls.c.due_at, _calls, _calls.c.state == CallState.OPEN).label("call"),
        _first(_told.c.due_at, _told, _told.c.state == NotificationState.PENDING).label("told"),
    ),
    NextDue,
    Scope.SYSTEM,
    _WHY,
)


class KeptFlag(BaseModel):
    """One flag."""

    id: UUID
    patient_id: UUID
    rule: str
    source_id: UUID
    episode_id: UUID
    severity_rank: int
    state: FlagState
    alerted_at: datetime
    acknowledge_due_at: datetime
    contact_due_at: datetime
    escalations: int
    dose_hold: HoldUntil | None
    hold_ended_at: datetime | None


class KeptSession(BaseModel):
    """One dosing session, and from when until when it went on."""

    patient_id: UUID
    started_at: datetime | None
    ended_at: datetime | None


class KeptEvent(BaseModel):
    """One entry of a flag's history."""

    id: UUID
    flag_id: UUID
    at: datetime
    kind: FlagEventKind
    reached: ContactResult | None


class KeptWindow(BaseModel):
    """One window of the arc."""

    id: UUID
    patient_id: UUID
    session_id: UUID
    step_id: str
    kind: ArcKind
    dose_at: datetime
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    state: ArcState
    settled_at: datetime | None


class KeptTold(BaseModel):
    """One notification."""

    id: UUID
    account_id: UUID
    kind: NotificationKind
    subject_id: UUID | None
    created_at: datetime
    due_at: datetime
    state: NotificationState


class KeptCall(BaseModel):
    """One call along the roster."""

    id: UUID
    subject_id: UUID
    created_at: datetime
    due_at: datetime
    state: CallState


class KeptIncident(BaseModel):
    """One failure of the chain."""

    id: UUID
    kind: IncidentKind
    subject_id: UUID | None
    starts_at: datetime | None


class EscalatedFlag(BaseModel):
    """A flag, or its proposed end, that was escalated and waits, and one of those for whom it does."""

    id: UUID
    escalations: int
    account_id: UUID | None


def _all(into: type[Any], table: sa.FromClause, *conditions: sa.ColumnElement[bool]) -> Read[Any]:
    of_clinic = table.c.clinic_id == param("clinic_id", table.c.clinic_id)
    query = sa.select(*(table.c[name] for name in into.model_fields)).where(of_clinic, *conditions)
    return Read(f"test_all_{into.__name__}", query, into, Scope.SYSTEM, _WHY)


FLAGS: Read[KeptFlag] = _all(KeptFlag, _flags)
SESSIONS: Read[KeptSession] = _all(KeptSession, _sessions, _sessions.c.phase == Phase.DOSING)
EVENTS: Read[KeptEvent] = _all(KeptEvent, _events)
WINDOWS: Read[KeptWindow] = _all(KeptWindow, _windows)
TOLD: Read[KeptTold] = _all(KeptTold, _told)
CALLS: Read[KeptCall] = _all(KeptCall, _calls)
INCIDENTS: Read[KeptIncident] = _all(KeptIncident, _incidents)
ALERTED = Read(
    "test_flags_alerted",
    sa.select(*(_flags.c[name] for name in KeptFlag.model_fields))
    .where(
        _flags.c.clinic_id == param("clinic_id", _flags.c.clinic_id),
        _flags.c.alerted_at > param("since", _flags.c.alerted_at),
    )
    .order_by(_flags.c.alerted_at, _flags.c.id),
    KeptFlag,
    Scope.SYSTEM,
    _WHY,
)
ESCALATED = Read(
    "test_flags_escalated",
    sa.select(_flags.c.id, _flags.c.escalations, _tasks.c.account_id)
    .outerjoin(
        _tasks,
        sa.and_(
            _tasks.c.clinic_id == _flags.c.clinic_id,
            _tasks.c.subject_id == _flags.c.id,
            sa.or_(
                sa.and_(_flags.c.state == FlagState.ESCALATED, _tasks.c.kind == TaskKind.FLAG_RAISED),
                sa.and_(_flags.c.state == FlagState.AWAITING_REVIEW, _tasks.c.kind == TaskKind.FLAG_TO_REVIEW),
            ),
        ),
    )
    .where(
        _flags.c.clinic_id == param("clinic_id", _flags.c.clinic_id),
        sa.or_(_flags.c.state == FlagState.ESCALATED, _flags.c.state == FlagState.AWAITING_REVIEW),
        _flags.c.escalations > 0,
    ),
    EscalatedFlag,
    Scope.SYSTEM,
    _WHY,
)
