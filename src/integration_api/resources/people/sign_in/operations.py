"""Operations on signing in."""

from integration_api.access.operations import ACCOUNT_HOLDERS, Operation
from integration_api.ledger.events import SIGNED_IN, Event

OFFER_PASSKEY = Operation("auth:offer_passkey", None, is_public=True)
SIGN_IN_WITH_PASSKEY = Operation("auth:sign_in_with_passkey", SIGNED_IN, is_public=True)
STEP_UP = Operation("auth:step_up", "auth.stepped_up", ACCOUNT_HOLDERS, needs_factor=False)
SIGN_OUT = Operation("auth:sign_out", "auth.signed_out", ACCOUNT_HOLDERS, needs_factor=False)
READ_ME = Operation("me:read", None, ACCOUNT_HOLDERS, needs_factor=False)

FACTOR_NEEDED = Event("auth.factor_needed")
FACTOR_FAILED = Event("auth.factor_failed")
REFRESH_TOKEN_REUSED = Event("auth.refresh_reused")
REFRESH_TOKEN_SPENT = Event("auth.refresh_spent")
SIGN_IN_EXPIRED = Event("auth.sign_in_expired")
RECOVERY_CODE_USED = Event("recovery_code.used")
