"""Operations on doses."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

READ_AS = ("MedicationAdministration",)
"""The types of FHIR as which programs read them."""
LIST_DOSES = Operation("dose:list", "dose.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_DOSE = Operation("dose:create", "dose.recorded", CLINICIANS)
READ_DOSE = Operation("dose:read", "dose.read", PATIENT | TEAM)
WITHDRAW_DOSE = Operation("dose:withdraw", "dose.withdrawn", CLINICIANS)
