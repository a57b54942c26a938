"""Operations on programs of a clinic."""

from integration_api.access.operations import ADMINS, Operation
from integration_api.ledger.events import SIGNED_IN, Event

CREATE_SERVICE_TOKEN = Operation("service_token:create", SIGNED_IN, is_public=True)
LIST_SERVICE_ACCOUNTS = Operation("service_account:list", "service_account.listed", ADMINS)
CREATE_SERVICE_ACCOUNT = Operation("service_account:create", "service_account.created", ADMINS, needs_step_up=True)
CHANGES_GRANTED = Event("service_account.changes_granted")
"""One row for each kind of thing whose changes a program may be told of; the `reason` names the kind."""
UPDATE_SERVICE_ACCOUNT = Operation("service_account:update", "service_account.updated", ADMINS, needs_step_up=True)
ROTATE_SERVICE_ACCOUNT_SECRET = Operation(
    "service_account:rotate_secret", "service_account.secret_rotated", ADMINS, needs_step_up=True
)
FHIR_GRANTED = Event("service_account.fhir_granted")
"""One row for each type that a program may newly read by FHIR; the `reason` names its scope."""
READ_SERVICE_KEYS = Operation("service_account:read_keys", "service_account.keys_read", ADMINS)
SET_SERVICE_KEYS = Operation("service_account:set_keys", "service_account.keys_set", ADMINS, needs_step_up=True)
