"""Operations on heads of the ledger."""

from integration_api.access.operations import ADMINS, AUDITORS, PRIVACY_OFFICERS, Operation

READ_LEDGER_HEAD = Operation("ledger_head:read", "ledger_head.read", ADMINS | AUDITORS | PRIVACY_OFFICERS)
