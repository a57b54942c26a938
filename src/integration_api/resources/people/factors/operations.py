"""Operations on second factors."""

from integration_api.access.operations import ACCOUNT_HOLDERS, Operation

LIST_FACTORS = Operation("factor:list", "factor.listed", ACCOUNT_HOLDERS, needs_factor=False)
ADD_TOTP = Operation("factor:add_totp", "factor.begun", ACCOUNT_HOLDERS, needs_step_up=True, needs_factor=False)
CONFIRM_TOTP = Operation("factor:confirm_totp", "factor.added", ACCOUNT_HOLDERS, needs_step_up=True, needs_factor=False)
OFFER_NEW_PASSKEY = Operation("factor:offer_passkey", None, ACCOUNT_HOLDERS, needs_step_up=True, needs_factor=False)
ADD_PASSKEY = Operation(
    "factor:add_passkey", CONFIRM_TOTP.event, ACCOUNT_HOLDERS, needs_step_up=True, needs_factor=False
)
REMOVE_FACTOR = Operation("factor:remove", "factor.removed", ACCOUNT_HOLDERS, needs_step_up=True, needs_factor=False)
MAKE_RECOVERY_CODES = Operation("recovery_code:make", "recovery_code.all_made", ACCOUNT_HOLDERS, needs_step_up=True)
