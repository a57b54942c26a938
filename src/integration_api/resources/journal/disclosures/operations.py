"""Operations on disclosures."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_DISCLOSURES = Operation("disclosure:list", "disclosure.listed", PATIENT | TEAM)
RECORD_DISCLOSURE = Operation("disclosure:record", "disclosure.recorded", TEAM)
READ_DISCLOSURE = Operation("disclosure:read", "disclosure.read", PATIENT | TEAM)
WITHDRAW_DISCLOSURE = Operation("disclosure:withdraw", "disclosure.withdrawn", TEAM)
