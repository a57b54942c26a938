"""Statements of exports, as their patient asks for them."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.visible import chart_rows, in_clinic, insert_for_chart, list_by_chart, visible
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_exports = table_of(ExportTable)
_PATIENT_ID = param("patient_id", _exports.c.patient_id)


class AskedAt(BaseModel):
    """When an export was asked for."""

    created_at: datetime


READ_EXPORT = Read(
    "read_export",
    chart_rows(ExportTable).where(_exports.c.id == param("id", _exports.c.id)),
    ExportRow,
    Scope.OWNER,
)
LIST_EXPORTS = Read("list_exports", list_by_chart(ExportTable, "created_at"), ExportRow, Scope.OWNER)
ASKED_LATELY = Read(
    "exports_asked_lately",
    sa.select(_exports.c.created_at)
    .where(
        in_clinic(_exports),
        visible(_PATIENT_ID),
        _exports.c.patient_id == _PATIENT_ID,
        _exports.c.created_at > param("created_after", _exports.c.created_at),
    )
    .order_by(_exports.c.created_at.desc(), _exports.c.id.desc())
    .limit(PAGE_ROWS),
    AskedAt,
    Scope.OWNER,
)
INSERT_EXPORT = Change("insert_export", insert_for_chart(ExportTable), Scope.OWNER)


def _to_patient(row: ExportRow, _: object) -> Iterator[Changed]:
    yield Changed("export", row.id, Channel.PATIENT, row.patient_id)


declare(ExportTable, _to_patient)
