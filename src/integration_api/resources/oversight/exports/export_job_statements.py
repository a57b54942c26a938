"""Statements of the job that makes exports and lets them expire. It has no actor, and names the clinic itself."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.visible import at_version, to_key
from integration_api.ledger.statements import OneClinic, of_clinic
from integration_api.resources.journal.attachments.statements import NAMING_OBJECTS, LiveObjects
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, next_version, param, row_key
from integration_api.storage.tables import ClinicRow, table_of
from integration_api.web.paging import PAGE_ROWS

_exports = table_of(ExportTable)
_JOB = "run by the job that makes exports: what it reads of a chart, it reads as the patient who asked"
_NOW = sa.bindparam("now", type_=_exports.c.due_at.type)
_is_due = _exports.c.due_at <= _NOW
_is_making = _exports.c.state == ExportState.MAKING
_is_ours = _exports.c.attempts == param("attempts", _exports.c.attempts)
"""The claim of one process: whoever claimed the export later has counted one more."""
_key_stands = (
    sa.select(sa.literal_column("1"))
    .where(
        VAULT_KEYS.c.clinic_id == param("clinic_id", VAULT_KEYS.c.clinic_id),
        VAULT_KEYS.c.id == _exports.c.patient_id,
    )
    .exists()
)


class DueExport(ClinicRow):
    """An export that the job has something to do with, also if its chart was erased."""

    patient_id: UUID
    record_request_id: UUID | None
    account_id: UUID
    state: ExportState
    attempts: int
    version: int


_facts: Sequence[sa.ColumnElement[Any]] = [_exports.c[name] for name in DueExport.model_fields]
NEXT_EXPORT_CLINIC = Read(
    "next_clinic_of_due_exports",
    sa.select(_exports.c.clinic_id)
    .where(_exports.c.clinic_id > param("last_clinic_id", _exports.c.clinic_id), _is_due)
    .order_by(_exports.c.clinic_id)
    .limit(1),
    OneClinic,
    Scope.SYSTEM,
    "finds the clinics themselves, one after the other",
)
DUE_EXPORTS = Read(
    "due_exports",
    sa.select(*_facts).where(of_clinic(_exports), _is_due).order_by(_exports.c.due_at, _exports.c.id).limit(PAGE_ROWS),
    DueExport,
    Scope.SYSTEM,
    _JOB,
)
CLAIM_EXPORT = Change(
    "claim_export",
    sa.update(_exports)
    .where(row_key(_exports), _is_making, _is_due, _is_ours)
    .values(
        attempts=_exports.c.attempts + 1,
        due_at=param("claimed_until", _exports.c.due_at),
        objects=param("objects", _exports.c.objects),
    ),
    Scope.SYSTEM,
    _JOB,
)
"""One process gets it. If that says nothing more, the export is due again after its claim. The version stays."""
KEEP_EXPORT = Change(
    "keep_export",
    sa.update(_exports)
    .where(row_key(_exports), _is_making, _is_ours)
    .values(due_at=param("claimed_until", _exports.c.due_at), objects=param("objects", _exports.c.objects)),
    Scope.SYSTEM,
    _JOB,
)
"""The claim goes on, and the sweep learns of the parts that were written. The version stays."""
READ_CLAIMED_EXPORT = Read(
    "read_claimed_export",
    sa.select(*_exports.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
    .join(*to_key(_exports))
    .where(row_key(_exports), _is_making, _is_ours),
    ExportRow,
    Scope.SYSTEM,
    _JOB,
)
FINISH_EXPORT = Change(
    "finish_export",
    sa.update(_exports)
    .where(of_clinic(_exports), *at_version(ExportTable), _is_making, _is_ours, _key_stands)
    .values(
        next_version(
            _exports,
            ("state", "size_bytes", "sha256", "objects", "missing", "ready_at", "expires_at", "due_at"),
        )
    ),
    Scope.SYSTEM,
    _JOB,
)
END_EXPORT = Change(
    "end_export",
    sa.update(_exports)
    .where(of_clinic(_exports), *at_version(ExportTable), _is_ours)
    .values(next_version(_exports, ("state", "failure", "objects", "due_at"))),
    Scope.SYSTEM,
    _JOB,
)
"""Failed or expired: its key and the names of its parts are gone. An erased chart needs no key for that."""
EARLIER_EXPORTS = Read(
    "earlier_exports",
    sa.select(*_facts)
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
LIVE_EXPORT_OBJECTS = Read(
    "live_export_objects",
    sa.select(_exports.c.clinic_id, _exports.c.id, _exports.c.objects)
    .where(
        of_clinic(_exports),
        _exports.c.id >= param("first_id", _exports.c.id),
        _exports.c.id <= param("last_id", _exports.c.id),
        _exports.c.objects != sa.literal(b"", sa.LargeBinary()),
    )
    .order_by(_exports.c.id)
    .limit(PAGE_ROWS),
    LiveObjects,
    Scope.SYSTEM,
    "run by the job that sweeps objects that nothing refers to",
)
NAMING_OBJECTS.extend([LIVE_EXPORT_OBJECTS])
