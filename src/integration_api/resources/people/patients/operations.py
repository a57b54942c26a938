"""Operations on charts and care teams."""

from integration_api.access.operations import (
    ADMINS,
    CLINICIANS,
    CLINICIANS_OF_CLINIC,
    PATIENT,
    PROGRAMS,
    TEAM,
    Operation,
)
from integration_api.ledger.events import PATIENT_CREATED, PATIENTS_LISTED, PATIENTS_SEARCHED, Event

READ_AS = ("Patient",)
"""The types of FHIR as which programs read them."""
LIST_PATIENTS = Operation("patient:list", PATIENTS_LISTED, ADMINS | PATIENT | TEAM | PROGRAMS, programs_read=READ_AS)
CREATE_PATIENT = Operation("patient:create", PATIENT_CREATED, CLINICIANS_OF_CLINIC)
SEARCH_PATIENTS = Operation("patient:search", PATIENTS_SEARCHED, ADMINS | TEAM | PROGRAMS)
READ_PATIENT = Operation("patient:read", "patient.read", ADMINS | PATIENT | TEAM | PROGRAMS, programs_read=READ_AS)
UPDATE_PATIENT = Operation("patient:update", "patient.updated", ADMINS | CLINICIANS | PROGRAMS)
LIST_CARE_TEAM = Operation(
    "care_team:list", "care_team.listed", ADMINS | PATIENT | TEAM | PROGRAMS, programs_read=("CareTeam",)
)
ADD_CARE_TEAM_MEMBER = Operation("care_team:add", "care_team.added", ADMINS | CLINICIANS | PROGRAMS)
END_CARE_TEAM_MEMBER = Operation("care_team:end", "care_team.ended", ADMINS | CLINICIANS | PROGRAMS)
READ_PATIENT_ACCOUNT = Operation("patient:read_account", "patient.account_read", ADMINS | CLINICIANS)

ADDRESS_MOVED = Event("account.address_moved")
