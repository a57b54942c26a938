"""Operations on the inbox."""

from integration_api.access.operations import PATIENT, Operation

READ_INBOX = Operation("inbox:read", "inbox.read", PATIENT)
MARK_INBOX_READ = Operation("inbox:mark_read", "inbox.marked_read", PATIENT)
