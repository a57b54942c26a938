"""Operations on the change feed."""

from integration_api.access.actor import Role
from integration_api.access.operations import PATIENT, TEAM, Operation, Relation
from integration_api.ledger.events import Event

CHANGES_LISTED = Event("changes.listed")
"""Recorded if the answer names anything: an answer that is empty leaves no row, however often a client asks."""
OTHER_STAFF = {
    Role.CLINIC_ADMIN: Relation.SELF,
    Role.AUDITOR: Relation.SELF,
    Role.PRIVACY_OFFICER: Relation.SELF,
}
LIST_CHANGES = Operation("changes:list", None, PATIENT | TEAM | OTHER_STAFF)
