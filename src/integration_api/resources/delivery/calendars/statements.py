"""Statements of calendars: one's own address, and what a calendar program is given by it."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.binding_check import Check
from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.tables import (
    AccountState,
    AccountTable,
    CalendarRow,
    CalendarTable,
    CareTeamBasis,
    CareTeamTable,
)
from integration_api.access.visible import actor_is_current, at_version, in_clinic, insert_for_clinic, is_granted_now
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.tables import ArcWindowTable
from integration_api.resources.care.sessions.tables import SessionState, SessionTable
from integration_api.resources.delivery.calendars.rules import (
    MAX_OF_CASE_LOAD,
    MAX_SESSIONS,
    MAX_STRATEGIES,
    MAX_WINDOWS,
)
from integration_api.resources.journal.plans.tables import PlanState, PlanTable, StrategyTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, next_version, param, row_key
from integration_api.storage.tables import table_of

_calendars, _accounts, _patients = table_of(CalendarTable), table_of(AccountTable), table_of(PatientTable)
_sessions, _team = table_of(SessionTable), table_of(CareTeamTable).alias("calendar_team")
_plans, _strategies, _windows = table_of(PlanTable), table_of(StrategyTable), table_of(ArcWindowTable)
_me = sa.bindparam("actor_id", type_=sa.Uuid())
_mine = sa.and_(in_clinic(_calendars), actor_is_current(), _calendars.c.id == _me)
_CALLER = "a calendar program, which sends no header: "

READ_CALENDAR = Read("read_calendar", sa.select(*_calendars.c).where(_mine), CalendarRow, Scope.CLINIC)
INSERT_CALENDAR = Change("insert_calendar", insert_for_clinic(CalendarTable), Scope.CLINIC)
ROTATE_CALENDAR = Change(
    "rotate_calendar",
    sa.update(_calendars)
    .where(_mine, *at_version(CalendarTable))
    .values(next_version(_calendars, ("epoch", "secret_digest", "binding"))),
    Scope.CLINIC,
)
DELETE_CALENDAR = Change("delete_calendar", sa.delete(_calendars).where(_mine), Scope.CLINIC)
CHECK_CALENDARS = Check(CalendarTable)


class CalendarOfAccount(BaseModel):
    """An address, as its binding covers it, and how its patient's clock is set; no time zone for staff."""

    clinic_id: UUID
    id: UUID
    epoch: int
    secret_digest: bytes
    binding: bytes
    time_zone: str | None


CALENDAR_OF_SECRET = Read(
    "calendar_of_secret",
    sa.select(
        *(_calendars.c[name] for name in CalendarOfAccount.model_fields if name != "time_zone"), _patients.c.time_zone
    )
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _calendars.c.clinic_id, _accounts.c.id == _calendars.c.id))
    .outerjoin(
        _patients,
        sa.and_(_patients.c.clinic_id == _accounts.c.clinic_id, _patients.c.id == _accounts.c.patient_id),
    )
    .where(row_key(_calendars)),
    CalendarOfAccount,
    Scope.SYSTEM,
    _CALLER + "finds the address that the secret names; its digest is compared",
)
ACCOUNT_OF_CALENDAR = Read(
    "account_of_calendar",
    sa.select(*BOUND_ACCOUNT).where(
        row_key(_accounts),
        _accounts.c.state == AccountState.ACTIVE,
        _accounts.c.epoch == param("epoch", _accounts.c.epoch),
    ),
    BoundAccount,
    Scope.SYSTEM,
    _CALLER + "the account of an address, for its roles",
)


class SessionTime(BaseModel):
    """When a session is, and nothing else of it."""

    id: UUID
    version: int
    updated_at: datetime
    state: SessionState
    planned_start_at: datetime
    planned_end_at: datetime | None


_clinic_id = param("clinic_id", _sessions.c.clinic_id)
_shown = (
    _sessions.c.clinic_id == _clinic_id,
    _sessions.c.planned_start_at >= param("first_at", _sessions.c.planned_start_at),
    _sessions.c.planned_start_at < param("until_at", _sessions.c.planned_start_at),
)
_in_order = (_sessions.c.planned_start_at, _sessions.c.id)
_times = sa.select(*(_sessions.c[name] for name in SessionTime.model_fields))
TIMES_OF_PATIENT = Read(
    "session_times_of_patient",
    _times.where(*_shown, _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id))
    .order_by(*_in_order)
    .limit(MAX_SESSIONS),
    SessionTime,
    Scope.SYSTEM,
    _CALLER + "times of the chart that is the account's own",
)
_charts = sa.select(_team.c.patient_id).where(
    _team.c.clinic_id == _clinic_id,
    _team.c.account_id == param("account_id", _team.c.account_id),
    _team.c.basis == CareTeamBasis.TEAM,
    is_granted_now(_team),
)
_of_case_load = _times.where(*_shown, _sessions.c.patient_id.in_(_charts)).limit(MAX_OF_CASE_LOAD).subquery()
TIMES_OF_CASE_LOAD = Read(
    "session_times_of_case_load",
    sa.select(*_of_case_load.c).order_by(_of_case_load.c.planned_start_at, _of_case_load.c.id).limit(MAX_SESSIONS),
    SessionTime,
    Scope.SYSTEM,
    _CALLER + "times in charts on whose care team the account is now",
)
"""By way of the case load: a clinic has many more sessions. It sorts those of seven months, and keeps the earliest.

The inner limit is beyond any case load. It keeps a database from walking the clinic's calendar to save the sort.
"""


class Scheduled(BaseModel):
    """The schedule of a strategy, and nothing else of it."""

    id: UUID
    version: int
    updated_at: datetime
    schedule: str
    starts_on: date
    duration_minutes: int | None


SCHEDULES_OF_PATIENT = Read(
    "schedules_of_patient",
    sa.select(*(_strategies.c[name] for name in Scheduled.model_fields))
    .join(
        _plans,
        sa.and_(
            _plans.c.clinic_id == _strategies.c.clinic_id,
            _plans.c.patient_id == _strategies.c.patient_id,
            _plans.c.id == _strategies.c.plan_id,
        ),
    )
    .where(
        _strategies.c.clinic_id == _clinic_id,
        _strategies.c.patient_id == param("patient_id", _strategies.c.patient_id),
        _strategies.c.schedule.is_not(None),
        _strategies.c.removed_at.is_(None),
        _plans.c.state == PlanState.ACTIVE,
    )
    .order_by(_strategies.c.plan_id, _strategies.c.created_at, _strategies.c.id)
    .limit(MAX_STRATEGIES),
    Scheduled,
    Scope.SYSTEM,
    _CALLER + "schedules of agreed plans in the chart that is the account's own",
)


class WindowTime(BaseModel):
    """When a patient is asked something, and nothing else of it."""

    id: UUID
    version: int
    updated_at: datetime
    due_at: datetime


WINDOWS_OF_PATIENT = Read(
    "window_times_of_patient",
    sa.select(*(_windows.c[name] for name in WindowTime.model_fields))
    .where(
        _windows.c.clinic_id == _clinic_id,
        _windows.c.patient_id == param("patient_id", _windows.c.patient_id),
        _windows.c.state == ArcState.OPEN,
        _windows.c.due_at >= param("first_at", _windows.c.due_at),
        _windows.c.due_at < param("until_at", _windows.c.due_at),
    )
    .order_by(_windows.c.due_at, _windows.c.id)
    .limit(MAX_WINDOWS),
    WindowTime,
    Scope.SYSTEM,
    _CALLER + "times at which the patient of the account is asked something",
)
