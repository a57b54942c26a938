"""Operations on consents."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_CONSENTS = Operation("consent:list", "consent.listed", PATIENT | TEAM)
SIGN_CONSENT = Operation("consent:sign", "consent.signed", PATIENT, needs_step_up=True)
RECORD_CONSENT = Operation("consent:record", "consent.recorded", CLINICIANS)
READ_CONSENT = Operation("consent:read", "consent.read", PATIENT | TEAM)
WITHDRAW_CONSENT = Operation("consent:withdraw", "consent.withdrawn", PATIENT | CLINICIANS)
