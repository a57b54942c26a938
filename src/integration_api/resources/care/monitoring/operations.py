"""Operations on vitals."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_VITALS = Operation("vital:list", "vital.listed", PATIENT | TEAM)
READ_VITAL = Operation("vital:read", "vital.read", PATIENT | TEAM)
RECORD_VITALS = Operation("vital:record", "vital.recorded", CLINICIANS)
UPLOAD_VITALS = Operation("vital:upload", "vital.uploaded", CLINICIANS)
WITHDRAW_VITAL = Operation("vital:withdraw", "vital.withdrawn", CLINICIANS)
