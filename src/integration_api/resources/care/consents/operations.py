"""Operations on consents."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

READ_AS = ("Consent",)
"""The types of FHIR as which programs read them."""
LIST_CONSENTS = Operation("consent:list", "consent.listed", PATIENT | TEAM, programs_read=READ_AS)
SIGN_CONSENT = Operation("consent:sign", "consent.signed", PATIENT, needs_step_up=True)
RECORD_CONSENT = Operation("consent:record", "consent.recorded", CLINICIANS)
READ_CONSENT = Operation("consent:read", "consent.read", PATIENT | TEAM, programs_read=READ_AS)
WITHDRAW_CONSENT = Operation("consent:withdraw", "consent.withdrawn", PATIENT | CLINICIANS)
