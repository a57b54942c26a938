"""The operation on next steps."""

from integration_api.access.operations import PATIENT, Operation

READ_NEXT = Operation("next:read", "next.read", PATIENT)
