"""Operations on the roster."""

from integration_api.access.operations import ADMINS, STAFF, Operation
from integration_api.ledger.events import Event

READ_ROSTER = Operation("roster:read", "roster.read", STAFF)
LIST_SHIFTS = Operation("shift:list", "shift.listed", STAFF)
CREATE_SHIFT = Operation("shift:create", "shift.created", ADMINS)
READ_SHIFT = Operation("shift:read", "shift.read", STAFF)
WITHDRAW_SHIFT = Operation("shift:withdraw", "shift.withdrawn", ADMINS)

CHAIN_FAILED = Event("roster.chain_failed")
"""By the product (R36): nobody was on call, nobody took what is urgent, or what was sent did not arrive."""
GAP_AHEAD = Event("roster.gap_ahead")
"""By the product: nobody is on call at some time of the next 14 days."""
