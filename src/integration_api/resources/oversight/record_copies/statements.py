"""Statements of copies for record requests, as staff and the patient ask for them.

One that has a note which was withheld since counts as expired.
"""

import sqlalchemy as sa

from integration_api.access.prose import reads_prose
from integration_api.access.visible import chart_rows, insert_for_chart, is_member_now, update_in_chart
from integration_api.resources.journal.notes.tables import NoteTable, SharingState
from integration_api.resources.oversight.exports.statements import asked_lately
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_exports, _notes = table_of(ExportTable), table_of(NoteTable).alias("withheld_note")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_notes.c.withheld_until.type)
_final_at = sa.func.coalesce(_notes.c.cosigned_at, _notes.c.signed_at)
_is_outdated = any_for_row(
    sa.select(sa.literal_column("1")).where(
        _notes.c.clinic_id == _CLINIC_ID,
        _notes.c.patient_id == _exports.c.patient_id,
        _notes.c.sharing == SharingState.WITHHELD,
        _notes.c.withheld_until > _NOW,
        _notes.c.updated_at >= _exports.c.created_at,
        sa.or_(_notes.c.content_version > 1, sa.and_(_notes.c.content_version == 1, _final_at <= _exports.c.ready_at)),
    )
)
"""A note that the copy may have is withheld now, and changed since the copy was asked for."""
_is_copy = _exports.c.record_request_id.is_not(None)
_shown = sa.and_(
    _is_copy,
    sa.or_(
        sa.and_(_SCOPE_PATIENT_ID.is_(None), reads_prose(_exports.c.patient_id)),
        sa.and_(_SCOPE_PATIENT_ID.is_not(None), _exports.c.handed_over_at.is_not(None)),
    ),
)
"""Staff who read prose see each copy, which has all of it; the patient sees those that staff have handed over."""


class RecordCopyRow(ExportRow):
    """A copy, and whether a note was withheld since."""

    is_outdated: bool


READ_RECORD_COPY = Read(
    "read_record_copy",
    chart_rows(ExportTable, _is_outdated.label("is_outdated")).where(
        _exports.c.id == param("id", _exports.c.id), _shown
    ),
    RecordCopyRow,
    Scope.OWNER,
)
LIST_RECORD_COPIES = Read(
    "list_record_copies",
    newest_first(
        chart_rows(ExportTable, _is_outdated.label("is_outdated")).where(
            _exports.c.record_request_id == param("record_request_id", _exports.c.record_request_id), _shown
        ),
        _exports.c.created_at,
        _exports.c.id,
    ),
    RecordCopyRow,
    Scope.OWNER,
)
COPIES_ASKED_LATELY = asked_lately("record_copies_asked_lately", _is_copy)
INSERT_RECORD_COPY = Change(
    "insert_record_copy",
    insert_for_chart(ExportTable, is_member_now(_PATIENT_ID), reads_prose(_PATIENT_ID)),
    Scope.OWNER,
)
HAND_OVER = Change(
    "hand_over_record_copy",
    update_in_chart(
        ExportTable,
        ("handed_over_at",),
        _is_copy,
        _exports.c.state == ExportState.READY,
        _exports.c.handed_over_at.is_(None),
        sa.not_(_is_outdated),
        is_member_now(_exports.c.patient_id),
        reads_prose(_exports.c.patient_id),
    ),
    Scope.OWNER,
)
