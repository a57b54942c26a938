"""Statements of containers and of their registers. None changes or deletes an entry."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.audience import declare
from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
    is_member_now,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.custody.rules import EntryKind
from integration_api.resources.care.custody.tables import ContainerRow, ContainerTable, EntryRow, EntryTable
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first, oldest_first

_containers, _entries = table_of(ContainerTable), table_of(EntryTable)
_reversal, _witness = _entries.alias("reversal"), _entries.alias("witnessing")
_STOCK = "a register is the whole clinic's; it shows whose an entry is to the care team alone"
_RUNNING = ("kept_at", "balance_milli", "unexplained_milli", "entries", "last_entry_at", "last_counted_at")


class EntrySeen(EntryRow):
    """An entry, with those that reverse and witness it, and whether the actor is on the care team of its patient."""

    reversed_by_id: UUID | None = None
    witnessed_at: datetime | None = None
    witnessed_by_id: UUID | None = None
    sees_patient: bool


def _later(alias: sa.FromClause, kind: EntryKind, column: str) -> sa.ScalarSelect[Any]:
    """Return a column of the entry of this kind about an entry; null if there is none."""
    found = sa.select(alias.c[column]).where(in_clinic(alias), alias.c.of_id == _entries.c.id, alias.c.kind == kind)
    return found.correlate(_entries).scalar_subquery()


_shown = clinic_rows(
    EntryTable,
    _later(_reversal, EntryKind.REVERSED, "id").label("reversed_by_id"),
    _later(_witness, EntryKind.WITNESSED, "recorded_at").label("witnessed_at"),
    _later(_witness, EntryKind.WITNESSED, "recorded_by_id").label("witnessed_by_id"),
    is_member_now(_entries.c.patient_id).label("sees_patient"),
).where(_entries.c.container_id == param("container_id", _entries.c.container_id))

READ_CONTAINER = Read(
    "read_custody_container",
    clinic_rows(ContainerTable).where(_containers.c.id == param("id", _containers.c.id)),
    ContainerRow,
    Scope.CLINIC,
)
LIST_CONTAINERS = Read(
    "list_custody_containers",
    newest_first(
        clinic_rows(ContainerTable).where(
            sa.or_(_containers.c.unexplained_milli != 0, sa.bindparam("unexplained", type_=sa.Boolean()) == sa.false())
        ),
        _containers.c.created_at,
        _containers.c.id,
    ),
    ContainerRow,
    Scope.CLINIC,
)
INSERT_CONTAINER = Change("insert_custody_container", insert_for_clinic(ContainerTable), Scope.CLINIC)
MOVE_ON_CONTAINER = Change(
    "move_on_custody_container",
    sa.update(_containers)
    .where(in_clinic(_containers), actor_is_current(), *at_version(ContainerTable))
    .values(next_version(_containers, _RUNNING)),
    Scope.CLINIC,
)
"""The balance after an entry, at the version that the entry was worked out from: of two at once, one starts again."""

READ_REGISTER = Read(
    "read_custody_register",
    oldest_first(_shown, _entries.c.recorded_at, _entries.c.id),
    EntrySeen,
    Scope.CLINIC,
    _STOCK,
)
READ_ENTRY = Read(
    "read_custody_entry", _shown.where(_entries.c.id == param("id", _entries.c.id)), EntrySeen, Scope.CLINIC, _STOCK
)
OTHER_HALF = Read(
    "other_half_of_transfer",
    clinic_rows(EntryTable).where(
        _entries.c.of_id == param("of_id", _entries.c.of_id), _entries.c.kind == EntryKind.TRANSFERRED_IN
    ),
    EntryRow,
    Scope.CLINIC,
    _STOCK,
)
"""The entry by which another container got what this one gave."""
READ_OPEN_ENTRY = Read(
    "read_open_custody_entry",
    _shown.where(
        _entries.c.id == param("id", _entries.c.id),
        sa.or_(_entries.c.patient_id.is_(None), visible(_entries.c.patient_id)),
    ),
    EntrySeen,
    Scope.CLINIC,
    "one about a patient is found by those alone who may see the chart",
)
INSERT_ENTRY = Change("insert_custody_entry", insert_for_clinic(EntryTable), Scope.CLINIC, _STOCK)
INSERT_CHART_ENTRY = Change(
    "insert_chart_custody_entry",
    insert_for_clinic(EntryTable, visible(param("patient_id", _entries.c.patient_id))),
    Scope.CLINIC,
    "about a chart that the actor sees; its text is under the clinic's key",
)


def _of_container(row: ContainerRow, _: object) -> Iterator[Changed]:
    """Yield a container, which the staff see."""
    yield Changed("custody_container", row.id, Channel.STAFF)


def _of_entry(row: EntryRow, _: object) -> Iterator[Changed]:
    """Yield the container of an entry, and the home supply that it changes, whose id is the patient's."""
    yield Changed("custody_container", row.container_id, Channel.STAFF)
    if row.patient_id is not None and row.days_supply is not None:
        yield Changed("home_supply", row.patient_id, Channel.CHART, row.patient_id)


declare(ContainerTable, _of_container)
declare(EntryTable, _of_entry)
