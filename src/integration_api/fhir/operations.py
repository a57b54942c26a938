"""Operations of FHIR. Each request is recorded and refused by the operation of the plain API behind it."""

from integration_api.access.operations import EVERYBODY, Operation

READ_FHIR_RESOURCE = Operation("fhir:read", None, EVERYBODY)
SEARCH_FHIR_RESOURCES = Operation("fhir:search", None, EVERYBODY)
SEARCH_FHIR_RESOURCES_BY_FORM = Operation("fhir:search_by_form", None, EVERYBODY)
READ_FHIR_EVERYTHING = Operation("fhir:read_everything", None, EVERYBODY)
READ_FHIR_CAPABILITIES = Operation("fhir:read_capabilities", None, is_public=True)
