"""Statements of exports, as their patient asks for them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.prose import reads_prose
from integration_api.access.visible import chart_rows, in_clinic, insert_for_chart, list_by_chart, visible
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_exports = table_of(ExportTable)
_PATIENT_ID = param("patient_id", _exports.c.patient_id)
_is_own = _exports.c.record_request_id.is_(None)
"""A copy that staff make stands with its record request."""


class AskedAt(BaseModel):
    """When an export was asked for."""

    created_at: datetime


READ_EXPORT = Read(
    "read_export",
    chart_rows(ExportTable).where(_exports.c.id == param("id", _exports.c.id), _is_own),
    ExportRow,
    Scope.OWNER,
)
LIST_EXPORTS = Read("list_exports", list_by_chart(ExportTable, "created_at", _is_own), ExportRow, Scope.OWNER)


def asked_lately(name: str, which: sa.ColumnElement[bool]) -> Read[AskedAt]:
    """Return the Statement that tells when the latest exports of a chart were asked for, of those that match."""
    return Read(
        name,
        sa.select(_exports.c.created_at)
        .where(
            in_clinic(_exports),
            visible(_PATIENT_ID),
            _exports.c.patient_id == _PATIENT_ID,
            _exports.c.created_at > param("created_after", _exports.c.created_at),
            which,
        )
        .order_by(_exports.c.created_at.desc(), _exports.c.id.desc())
        .limit(PAGE_ROWS),
        AskedAt,
        Scope.OWNER,
    )


ASKED_LATELY = asked_lately("exports_asked_lately", _is_own)
_patients = table_of(PatientTable)


class ReadWhole(BaseModel):
    """A chart of which the actor reads all."""

    id: UUID


CHART_READ_WHOLE = Read(
    "chart_read_whole",
    sa.select(_patients.c.id).where(
        in_clinic(_patients), visible(_patients.c.id), _patients.c.id == _PATIENT_ID, reads_prose(_patients.c.id)
    ),
    ReadWhole,
    Scope.OWNER,
)
"""No row for a prescriber who reads no prose there: a copy of theirs would have gaps that nothing tells."""
INSERT_EXPORT = Change("insert_export", insert_for_chart(ExportTable), Scope.OWNER)


class ToldExport(Protocol):
    """The facts of an export that say who is told of it."""

    id: UUID
    patient_id: UUID
    record_request_id: UUID | None


def told_as(row: ToldExport, _: object = None) -> Iterator[Changed]:
    """Yield the patient, who asked for it; of a copy everybody of the chart, as a change of its request."""
    if row.record_request_id is None:
        yield Changed("export", row.id, Channel.PATIENT, row.patient_id)
    else:
        yield Changed("record_request", row.record_request_id, Channel.CHART, row.patient_id)


declare(ExportTable, told_as)
