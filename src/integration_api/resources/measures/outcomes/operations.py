"""The operation of outcomes."""

from integration_api.access.actor import Role
from integration_api.access.operations import ADMINS, Operation, Relation

READ_OUTCOMES = Operation("outcome:read", "outcome.read", {Role.SUPERVISOR: Relation.CLINIC} | ADMINS)
