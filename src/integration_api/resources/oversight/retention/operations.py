"""Operations on legal holds and erasure."""

from integration_api.access.operations import ADMINS, Operation
from integration_api.ledger.events import Event

READ_PATIENT_HOLD = Operation("patient:read_hold", "patient.hold_read", ADMINS)
HOLD_PATIENT = Operation("patient:hold", "patient.held", ADMINS)
RELEASE_PATIENT = Operation("patient:release", "patient.released", ADMINS)
ERASE_PATIENT = Operation("patient:erase", "patient.erased", ADMINS, needs_step_up=True)

ACCOUNT_ENDED = Event("account.ended")
"""With an erasure: the account that the patient had."""
