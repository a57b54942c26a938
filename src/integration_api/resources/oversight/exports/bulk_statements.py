"""Statements of bulk exports: as their program asks for them, and of the job that makes them and lets them expire."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.queue_statements import DueRow, queue_of
from integration_api.access.visible import actor_is_current, at_version, clinic_rows, in_clinic, insert_for_clinic
from integration_api.ledger.statements import of_clinic
from integration_api.resources.journal.attachments.statements import NAMING_OBJECTS, live_objects
from integration_api.resources.people.service_accounts.tables import (
    BulkExportRow,
    BulkExportTable,
    BulkFileRow,
    BulkFileTable,
    ExportFailure,
    ExportState,
)
from integration_api.storage.statements import Change, Read, Scope, insert_rows, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_exports, _files = table_of(BulkExportTable), table_of(BulkFileTable)
_JOB = "run by the job that makes bulk exports: what it reads of charts, it reads as the program that asked"
_is_mine = _exports.c.account_id == sa.bindparam("actor_id", type_=sa.Uuid())
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


class DueBulkExport(DueRow):
    """An export that the job has something to do with."""

    sign_in_id: UUID
    state: ExportState
    made_count: int


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
END_OWN_BULK_EXPORT = Change(
    "end_own_bulk_export",
    sa.update(_exports)
    .where(in_clinic(_exports), actor_is_current(), _is_mine, *at_version(BulkExportTable))
    .values(next_version(_exports, ("state", "failure", "due_at"))),
    Scope.CLINIC,
)
DELETE_OWN_BULK_FILES = Change(
    "delete_own_bulk_files",
    sa.delete(_files).where(in_clinic(_files), actor_is_current(), _of_export),
    Scope.CLINIC,
)
_now = param("now", _exports.c.due_at)

# ── the job ──

BULK_EXPORTS = queue_of(
    BulkExportTable,
    DueBulkExport,
    BulkExportRow,
    _JOB,
    states=ExportState,
    failures=ExportFailure,
    ready=(),
    kept=("place", "made_count"),
)
"""The place is kept with the claim: together with the file that was made until there."""
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
DELETE_BULK_FILES = Change(
    "delete_bulk_files", sa.delete(_files).where(of_clinic(_files), _of_export), Scope.SYSTEM, _JOB
)
LIVE_BULK_OBJECTS = live_objects("live_bulk_objects", _files)
NAMING_OBJECTS.extend([LIVE_BULK_OBJECTS])
