"""Statements that delete the attachments of a reflection together with it. Their keys go in the same step."""

from integration_api.access.tombstones import tombstones_of
from integration_api.access.visible import delete_in_chart
from integration_api.resources.journal.reflections.tables import AttachmentTable
from integration_api.storage.statements import Change, Scope, param
from integration_api.storage.tables import table_of

_attachments = table_of(AttachmentTable)
_attached_to = _attachments.c.reflection_id == param("reflection_id", _attachments.c.reflection_id)

BURY_ATTACHMENTS = Change("bury_attachments", tombstones_of(AttachmentTable, _attached_to), Scope.OWNER)
DELETE_ATTACHMENTS = Change("delete_attachments", delete_in_chart(AttachmentTable, _attached_to), Scope.OWNER)
