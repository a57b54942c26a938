"""Operations of FHIR. Each request is recorded and refused by the operation of the plain API behind it."""

from integration_api.access.operations import EVERYBODY, PROGRAMS, Operation
from integration_api.ledger.events import SIGNED_IN, Event

READ_FHIR_RESOURCE = Operation("fhir:read", None, EVERYBODY, is_of_fhir=True)
SEARCH_FHIR_RESOURCES = Operation("fhir:search", None, EVERYBODY, is_of_fhir=True)
SEARCH_FHIR_RESOURCES_BY_FORM = Operation("fhir:search_by_form", None, EVERYBODY, is_of_fhir=True)
READ_FHIR_EVERYTHING = Operation("fhir:read_everything", None, EVERYBODY, is_of_fhir=True)
READ_FHIR_CAPABILITIES = Operation("fhir:read_capabilities", None, is_public=True)
READ_SMART_CONFIGURATION = Operation("fhir:read_smart_configuration", None, is_public=True)
CREATE_SMART_TOKEN = Operation("smart_token:create", SIGNED_IN, is_public=True)
"""A token for a program that signs what it asks with."""

CREATE_BULK_EXPORT = Operation("bulk_export:create", "bulk_export.asked", PROGRAMS, is_of_fhir=True)
CREATE_BULK_EXPORT_OF_PATIENTS = Operation(
    "bulk_export:create_of_patients", "bulk_export.asked_of_patients", PROGRAMS, is_of_fhir=True
)
READ_BULK_EXPORT = Operation("bulk_export:read", "bulk_export.read", PROGRAMS, is_of_fhir=True)
DELETE_BULK_EXPORT = Operation("bulk_export:delete", "bulk_export.deleted", PROGRAMS, is_of_fhir=True)
READ_BULK_FILE = Operation("bulk_export:download", "bulk_export.downloaded", PROGRAMS, is_of_fhir=True)
MAKE_BULK_EXPORT = Operation("bulk_export:make", Event("bulk_export.made"), is_command=True)
"""The job that makes bulk exports, and forgets them when their time is over."""
BULK_EXPORT_CHART_READ = Event("bulk_export.chart_read")
"""One row for each chart in a file: the patient sees that the program has it."""
BULK_EXPORT_FAILED = Event("bulk_export.failed")
BULK_EXPORT_EXPIRED = Event("bulk_export.expired")
