"""Statements of the job that makes research exports and lets them expire. It has no actor, and names the clinic."""

from uuid import UUID

import sqlalchemy as sa

from integration_api.access.visible import at_version, to_key
from integration_api.ledger.statements import OneClinic, of_clinic
from integration_api.resources.journal.attachments.statements import NAMING_OBJECTS, LiveObjects
from integration_api.resources.oversight.research_studies.tables import (
    ResearchExportRow,
    ResearchExportTable,
)
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, next_version, param, row_key
from integration_api.storage.tables import ClinicRow, table_of
from integration_api.web.paging import PAGE_ROWS

_exports = table_of(ResearchExportTable)
_JOB = "run by the job that makes research exports: what it reads of charts, it reads as the officer who asked"
_now = param("now", _exports.c.due_at)
_is_due = _exports.c.due_at <= _now
_is_making = _exports.c.state == ExportState.MAKING
_is_ours = _exports.c.claim_number == param("claim_number", _exports.c.claim_number)
"""The claim of one process: whoever claimed the export later has counted one more, and so has an erasure."""


class DueResearchExport(ClinicRow):
    """A research export that the job has something to do with."""

    study_id: UUID
    account_id: UUID
    state: ExportState
    attempts: int
    claim_number: int
    version: int


NEXT_RESEARCH_CLINIC = Read(
    "next_clinic_of_due_research_exports",
    sa.select(_exports.c.clinic_id)
    .where(_exports.c.clinic_id > param("last_clinic_id", _exports.c.clinic_id), _is_due)
    .order_by(_exports.c.clinic_id)
    .limit(1),
    OneClinic,
    Scope.SYSTEM,
    "finds the clinics themselves, one after the other",
)
DUE_RESEARCH_EXPORTS = Read(
    "due_research_exports",
    sa.select(*(_exports.c[name] for name in DueResearchExport.model_fields))
    .where(of_clinic(_exports), _is_due)
    .order_by(_exports.c.due_at, _exports.c.id)
    .limit(PAGE_ROWS),
    DueResearchExport,
    Scope.SYSTEM,
    _JOB,
)
CLAIM_RESEARCH_EXPORT = Change(
    "claim_research_export",
    sa.update(_exports)
    .where(row_key(_exports), _is_making, _is_due, _is_ours)
    .values(
        attempts=_exports.c.attempts + 1,
        claim_number=_exports.c.claim_number + 1,
        due_at=param("claimed_until", _exports.c.due_at),
        objects=param("objects", _exports.c.objects),
    ),
    Scope.SYSTEM,
    _JOB,
)
"""One process gets it. If that says nothing more, the export is due again after its claim. The version stays."""
KEEP_RESEARCH_EXPORT = Change(
    "keep_research_export",
    sa.update(_exports)
    .where(row_key(_exports), _is_making, _is_ours)
    .values(due_at=param("claimed_until", _exports.c.due_at), objects=param("objects", _exports.c.objects)),
    Scope.SYSTEM,
    _JOB,
)
"""The claim goes on, and the sweep learns of the parts that were written. The version stays."""
READ_CLAIMED_RESEARCH_EXPORT = Read(
    "read_claimed_research_export",
    sa.select(*_exports.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
    .join(*to_key(_exports))
    .where(row_key(_exports), _is_making, _is_ours),
    ResearchExportRow,
    Scope.SYSTEM,
    _JOB,
)
FINISH_RESEARCH_EXPORT = Change(
    "finish_research_export",
    sa.update(_exports)
    .where(of_clinic(_exports), *at_version(ResearchExportTable), _is_making, _is_ours)
    .values(
        next_version(
            _exports,
            (
                "state",
                "consent_mark",
                "chart_count",
                "size_bytes",
                "sha256",
                "objects",
                "ready_at",
                "expires_at",
                "due_at",
            ),
        )
    ),
    Scope.SYSTEM,
    _JOB,
)
EXPIRE_EARLIER_RESEARCH_EXPORTS = Change(
    "expire_earlier_research_exports",
    sa.update(_exports)
    .where(
        of_clinic(_exports),
        _exports.c.due_at > _now,
        _exports.c.state == ExportState.READY,
        _exports.c.study_id == param("study_id", _exports.c.study_id),
        _exports.c.id != param("id", _exports.c.id),
    )
    .values(expires_at=_now, due_at=_now),
    Scope.SYSTEM,
    _JOB,
)
"""Nobody gets their files any more, and the next turn takes these away."""
END_RESEARCH_EXPORT = Change(
    "end_research_export",
    sa.update(_exports)
    .where(of_clinic(_exports), *at_version(ResearchExportTable), _is_ours)
    .values(next_version(_exports, ("state", "failure", "objects", "due_at"))),
    Scope.SYSTEM,
    _JOB,
)
"""Failed or expired: its key and the names of its parts are gone."""
LIVE_RESEARCH_OBJECTS = Read(
    "live_research_objects",
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
NAMING_OBJECTS.extend([LIVE_RESEARCH_OBJECTS])
