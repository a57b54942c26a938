"""Operations on medicines."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

READ_AS = ("MedicationStatement",)
"""The types of FHIR as which programs read them."""
LIST_MEDICINES = Operation("medicine:list", "medicine.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_MEDICINE = Operation("medicine:create", "medicine.created", PATIENT | CLINICIANS)
READ_MEDICINE = Operation("medicine:read", "medicine.read", PATIENT | TEAM, programs_read=READ_AS)
UPDATE_MEDICINE = Operation("medicine:update", "medicine.updated", PATIENT | CLINICIANS)
WITHDRAW_MEDICINE = Operation("medicine:withdraw", "medicine.withdrawn", PATIENT | CLINICIANS)
