"""Statements of a session that is watched: what its readings and its observer say, in one row."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ClinicTable
from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.observer_words import Responds
from integration_api.resources.care.doses.tables import DoseTable, ObserverCheckTable, VitalTable
from integration_api.resources.care.doses.watch_rules import DISSOCIATION, LOOKS
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_sessions, _clinics, _doses = table_of(SessionTable), table_of(ClinicTable), table_of(DoseTable)
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())


class WatchedRow(BaseModel):
    """The newest readings of a session that its watch looks at, and until when it is watched."""

    policies: dict[str, int]
    looked_at: datetime | None
    pressure_at: datetime | None
    oxygen_at: datetime | None
    sedation_at: datetime | None
    sedation: float | None
    seen_pressure_at: datetime | None
    seen_oxygen_at: datetime | None
    responded_at: datetime | None
    responds: Responds | None
    cadss_before_at: datetime | None
    cadss_before: float | None
    cadss_6_before_at: datetime | None
    cadss_6_before: float | None
    dissociation_before_at: datetime | None
    dissociation_before: float | None
    cadss_since_at: datetime | None
    cadss_since: float | None
    cadss_6_since_at: datetime | None
    cadss_6_since: float | None
    dissociation_since_at: datetime | None
    dissociation_since: float | None
    window_ends_at: datetime | None


def _of_session(table: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        table.c.clinic_id == _CLINIC_ID,
        table.c.patient_id == _sessions.c.patient_id,
        table.c.session_id == _sessions.c.id,
    )


def _last(table: sa.FromClause, column: str, *matches: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    """Return a column of the newest row of a session that matches."""
    found = (
        sa.select(table.c[column])
        .where(*_of_session(table), *matches)
        .order_by(table.c.taken_at.desc(), table.c.id.desc())
        .limit(1)
    )
    return found.correlate(_sessions).scalar_subquery()


def _newest(column: str, name: str, since: str, *fields: VitalField, until: str | None = None) -> sa.ScalarSelect[Any]:
    """Return a column of the newest reading of these fields that stands, taken since then."""
    vitals = table_of(VitalTable).alias(f"of_{name}")
    return _last(
        vitals,
        column,
        sa.or_(*(vitals.c.field == field for field in fields)),
        vitals.c.withdrawn_at.is_(None),
        vitals.c.id != param("without_id", vitals.c.id),
        vitals.c.taken_at >= param(since, vitals.c.taken_at),
        *(() if until is None else (vitals.c.taken_at <= param(until, vitals.c.taken_at),)),
    )


def _before(column: str, name: str, field: VitalField) -> sa.ScalarSelect[Any]:
    """Return a column of the last reading of a field before the first dose."""
    vitals = table_of(VitalTable).alias(f"of_{name}")
    return _last(
        vitals,
        column,
        vitals.c.field == field,
        vitals.c.withdrawn_at.is_(None),
        vitals.c.id != param("without_id", vitals.c.id),
        vitals.c.taken_at < param("first_dose_at", vitals.c.taken_at),
    )


def _seen(column: str, name: str, since: str, has: str | None = None, until: str | None = None) -> sa.ScalarSelect[Any]:
    """Return a column of the newest check of an observer since then; of those that have a number, if it is named."""
    checks = table_of(ObserverCheckTable).alias(f"of_{name}")
    return _last(
        checks,
        column,
        checks.c.taken_at >= param(since, checks.c.taken_at),
        *(() if has is None else (checks.c[has].is_not(None),)),
        *(() if until is None else (checks.c.taken_at <= param(until, checks.c.taken_at),)),
    )


def _scores() -> Iterator[sa.Label[Any]]:
    """Yield the last score of each scale of dissociation before the first dose, and since, with its time."""
    for field in DISSOCIATION:
        before, since = f"{field}_before", f"{field}_since"
        yield _before("taken_at", f"{before}_at", field).label(f"{before}_at")
        yield _before("value", before, field).label(before)
        yield _newest("taken_at", f"{since}_at", "first_dose_at", field).label(f"{since}_at")
        yield _newest("value", since, "first_dose_at", field).label(since)


_window = (
    sa.select(sa.func.max(_doses.c.altered_until))
    .where(*_of_session(_doses), _doses.c.withdrawn_at.is_(None))
    .correlate(_sessions)
    .scalar_subquery()
)
_pressure, _oxygen, _sedation = VitalField.BLOOD_PRESSURE, VitalField.SPO2, VitalField.MOAAS
READ_WATCHED_READINGS = Read(
    "read_watched_readings",
    sa.select(
        _clinics.c.policies,
        _newest("taken_at", "look", "first_dose_at", *LOOKS).label("looked_at"),
        _newest("taken_at", "pressure", "pressure_from", _pressure, until="pressure_until").label("pressure_at"),
        _newest("taken_at", "oxygen", "first_dose_at", _oxygen).label("oxygen_at"),
        _newest("taken_at", "sedation_time", "last_dose_at", _sedation).label("sedation_at"),
        _newest("value", "sedation", "last_dose_at", _sedation).label("sedation"),
        _seen("taken_at", "seen_pressure", "pressure_from", "systolic", "pressure_until").label("seen_pressure_at"),
        _seen("taken_at", "seen_oxygen", "first_dose_at", "spo2").label("seen_oxygen_at"),
        _seen("taken_at", "response_time", "last_dose_at").label("responded_at"),
        _seen("responds", "response", "last_dose_at").label("responds"),
        *_scores(),
        _window.label("window_ends_at"),
    )
    .join(_clinics, _clinics.c.clinic_id == _sessions.c.clinic_id)
    .where(
        in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("session_id", _sessions.c.id)
    ),
    WatchedRow,
    Scope.OWNER,
)


class LooksAround(BaseModel):
    """When readings of `LOOKS` were taken before a time and after it."""

    previous_at: datetime | None
    following_at: datetime | None


_next = table_of(VitalTable).alias("of_next")
_following = (
    sa.select(sa.func.min(_next.c.taken_at))
    .where(
        *_of_session(_next),
        sa.or_(*(_next.c.field == field for field in LOOKS)),
        _next.c.withdrawn_at.is_(None),
        _next.c.id != param("without_id", _next.c.id),
        _next.c.taken_at >= param("taken_at", _next.c.taken_at),
    )
    .correlate(_sessions)
    .scalar_subquery()
)
LOOKS_AROUND = Read(
    "readings_around_one",
    sa.select(
        _newest("taken_at", "previous", "first_dose_at", *LOOKS, until="taken_at").label("previous_at"),
        _following.label("following_at"),
    ).where(
        in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("session_id", _sessions.c.id)
    ),
    LooksAround,
    Scope.OWNER,
)
