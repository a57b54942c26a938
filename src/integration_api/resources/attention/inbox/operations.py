"""Operations on the inbox."""

from integration_api.access.operations import PATIENT, Operation

MARK_INBOX_READ = Operation("inbox:mark_read", "inbox.marked_read", PATIENT)
