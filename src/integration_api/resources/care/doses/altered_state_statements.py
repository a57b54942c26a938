"""Statements of the altered-state window, and what other rows of a chart read of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_doses = table_of(DoseTable).alias("altering")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_doses.c.given_at.type)


class HeldRow(BaseModel):
    """The end of the window that is open now; null if none is."""

    altered_until: datetime | None


def _standing(patient_id: sa.ColumnElement[Any], at: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the doses of a chart that were given by this time and stand."""
    return (
        _doses.c.clinic_id == _CLINIC_ID,
        _doses.c.patient_id == patient_id,
        _doses.c.withdrawn_at.is_(None),
        _doses.c.given_at <= at,
    )


def last_dose_at(table: sa.Table, at: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return when the last dose before `at` was given, in a Statement of this table of a chart."""
    return (
        sa.select(_doses.c.given_at)
        .where(*_standing(table.c.patient_id, at))
        .order_by(_doses.c.given_at.desc(), _doses.c.id.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )


def is_altered(table: sa.Table, at: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether `at` lies in the window of a dose, in a Statement of this table of a chart."""
    return (
        sa.select(sa.literal_column("1"))
        .where(*_standing(table.c.patient_id, at), _doses.c.altered_until > at)
        .correlate(table)
        .exists()
    )


def held_until(table: sa.Table) -> sa.ScalarSelect[Any]:
    """Return when the window that is open now ends, in a Statement of this table of a chart; null if none is."""
    return (
        sa.select(sa.func.max(_doses.c.altered_until))
        .where(*_standing(table.c.patient_id, _NOW), _doses.c.altered_until > _NOW)
        .correlate(table)
        .scalar_subquery()
    )


READ_ALTERED_STATE = Read(
    "read_altered_state",
    sa.select(sa.func.max(_doses.c.altered_until).label("altered_until")).where(
        in_clinic(_doses),
        visible(_doses.c.patient_id),
        _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
        _doses.c.withdrawn_at.is_(None),
        _doses.c.given_at <= _NOW,
        _doses.c.altered_until > _NOW,
    ),
    HeldRow,
    Scope.OWNER,
)
