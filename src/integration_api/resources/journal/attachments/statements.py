"""Statements of attachments. Who may read its note or reflection now may read an attachment, and nobody else."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tombstones import is_alive
from integration_api.access.visible import (
    at_version,
    chart_rows,
    delete_in_chart,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import (
    AttachmentRow,
    AttachmentState,
    AttachmentTable,
    NoteState,
    NoteTable,
)
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.tables import ReflectionTable, Sharing
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import ClinicRow, table_of
from integration_api.web.paging import PAGE_ROWS, between

_attachments, _notes, _reflections = table_of(AttachmentTable), table_of(NoteTable), table_of(ReflectionTable)
_patients = table_of(PatientTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_PATIENT_ID = param("patient_id", _attachments.c.patient_id)
_is_mine = _attachments.c.created_by_id == _ACTOR_ID
_is_uploading = _attachments.c.state == AttachmentState.UPLOADING
_is_ready = _attachments.c.state == AttachmentState.READY
_is_draft = sa.and_(notes.in_states(_notes, NoteState.DRAFT), _notes.c.deleted_at.is_(None))
_is_private = _reflections.c.sharing == Sharing.PRIVATE


class Usage(BaseModel):
    """The attachments that there are: of one note or reflection, the bytes of a whole chart, and all ever announced."""

    of_parent: int
    chart_bytes: int
    announced: int


class ExpiredUpload(ClinicRow):
    """An upload that was not completed in time."""

    patient_id: UUID


class LiveObjects(ClinicRow):
    """The objects that one attachment is made of."""

    objects: bytes


def _of_parent(
    note: sa.ColumnElement[bool],
    reflection: sa.ColumnElement[bool],
    note_id: sa.ColumnElement[Any] = _attachments.c.note_id,
    reflection_id: sa.ColumnElement[Any] = _attachments.c.reflection_id,
    patient_id: sa.ColumnElement[Any] = _attachments.c.patient_id,
) -> sa.ColumnElement[bool]:
    """Match if the note, or the reflection, that it belongs to is as this says."""
    of_note = sa.select(_ONE).where(in_clinic(_notes), _notes.c.patient_id == patient_id, _notes.c.id == note_id, note)
    of_reflection = sa.select(_ONE).where(
        in_clinic(_reflections), _reflections.c.patient_id == patient_id, _reflections.c.id == reflection_id, reflection
    )
    return sa.or_(any_for_row(of_note), any_for_row(of_reflection))


_readable = sa.and_(sa.or_(_is_ready, _is_mine), _of_parent(notes.readable(_notes), reflections.readable(_reflections)))
_is_open = _of_parent(_is_draft, _is_private)
_is_mine_to_open = _of_parent(sa.and_(_is_draft, notes.is_mine(_notes)), sa.and_(_is_private, _is_mine))
"""A successor answers for what an author who is gone left in a draft."""
_filters = (
    _readable,
    optional(_attachments.c.note_id),
    optional(_attachments.c.reflection_id),
    between(_attachments.c.created_at, "created_after", "created_before"),
)

READ_ATTACHMENT = Read(
    "read_attachment",
    chart_rows(AttachmentTable).where(_attachments.c.id == param("id", _attachments.c.id), _readable),
    AttachmentRow,
    Scope.OWNER,
)
LIST_ATTACHMENTS = Read(
    "list_attachments", list_by_chart(AttachmentTable, "created_at", *_filters), AttachmentRow, Scope.OWNER
)
LIST_TEAM_ATTACHMENTS = Read(
    "list_team_attachments", list_by_team(AttachmentTable, "created_at", *_filters), AttachmentRow, Scope.OWNER
)
ATTACHMENTS_BY_IDS = Read("attachments_by_ids", rows_by_ids(AttachmentTable, _readable), AttachmentRow, Scope.OWNER)
ATTACHMENTS = ChartList(
    LIST_ATTACHMENTS, LIST_TEAM_ATTACHMENTS, ATTACHMENTS_BY_IDS, at="created_at", bound="created_before"
)
_is_beside = sa.or_(
    _attachments.c.note_id == param("parent_id", _attachments.c.note_id),
    _attachments.c.reflection_id == param("parent_id", _attachments.c.note_id),
)
_announced = sa.func.coalesce(_patients.c.attachments_announced, 0)
_usage: tuple[sa.ColumnElement[Any], ...] = (
    sa.func.count(sa.case((_is_beside, 1))).label("of_parent"),
    sa.cast(sa.func.coalesce(sa.func.sum(_attachments.c.size_bytes), 0), sa.BigInteger()).label("chart_bytes"),
    sa.func.coalesce(
        sa.select(_patients.c.attachments_announced)
        .where(in_clinic(_patients), _patients.c.id == _PATIENT_ID)
        .scalar_subquery(),
        0,
    ).label("announced"),
)
ATTACHMENT_USAGE = Read(
    "attachment_usage",
    sa.select(*_usage).where(in_clinic(_attachments), visible(_PATIENT_ID), _attachments.c.patient_id == _PATIENT_ID),
    Usage,
    Scope.OWNER,
)

COUNT_ANNOUNCED = Change(
    "count_announced_attachment",
    sa.update(_patients)
    .where(
        in_clinic(_patients),
        visible(_patients.c.id),
        _patients.c.id == _PATIENT_ID,
        _announced <= param("announced_at_most", _patients.c.attachments_announced),
    )
    .values(attachments_announced=_announced + 1),
    Scope.OWNER,
)
"""Collected with each INSERT of an attachment. No more were announced since its usage was read than leave room for it.

The number only grows, so that a deletion between hides no announcement. The version stays.
"""
INSERT_ATTACHMENT = Change(
    "insert_attachment",
    insert_for_chart(
        AttachmentTable,
        _of_parent(
            _is_draft,
            _is_private,
            param("note_id", _attachments.c.note_id),
            param("reflection_id", _attachments.c.reflection_id),
            _PATIENT_ID,
        ),
        is_alive(AttachmentTable),
    ),
    Scope.OWNER,
)
ADD_PART = Change(
    "add_attachment_part",
    update_in_chart(AttachmentTable, ("received_bytes", "objects"), _is_mine, _is_uploading, _is_open),
    Scope.OWNER,
)
COMPLETE_ATTACHMENT = Change(
    "complete_attachment",
    update_in_chart(
        AttachmentTable,
        ("state", "size_bytes", "received_bytes", "sha256", "completed_at", "objects"),
        _is_mine,
        _is_uploading,
        _is_open,
    ),
    Scope.OWNER,
)
_is_not_held = any_for_row(
    sa.select(_ONE).where(
        in_clinic(_patients), _patients.c.id == _attachments.c.patient_id, _patients.c.held_at.is_(None)
    )
)
DELETE_ATTACHMENT = Change(
    "delete_attachment",
    delete_in_chart(AttachmentTable, *at_version(AttachmentTable), _is_mine_to_open, _is_not_held),
    Scope.OWNER,
)

# ── the job ──

_JOB = "run by the job that forgets what was never completed, and sweeps objects that nothing refers to"
_clinic = _attachments.c.clinic_id == param("clinic_id", _attachments.c.clinic_id)
_has_expired = sa.and_(
    _clinic,
    _is_uploading,
    _attachments.c.created_at < param("created_before", _attachments.c.created_at),
    any_for_row(
        sa.select(_ONE).where(
            _patients.c.clinic_id == param("clinic_id", _patients.c.clinic_id),
            _patients.c.id == _attachments.c.patient_id,
            _patients.c.held_at.is_(None),
        )
    ),
)
"""A legal hold keeps an unfinished upload too."""
EXPIRED_UPLOADS = Read(
    "expired_uploads",
    sa.select(_attachments.c.clinic_id, _attachments.c.id, _attachments.c.patient_id)
    .where(_has_expired)
    .order_by(_attachments.c.created_at, _attachments.c.id)
    .limit(PAGE_ROWS),
    ExpiredUpload,
    Scope.SYSTEM,
    _JOB,
)
EXPIRE_UPLOAD = Change(
    "expire_upload",
    sa.delete(_attachments).where(_has_expired, _attachments.c.id == param("id", _attachments.c.id)),
    Scope.SYSTEM,
    _JOB,
)


def live_objects(name: str, table: sa.Table, *which: sa.ColumnElement[bool]) -> Read[LiveObjects]:
    """Return the Statement of the objects that the rows of a table name, by the ids of the rows."""
    return Read(
        name,
        sa.select(table.c.clinic_id, table.c.id, table.c.objects)
        .where(
            table.c.clinic_id == param("clinic_id", table.c.clinic_id),
            table.c.id >= param("first_id", table.c.id),
            table.c.id <= param("last_id", table.c.id),
            *which,
        )
        .order_by(table.c.id)
        .limit(PAGE_ROWS),
        LiveObjects,
        Scope.SYSTEM,
        "run by the job that sweeps objects that nothing refers to",
    )


LIVE_OBJECTS = live_objects("live_objects", _attachments, _attachments.c.objects != sa.literal(b"", sa.LargeBinary()))
NAMING_OBJECTS: list[Read[LiveObjects]] = [LIVE_OBJECTS]
"""One for each table whose rows name objects: what none of them names is swept. Later resources add theirs."""
