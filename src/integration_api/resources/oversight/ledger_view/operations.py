"""Operations on the ledger."""

from integration_api.access.operations import AUDITORS, PATIENT, PRIVACY_OFFICERS, Operation

LIST_LEDGER = Operation("ledger:list", "ledger.listed", AUDITORS | PRIVACY_OFFICERS)
READ_ACCESS_LOG = Operation("me:read_access_log", "access_log.read", PATIENT)
