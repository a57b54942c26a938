"""Operations on attachments."""

from integration_api.access.operations import AUTHORS, PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

_OWNERS = PATIENT | AUTHORS

LIST_ATTACHMENTS = Operation("attachment:list", "attachment.listed", PATIENT | TEAM, is_private=True)
CREATE_NOTE_ATTACHMENT = Operation("attachment:add_to_note", "attachment.added_to_note", AUTHORS)
CREATE_REFLECTION_ATTACHMENT = Operation(
    "attachment:add_to_reflection", "attachment.added_to_reflection", PATIENT, is_private=True
)
READ_ATTACHMENT = Operation("attachment:read", "attachment.read", PATIENT | TEAM, is_private=True)
ADD_ATTACHMENT_PART = Operation("attachment:add_part", "attachment.part_added", _OWNERS, is_private=True)
COMPLETE_ATTACHMENT = Operation("attachment:complete", "attachment.completed", _OWNERS, is_private=True)
READ_ATTACHMENT_CONTENT = Operation("attachment:open", "attachment.opened", PATIENT | TEAM, is_private=True)
DELETE_ATTACHMENT = Operation("attachment:delete", "attachment.deleted", _OWNERS, is_private=True)

EXPIRE = Operation("attachment:expire", Event("attachment.expired"), is_command=True)
"""The job that forgets uploads that were never completed, and sweeps objects that nothing refers to."""
