"""Operations of FHIR. Each request is recorded and refused by the operation of the plain API behind it."""

from integration_api.access.operations import EVERYBODY, Operation
from integration_api.ledger.events import SIGNED_IN

READ_FHIR_RESOURCE = Operation("fhir:read", None, EVERYBODY, is_of_fhir=True)
SEARCH_FHIR_RESOURCES = Operation("fhir:search", None, EVERYBODY, is_of_fhir=True)
SEARCH_FHIR_RESOURCES_BY_FORM = Operation("fhir:search_by_form", None, EVERYBODY, is_of_fhir=True)
READ_FHIR_EVERYTHING = Operation("fhir:read_everything", None, EVERYBODY, is_of_fhir=True)
READ_FHIR_CAPABILITIES = Operation("fhir:read_capabilities", None, is_public=True)
READ_SMART_CONFIGURATION = Operation("fhir:read_smart_configuration", None, is_public=True)
CREATE_SMART_TOKEN = Operation("smart_token:create", SIGNED_IN, is_public=True)
"""A token for a program that signs what it asks with."""
