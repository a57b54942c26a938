"""Statements of vitals."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.visible import (
    actor_is_current,
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    optional,
    update_in_chart,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.dose_clock_statements import clock_columns
from integration_api.resources.care.doses.dose_clocks import ClockedRow
from integration_api.resources.care.doses.tables import DoseTable, VitalRow, VitalTable
from integration_api.resources.care.doses.watch_rules import DISSOCIATION, LOOKS
from integration_api.resources.care.monitoring.schemas import MAX_READINGS
from integration_api.resources.care.sessions.tables import Modality, Phase, SessionState, SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between, oldest_first

_vitals, _sessions = table_of(VitalTable), table_of(SessionTable)
_before = _vitals.alias("baseline")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())

IDS = tuple(f"id_{n}" for n in range(MAX_READINGS))
"""The parameters of the Statements that look for the readings of an upload."""
_named = _vitals.c.id.in_([param(name, _vitals.c.id) for name in IDS])


class MonitoredRow(ClockedRow):
    """A session, the doses of it that stand, and its baseline."""

    id: UUID
    patient_id: UUID
    phase: Phase
    state: SessionState
    modality: Modality
    planned_start_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    patient_left_at: datetime | None
    first_dose_at: datetime | None
    baseline_id: UUID | None
    baseline_at: datetime | None
    baseline_systolic: float | None
    cadss_before: float | None
    cadss_6_before: float | None
    dissociation_before: float | None


class LastRow(BaseModel):
    """The last reading of a field."""

    id: UUID
    field: VitalField
    taken_at: datetime
    value: float | None
    diastolic: float | None


class IdRow(BaseModel):
    """An id that is in use."""

    id: UUID


def first_dose_of_session(name: str) -> sa.ScalarSelect[Any]:
    """Return when the first dose of a session that stands was given, in a Statement of `sessions`."""
    doses = table_of(DoseTable).alias(f"of_{name}")
    return (
        sa.select(doses.c.given_at)
        .where(
            doses.c.clinic_id == _CLINIC_ID,
            doses.c.patient_id == _sessions.c.patient_id,
            doses.c.session_id == _sessions.c.id,
            doses.c.withdrawn_at.is_(None),
        )
        .order_by(doses.c.given_at, doses.c.id)
        .limit(1)
        .correlate(_sessions)
        .scalar_subquery()
    )


def _baseline(column: str, field: VitalField = VitalField.BLOOD_PRESSURE) -> sa.ScalarSelect[Any]:
    """Return a column of the last blood pressure, or the last reading of another field, before the first dose."""
    return (
        sa.select(_before.c[column])
        .where(
            _before.c.clinic_id == _CLINIC_ID,
            _before.c.patient_id == _sessions.c.patient_id,
            _before.c.session_id == _sessions.c.id,
            _before.c.field == field,
            _before.c.withdrawn_at.is_(None),
            _before.c.taken_at < first_dose_of_session(f"baseline_{field}_{column}"),
        )
        .order_by(_before.c.taken_at.desc(), _before.c.id.desc())
        .limit(1)
        .correlate(_sessions)
        .scalar_subquery()
    )


MONITORED = (
    _sessions.c.id,
    _sessions.c.patient_id,
    _sessions.c.phase,
    _sessions.c.modality,
    _sessions.c.planned_start_at,
    _sessions.c.started_at,
    _sessions.c.ended_at,
    _sessions.c.patient_left_at,
    first_dose_of_session("first_dose_at").label("first_dose_at"),
    *clock_columns(_CLINIC_ID),
    _baseline("id").label("baseline_id"),
    _baseline("taken_at").label("baseline_at"),
    _baseline("value").label("baseline_systolic"),
    _baseline("value", VitalField.CADSS).label("cadss_before"),
    _baseline("value", VitalField.CADSS_6).label("cadss_6_before"),
    _baseline("value", VitalField.DISSOCIATION).label("dissociation_before"),
)
"""The columns of a `MonitoredRow` but for its state, in a Statement of `sessions`."""
READ_MONITORED = Read(
    "read_monitored_session",
    sa.select(*MONITORED, _sessions.c.state).where(
        in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("session_id", _sessions.c.id)
    ),
    MonitoredRow,
    Scope.OWNER,
)
LIST_VITALS = Read(
    "list_vitals",
    list_by_chart(
        VitalTable,
        "taken_at",
        _vitals.c.session_id == param("session_id", _vitals.c.session_id),
        optional(_vitals.c.field),
        _vitals.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
        between(_vitals.c.taken_at, "taken_after", "taken_before", is_ascending=True),
        in_order=oldest_first,
    ),
    VitalRow,
    Scope.OWNER,
)
READ_VITAL = Read(
    "read_vital", chart_rows(VitalTable).where(_vitals.c.id == param("id", _vitals.c.id)), VitalRow, Scope.OWNER
)
RISEN_PRESSURES = Read(
    "risen_pressures",
    chart_rows(VitalTable)
    .where(
        _vitals.c.patient_id == param("patient_id", _vitals.c.patient_id),
        _vitals.c.session_id == param("session_id", _vitals.c.session_id),
        _vitals.c.field == VitalField.BLOOD_PRESSURE,
        _vitals.c.withdrawn_at.is_(None),
        _vitals.c.taken_at >= param("first_dose_at", _vitals.c.taken_at),
        _vitals.c.value >= param("risen_to", _vitals.c.value),
    )
    .limit(1),
    VitalRow,
    Scope.OWNER,
)
"""A blood pressure since the first dose that is critical over a baseline which came later."""
BASELINE_WITHOUT = Read(
    "baseline_without",
    chart_rows(VitalTable)
    .where(
        _vitals.c.patient_id == param("patient_id", _vitals.c.patient_id),
        _vitals.c.session_id == param("session_id", _vitals.c.session_id),
        _vitals.c.field == VitalField.BLOOD_PRESSURE,
        _vitals.c.withdrawn_at.is_(None),
        _vitals.c.taken_at < param("first_dose_at", _vitals.c.taken_at),
        _vitals.c.id != param("id", _vitals.c.id),
    )
    .order_by(_vitals.c.taken_at.desc(), _vitals.c.id.desc())
    .limit(1),
    VitalRow,
    Scope.OWNER,
)
"""The baseline that takes the place of a reading that is withdrawn."""
VITALS_OF_UPLOAD = Read(
    "vitals_of_upload",
    chart_rows(VitalTable)
    .where(_named, _vitals.c.session_id == param("session_id", _vitals.c.session_id))
    .limit(MAX_READINGS),
    VitalRow,
    Scope.OWNER,
)
_LAST = (*LOOKS, *DISSOCIATION)
"""The fields whose last reading says how the patient is."""


def _last_of(field: VitalField) -> sa.Select[Any]:
    return (
        sa.select(_vitals.c.id, _vitals.c.field, _vitals.c.taken_at, _vitals.c.value, _vitals.c.diastolic)
        .where(
            in_clinic(_vitals),
            visible(_vitals.c.patient_id),
            _vitals.c.session_id == param("session_id", _vitals.c.session_id),
            _vitals.c.field == field,
            _vitals.c.withdrawn_at.is_(None),
            _vitals.c.id != param("without_id", _vitals.c.id),
        )
        .order_by(_vitals.c.taken_at.desc(), _vitals.c.id.desc())
        .limit(1)
    )


_last = sa.union_all(*(sa.select(*_last_of(field).subquery().c) for field in _LAST)).subquery("last_readings")
LAST_READINGS = Read("last_readings_of_session", sa.select(*_last.c), LastRow, Scope.OWNER)
"""Of each field of `_LAST`, the last reading of a session that stands, but for one."""
_elsewhere = sa.union_all(
    *(
        sa.select(_vitals.c.id).where(
            in_clinic(_vitals),
            _vitals.c.id == param(name, _vitals.c.id),
            _vitals.c.session_id != param("session_id", _vitals.c.session_id),
        )
        for name in IDS
    )
).subquery()
"""One by one, as SQLite reads every reading of the clinic for a long list of ids."""
TAKEN_ELSEWHERE = Read(
    "vital_ids_taken_elsewhere",
    sa.select(_elsewhere.c.id).where(actor_is_current()).limit(MAX_READINGS),
    IdRow,
    Scope.CLINIC,
    "tells no more than that an id that the caller sent is in use, as a refused insert would",
)
INSERT_VITAL = Change("insert_vital", insert_for_chart(VitalTable), Scope.OWNER)
WITHDRAW_VITAL = Change(
    "withdraw_vital",
    update_in_chart(
        VitalTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _vitals.c.withdrawn_at.is_(None)
    ),
    Scope.OWNER,
)


def _of_session(row: VitalRow, _: object = None) -> tuple[Changed]:
    """Tell of a reading as of the vitals of its session."""
    return (Changed("vitals", row.session_id, Channel.CHART, row.patient_id),)


declare(VitalTable, _of_session)
