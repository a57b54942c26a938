"""Operations on the clinic."""

from integration_api.access.operations import ADMINS, ANYONE_IN_CLINIC, PROGRAMS, Operation

READ_AS = ("Organization",)
"""The types of FHIR as which programs read them."""
READ_CLINIC = Operation("clinic:read", "clinic.read", ANYONE_IN_CLINIC | PROGRAMS, programs_read=READ_AS)
UPDATE_CLINIC = Operation("clinic:update", "clinic.updated", ADMINS)
LIST_CRISIS_RESOURCES = Operation("crisis_resource:list", None, is_public=True, takes_any_token=True)
CREATE_CLINIC = Operation("clinic:create", "clinic.created", is_command=True)
