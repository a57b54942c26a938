"""Operations on answers to instruments."""

from integration_api.access.operations import AUTHORS, CLINICIANS, PATIENT, TEAM, Operation

_WRITERS, _OWNERS = PATIENT | CLINICIANS, PATIENT | AUTHORS

READ_AS = ("Observation", "QuestionnaireResponse")
"""The types of FHIR as which programs read them."""
LIST_MEASURE_RESPONSES = Operation(
    "measure_response:list", "measure_response.listed", PATIENT | TEAM, programs_read=READ_AS
)
CREATE_MEASURE_RESPONSE = Operation("measure_response:create", "measure_response.created", _WRITERS)
READ_MEASURE_RESPONSE = Operation(
    "measure_response:read", "measure_response.read", PATIENT | TEAM, programs_read=READ_AS
)
UPDATE_MEASURE_RESPONSE = Operation("measure_response:update", "measure_response.updated", _OWNERS)
COMPLETE_MEASURE_RESPONSE = Operation("measure_response:complete", "measure_response.completed", _OWNERS)
DELETE_MEASURE_RESPONSE = Operation("measure_response:delete", "measure_response.deleted", _OWNERS)
WITHDRAW_MEASURE_RESPONSE = Operation("measure_response:withdraw", "measure_response.withdrawn", CLINICIANS)
