"""Operations on sign-ins of one account."""

from integration_api.access.operations import ACCOUNT_HOLDERS, Operation

LIST_SIGN_INS = Operation("sign_in:list", "sign_in.listed", ACCOUNT_HOLDERS, needs_factor=False)
END_SIGN_INS = Operation("sign_in:end_all", "sign_in.all_ended", ACCOUNT_HOLDERS, needs_factor=False)
END_SIGN_IN = Operation("sign_in:end", "sign_in.ended", ACCOUNT_HOLDERS, needs_factor=False)
