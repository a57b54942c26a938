"""Operations on lab results."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_LAB_RESULTS = Operation("lab_result:list", "lab_result.listed", PATIENT | TEAM)
CREATE_LAB_RESULT = Operation("lab_result:create", "lab_result.created", CLINICIANS)
READ_LAB_RESULT = Operation("lab_result:read", "lab_result.read", PATIENT | TEAM)
WITHDRAW_LAB_RESULT = Operation("lab_result:withdraw", "lab_result.withdrawn", CLINICIANS)
