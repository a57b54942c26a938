"""Statements of bulk exports: as their program asks for them, and of the job that makes them and lets them expire."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import actor_is_current, at_version, clinic_rows, in_clinic, insert_for_clinic
from integration_api.ledger.statements import OneClinic, of_clinic
from integration_api.resources.journal.attachments.statements import NAMING_OBJECTS, LiveObjects
from integration_api.resources.people.service_accounts.tables import (
    BulkExportRow,
    BulkExportTable,
    BulkFileRow,
    BulkFileTable,
    ExportState,
)
from integration_api.storage.statements import Change, Read, Scope, insert_rows, next_version, param, row_key
from integration_api.storage.tables import ClinicRow, table_of
from integration_api.web.paging import PAGE_ROWS

_exports, _files = table_of(BulkExportTable), table_of(BulkFileTable)
_JOB = "run by the job that makes bulk exports: what it reads of charts, it reads as the program that asked"
_is_mine = _exports.c.account_id == sa.bindparam("actor_id", type_=sa.Uuid())
_is_due = _exports.c.due_at <= param("now", _exports.c.due_at)
_is_making = _exports.c.state == ExportState.MAKING
_is_ours = _exports.c.attempts == param("attempts", _exports.c.attempts)
"""The claim of one process: whoever claimed the export later has counted one more."""
_of_export = _files.c.export_id == param("export_id", _files.c.export_id)
_has_file = sa.and_(_exports.c.clinic_id == _files.c.clinic_id, _exports.c.id == _files.c.export_id)
_is_ready = (
    _exports.c.state == ExportState.READY,
    _exports.c.expires_at > param("now", _exports.c.expires_at),
)


class FileFacts(BaseModel):
    """The facts of a file that a manifest has."""

    id: UUID
    number: int
    kind: str
    count: int


class KeptFiles(BaseModel):
    """The number of files of an export."""

    kept: int


class DueBulkExport(ClinicRow):
    """An export that the job has something to do with."""

    account_id: UUID
    sign_in_id: UUID
    state: ExportState
    attempts: int
    made_count: int
    version: int


_mine = sa.select(*_exports.c).where(in_clinic(_exports), actor_is_current(), _is_mine)
READ_BULK_EXPORT = Read(
    "read_bulk_export",
    _mine.where(_exports.c.id == param("id", _exports.c.id)),
    BulkExportRow,
    Scope.CLINIC,
    "the export of the program that asks",
)
LIST_BULK_FILES = Read(
    "list_bulk_files",
    sa.select(*(_files.c[name] for name in FileFacts.model_fields))
    .join(_exports, _has_file)
    .where(in_clinic(_files), actor_is_current(), _of_export, in_clinic(_exports), _is_mine, *_is_ready)
    .order_by(_files.c.number)
    .limit(PAGE_ROWS),
    FileFacts,
    Scope.CLINIC,
    "of the export of the program that asks, while it has files",
)
READ_BULK_FILE = Read(
    "read_bulk_file",
    clinic_rows(BulkFileTable)
    .join(_exports, _has_file)
    .where(in_clinic(_exports), _is_mine, _files.c.id == param("id", _files.c.id), *_is_ready),
    BulkFileRow,
    Scope.CLINIC,
    "of the export of the program that asks",
)
INSERT_BULK_EXPORT = Change("insert_bulk_export", insert_for_clinic(BulkExportTable), Scope.CLINIC)
_ENDED = ("state", "failure", "due_at")
END_OWN_BULK_EXPORT = Change(
    "end_own_bulk_export",
    sa.update(_exports)
    .where(in_clinic(_exports), actor_is_current(), _is_mine, *at_version(BulkExportTable))
    .values(next_version(_exports, _ENDED)),
    Scope.CLINIC,
)
DELETE_OWN_BULK_FILES = Change(
    "delete_own_bulk_files",
    sa.delete(_files).where(in_clinic(_files), actor_is_current(), _of_export),
    Scope.CLINIC,
)
_now = param("now", _exports.c.due_at)

# ── the job ──

_facts: Sequence[sa.ColumnElement[Any]] = [_exports.c[name] for name in DueBulkExport.model_fields]
NEXT_BULK_CLINIC = Read(
    "next_clinic_of_due_bulk_exports",
    sa.select(_exports.c.clinic_id)
    .where(_exports.c.clinic_id > param("last_clinic_id", _exports.c.clinic_id), _is_due)
    .order_by(_exports.c.clinic_id)
    .limit(1),
    OneClinic,
    Scope.SYSTEM,
    "finds the clinics themselves, one after the other",
)
DUE_BULK_EXPORTS = Read(
    "due_bulk_exports",
    sa.select(*_facts).where(of_clinic(_exports), _is_due).order_by(_exports.c.due_at, _exports.c.id).limit(PAGE_ROWS),
    DueBulkExport,
    Scope.SYSTEM,
    _JOB,
)
CLAIM_BULK_EXPORT = Change(
    "claim_bulk_export",
    sa.update(_exports)
    .where(row_key(_exports), _is_making, _is_due, _is_ours)
    .values(attempts=_exports.c.attempts + 1, due_at=param("claimed_until", _exports.c.due_at)),
    Scope.SYSTEM,
    _JOB,
)
"""One process gets it. If that says nothing more, the export is due again after its claim. The version stays."""
READ_CLAIMED_BULK_EXPORT = Read(
    "read_claimed_bulk_export",
    sa.select(*_exports.c).where(row_key(_exports), _is_making, _is_ours),
    BulkExportRow,
    Scope.SYSTEM,
    _JOB,
)
KEEP_BULK_EXPORT = Change(
    "keep_bulk_export",
    sa.update(_exports)
    .where(row_key(_exports), _is_making, _is_ours)
    .values(
        due_at=param("claimed_until", _exports.c.due_at),
        place=param("place", _exports.c.place),
        made_count=param("made_count", _exports.c.made_count),
    ),
    Scope.SYSTEM,
    _JOB,
)
"""The claim goes on, and the place with it: together with the file that was made until there."""
INSERT_BULK_FILE = Change("insert_bulk_file", insert_rows(BulkFileTable), Scope.SYSTEM, _JOB)
COUNT_BULK_FILES = Read(
    "count_bulk_files",
    sa.select(sa.func.count().label("kept")).select_from(_files).where(of_clinic(_files), _of_export),
    KeptFiles,
    Scope.SYSTEM,
    _JOB,
)
EXPIRE_EARLIER_BULK_EXPORTS = Change(
    "expire_earlier_bulk_exports",
    sa.update(_exports)
    .where(
        of_clinic(_exports),
        _exports.c.due_at > _now,
        _exports.c.state == ExportState.READY,
        _exports.c.account_id == param("account_id", _exports.c.account_id),
    )
    .values(expires_at=_now, due_at=_now),
    Scope.SYSTEM,
    _JOB,
)
"""Nobody gets their files any more, and the next turn takes these away."""
FINISH_BULK_EXPORT = Change(
    "finish_bulk_export",
    sa.update(_exports)
    .where(of_clinic(_exports), *at_version(BulkExportTable), _is_making, _is_ours)
    .values(next_version(_exports, ("state", "ready_at", "expires_at", "due_at"))),
    Scope.SYSTEM,
    _JOB,
)
END_BULK_EXPORT = Change(
    "end_bulk_export",
    sa.update(_exports)
    .where(of_clinic(_exports), *at_version(BulkExportTable), _is_ours)
    .values(next_version(_exports, _ENDED)),
    Scope.SYSTEM,
    _JOB,
)
"""Failed or expired: its files go with it, and their parts with the next sweep."""
DELETE_BULK_FILES = Change(
    "delete_bulk_files", sa.delete(_files).where(of_clinic(_files), _of_export), Scope.SYSTEM, _JOB
)
LIVE_BULK_OBJECTS = Read(
    "live_bulk_objects",
    sa.select(_files.c.clinic_id, _files.c.id, _files.c.objects)
    .where(
        of_clinic(_files),
        _files.c.id >= param("first_id", _files.c.id),
        _files.c.id <= param("last_id", _files.c.id),
    )
    .order_by(_files.c.id)
    .limit(PAGE_ROWS),
    LiveObjects,
    Scope.SYSTEM,
    "run by the job that sweeps objects that nothing refers to",
)
NAMING_OBJECTS.extend([LIVE_BULK_OBJECTS])
