"""Operations on check-ins."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_CHECK_INS = Operation("check_in:list", "check_in.listed", PATIENT | TEAM)
CREATE_CHECK_IN = Operation("check_in:create", "check_in.created", PATIENT | CLINICIANS)
READ_CHECK_IN = Operation("check_in:read", "check_in.read", PATIENT | TEAM)
