"""Tombstones: the ids of deleted things, so that a create cannot bring one of them back.

A row is written in the step that deletes the thing, and stays. There is at most one for each thing that was ever made.
It holds an id, a chart and a time: nothing that an erasure has to remove.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from integration_api.access.tables import chart_args
from integration_api.access.visible import in_clinic, visible
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import ClinicRow, table_of


class TombstoneRow(ClinicRow):
    """The id of a thing that was deleted; `kind` is the name of its table."""

    patient_id: UUID
    kind: str = Field(max_length=32)
    deleted_at: datetime


class TombstoneTable(TombstoneRow, table=True):
    """One row for each deleted thing; the application can neither change nor delete one."""

    __tablename__ = "tombstones"
    __table_args__ = chart_args(sa.Index("ix_tombstones_chart", "clinic_id", "patient_id"))


_tombstones = table_of(TombstoneTable)
_COLUMNS = ("clinic_id", "id", "patient_id", "kind", "deleted_at")
_is_it = sa.and_(
    _tombstones.c.clinic_id == param("clinic_id", _tombstones.c.clinic_id),
    _tombstones.c.id == param("id", _tombstones.c.id),
)
INSERT_TOMBSTONE = Change(
    "insert_tombstone",
    sa.insert(_tombstones).from_select(
        _COLUMNS,
        sa.select(*(param(name, _tombstones.c[name]).label(name) for name in _COLUMNS)).where(
            ~any_for_row(sa.select(sa.literal_column("1")).where(_is_it))
        ),
        include_defaults=False,
    ),
    Scope.SYSTEM,
    "written by the unit of work beside the guarded deletion of the thing",
)
READ_TOMBSTONE = Read(
    "read_tombstone",
    sa.select(*_tombstones.c).where(
        in_clinic(_tombstones),
        visible(_tombstones.c.patient_id),
        _tombstones.c.kind == param("kind", _tombstones.c.kind),
        _tombstones.c.id == param("id", _tombstones.c.id),
    ),
    TombstoneRow,
    Scope.OWNER,
)
"""Whether a thing of a chart that the actor may see was deleted."""


def is_alive(model: type[SQLModel]) -> sa.ColumnElement[bool]:
    """Match if no thing of this kind with the id that an INSERT gives was deleted from its chart."""
    of_id: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        in_clinic(_tombstones),
        _tombstones.c.patient_id == sa.bindparam("patient_id", type_=sa.Uuid()),
        _tombstones.c.kind == str(table_of(model).name),
        _tombstones.c.id == param("id", _tombstones.c.id),
    )
    return ~any_for_row(of_id)


def tombstones_of(model: type[SQLModel], *which: sa.ColumnElement[bool]) -> sa.Insert:
    """INSERT a tombstone for each of these rows of a visible chart (`patient_id`), which the same step deletes."""
    table = table_of(model)
    patient_id = sa.bindparam("patient_id", type_=sa.Uuid())
    clinic_id = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
    known: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        in_clinic(_tombstones), _tombstones.c.id == table.c.id
    )
    found = sa.select(
        clinic_id.label("clinic_id"),
        table.c.id,
        patient_id.label("patient_id"),
        sa.literal(str(table.name), _tombstones.c.kind.type).label("kind"),
        param("now", _tombstones.c.deleted_at).label("deleted_at"),
    ).where(
        in_clinic(table),
        visible(table.c.patient_id),
        table.c.patient_id == patient_id,
        ~any_for_row(known),
        *which,
    )
    return sa.insert(_tombstones).from_select(_COLUMNS, found, include_defaults=False)
