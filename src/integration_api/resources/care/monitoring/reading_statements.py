"""Statements of a session that is watched: what its readings since the first dose say, in one row."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ClinicTable
from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.tables import DoseTable, VitalTable
from integration_api.resources.care.monitoring.watch_rules import LOOKS
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
    window_ends_at: datetime | None


def _newest(column: str, name: str, since: str, *fields: VitalField, until: str | None = None) -> sa.ScalarSelect[Any]:
    """Return a column of the newest reading of these fields that stands, taken since then."""
    vitals = table_of(VitalTable).alias(f"of_{name}")
    found = (
        sa.select(vitals.c[column])
        .where(
            vitals.c.clinic_id == _CLINIC_ID,
            vitals.c.patient_id == _sessions.c.patient_id,
            vitals.c.session_id == _sessions.c.id,
            sa.or_(*(vitals.c.field == field for field in fields)),
            vitals.c.withdrawn_at.is_(None),
            vitals.c.id != param("without_id", vitals.c.id),
            vitals.c.taken_at >= param(since, vitals.c.taken_at),
            *(() if until is None else (vitals.c.taken_at <= param(until, vitals.c.taken_at),)),
        )
        .order_by(vitals.c.taken_at.desc(), vitals.c.id.desc())
        .limit(1)
    )
    return found.correlate(_sessions).scalar_subquery()


_window = (
    sa.select(sa.func.max(_doses.c.altered_until))
    .where(
        _doses.c.clinic_id == _CLINIC_ID,
        _doses.c.patient_id == _sessions.c.patient_id,
        _doses.c.session_id == _sessions.c.id,
        _doses.c.withdrawn_at.is_(None),
    )
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
        _window.label("window_ends_at"),
    )
    .join(_clinics, _clinics.c.clinic_id == _sessions.c.clinic_id)
    .where(
        in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("session_id", _sessions.c.id)
    ),
    WatchedRow,
    Scope.OWNER,
)
