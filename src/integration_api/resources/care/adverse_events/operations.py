"""Operations on adverse events."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation
from integration_api.resources.care.orders.operations import PRESCRIBERS

READ_AS = ("AdverseEvent",)
"""The types of FHIR as which programs read them."""
LIST_ADVERSE_EVENTS = Operation("adverse_event:list", "adverse_event.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_ADVERSE_EVENT = Operation("adverse_event:create", "adverse_event.recorded", CLINICIANS)
READ_ADVERSE_EVENT = Operation("adverse_event:read", "adverse_event.read", PATIENT | TEAM, programs_read=READ_AS)
UPDATE_ADVERSE_EVENT = Operation("adverse_event:update", "adverse_event.updated", CLINICIANS)
LIST_ADVERSE_EVENT_VERSIONS = Operation("adverse_event:list_versions", "adverse_event.versions_listed", PATIENT | TEAM)
REVIEW_ADVERSE_EVENT = Operation("adverse_event:review", "adverse_event.reviewed", PRESCRIBERS)
WITHDRAW_ADVERSE_EVENT = Operation("adverse_event:withdraw", "adverse_event.withdrawn", CLINICIANS)
