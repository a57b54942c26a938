"""Operations of the screens that somebody opens first."""

from integration_api.access.operations import PATIENT, Operation
from integration_api.ledger.events import WORKLIST_READ
from integration_api.resources.attention.worklist.operations import READERS

READ_WORKLIST = Operation("worklist:read", WORKLIST_READ, READERS)
READ_INBOX = Operation("inbox:read", "inbox.read", PATIENT)
READ_HOME = Operation("home:read", "home.read", PATIENT)
