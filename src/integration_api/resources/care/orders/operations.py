"""Operations on orders."""

from integration_api.access.actor import Role
from integration_api.access.operations import PATIENT, TEAM, Operation, Relation

PRESCRIBERS = {Role.PRESCRIBER: Relation.TEAM}

READ_AS = ("MedicationRequest",)
"""The types of FHIR as which programs read them."""
LIST_ORDERS = Operation("order:list", "order.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_ORDER = Operation("order:create", "order.created", PRESCRIBERS)
READ_ORDER = Operation("order:read", "order.read", PATIENT | TEAM, programs_read=READ_AS)
WITHDRAW_ORDER = Operation("order:withdraw", "order.withdrawn", PRESCRIBERS)
