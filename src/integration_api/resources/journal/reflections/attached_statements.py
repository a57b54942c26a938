"""Statements that delete the attachments of a reflection, or of a draft of a note, together with it.

Their keys go in the same step.
"""

from typing import Any

import sqlalchemy as sa

from integration_api.access.tombstones import tombstones_of
from integration_api.access.visible import delete_in_chart, in_clinic
from integration_api.resources.journal.reflections.tables import AttachmentTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Scope, any_for_row, param
from integration_api.storage.tables import table_of

_attachments, _patients = table_of(AttachmentTable), table_of(PatientTable)
_attached_to = _attachments.c.reflection_id == param("reflection_id", _attachments.c.reflection_id)
_is_held: sa.ColumnElement[Any] = any_for_row(
    sa.select(sa.literal_column("1")).where(
        in_clinic(_patients), _patients.c.id == _attachments.c.patient_id, _patients.c.held_at.is_not(None)
    )
)
_of_note = sa.and_(_attachments.c.note_id == param("note_id", _attachments.c.note_id), ~_is_held)
"""A draft is taken away under a legal hold too: its row stays then, and so do its attachments, unreadable to all."""

BURY_ATTACHMENTS = Change("bury_attachments", tombstones_of(AttachmentTable, _attached_to), Scope.OWNER)
DELETE_ATTACHMENTS = Change("delete_attachments", delete_in_chart(AttachmentTable, _attached_to), Scope.OWNER)
BURY_NOTE_ATTACHMENTS = Change("bury_note_attachments", tombstones_of(AttachmentTable, _of_note), Scope.OWNER)
DELETE_NOTE_ATTACHMENTS = Change("delete_note_attachments", delete_in_chart(AttachmentTable, _of_note), Scope.OWNER)
GONE_WITH_NOTE = (BURY_NOTE_ATTACHMENTS, DELETE_NOTE_ATTACHMENTS)
