"""Operations on legal holds and erasure."""

from integration_api.access.operations import ADMINS, PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

READ_PATIENT_HOLD = Operation("patient:read_hold", "patient.hold_read", ADMINS)
HOLD_PATIENT = Operation("patient:hold", "patient.held", ADMINS)
LIST_KEPT_CONTENTS = Operation(
    "patient:list_kept_contents", "patient.kept_contents_listed", PATIENT | TEAM, is_private=True
)
RELEASE_PATIENT = Operation("patient:release", "patient.released", ADMINS)
ERASE_PATIENT = Operation("patient:erase", "patient.erased", ADMINS, needs_step_up=True)

ACCOUNT_ENDED = Event("account.ended")
"""With an erasure: the account that the patient had."""
