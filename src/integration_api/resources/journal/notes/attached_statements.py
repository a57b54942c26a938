"""Statements that delete the attachments of a reflection or a draft with it, and so their keys, in the same step."""

from typing import Any

import sqlalchemy as sa

from integration_api.access.tombstones import tombstones_of
from integration_api.access.visible import delete_in_chart, in_clinic
from integration_api.resources.journal.notes.tables import AttachmentTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Scope, any_for_row, param
from integration_api.storage.tables import table_of

_attachments, _patients = table_of(AttachmentTable), table_of(PatientTable)
_of_reflection = _attachments.c.reflection_id == param("reflection_id", _attachments.c.reflection_id)
_one: sa.ColumnElement[Any] = sa.literal_column("1")
_of_note = sa.and_(
    _attachments.c.note_id == param("note_id", _attachments.c.note_id),
    any_for_row(
        sa.select(_one).where(
            in_clinic(_patients), _patients.c.id == _attachments.c.patient_id, _patients.c.held_at.is_(None)
        )
    ),
)
"""A legal hold keeps what a deleted draft had: the row of the draft stays as well."""

BURY_ATTACHMENTS = Change("bury_attachments", tombstones_of(AttachmentTable, _of_reflection), Scope.OWNER)
DELETE_ATTACHMENTS = Change("delete_attachments", delete_in_chart(AttachmentTable, _of_reflection), Scope.OWNER)
BURY_ATTACHMENTS_OF_DRAFT = Change("bury_attachments_of_draft", tombstones_of(AttachmentTable, _of_note), Scope.OWNER)
DELETE_ATTACHMENTS_OF_DRAFT = Change(
    "delete_attachments_of_draft", delete_in_chart(AttachmentTable, _of_note), Scope.OWNER
)
