"""Statements of the job that makes exports and lets them expire. It has no actor, and names the clinic itself."""

from uuid import UUID

import sqlalchemy as sa

from integration_api.access.queue_statements import DueRow, queue_of
from integration_api.ledger.statements import of_clinic
from integration_api.resources.journal.attachments.statements import NAMING_OBJECTS, live_objects
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.resources.people.service_accounts.tables import ExportFailure, ExportState
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_exports = table_of(ExportTable)
_JOB = "run by the job that makes exports: what it reads of a chart, it reads as the patient who asked"
_key_stands = (
    sa.select(sa.literal_column("1"))
    .where(
        VAULT_KEYS.c.clinic_id == param("clinic_id", VAULT_KEYS.c.clinic_id),
        VAULT_KEYS.c.id == _exports.c.patient_id,
    )
    .exists()
)


class DueExport(DueRow):
    """An export that the job has something to do with, also if its chart was erased."""

    patient_id: UUID
    record_request_id: UUID | None
    state: ExportState


EXPORTS = queue_of(
    ExportTable,
    DueExport,
    ExportRow,
    _JOB,
    states=ExportState,
    failures=ExportFailure,
    ready=("size_bytes", "sha256", "objects", "missing"),
    kept=("objects",),
    fresh={"objects": b""},
    guards=(_key_stands,),
)
EARLIER_EXPORTS = Read(
    "earlier_exports",
    sa.select(*(_exports.c[name] for name in DueExport.model_fields))
    .where(
        of_clinic(_exports),
        _exports.c.patient_id == param("patient_id", _exports.c.patient_id),
        _exports.c.record_request_id.is_not_distinct_from(param("record_request_id", _exports.c.record_request_id)),
        _exports.c.state == ExportState.READY,
        _exports.c.handed_over_at.is_(None),
    )
    .order_by(_exports.c.created_at, _exports.c.id)
    .limit(PAGE_ROWS),
    DueExport,
    Scope.SYSTEM,
    _JOB,
)
"""Those that a new one of the same chart replaces: the patient's own, or those for the same request.

What was handed over stays the patient's until its time is over.
"""
LIVE_EXPORT_OBJECTS = live_objects(
    "live_export_objects", _exports, _exports.c.objects != sa.literal(b"", sa.LargeBinary())
)
NAMING_OBJECTS.extend([LIVE_EXPORT_OBJECTS])
