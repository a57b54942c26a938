"""Operations on safeguarding reports. Their rows of the ledger are shown to nobody; those of designations are."""

from integration_api.access.operations import ADMINS, ANYONE_IN_CLINIC, EVERYBODY, STAFF, Operation, Relation

_HANDLERS = dict.fromkeys(STAFF, Relation.SELF)

SEND_SAFEGUARDING_REPORT = Operation(
    "safeguarding_report:send", "safeguarding_report.sent", EVERYBODY, is_confidential=True
)
LIST_SAFEGUARDING_REPORTS = Operation(
    "safeguarding_report:list", "safeguarding_report.listed", EVERYBODY, is_confidential=True
)
READ_SAFEGUARDING_REPORT = Operation(
    "safeguarding_report:read", "safeguarding_report.read", EVERYBODY, is_confidential=True
)
UPDATE_SAFEGUARDING_REPORT = Operation(
    "safeguarding_report:update", "safeguarding_report.updated", _HANDLERS, is_confidential=True
)
HAND_OVER_SAFEGUARDING_REPORT = Operation(
    "safeguarding_report:hand_over", "safeguarding_report.handed_over", _HANDLERS, is_confidential=True
)
READ_SAFEGUARDING = Operation("safeguarding:read", "safeguarding.read", ANYONE_IN_CLINIC)
DESIGNATE_SAFEGUARDING = Operation("safeguarding:designate", "safeguarding.designated", ADMINS, needs_step_up=True)
