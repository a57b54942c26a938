"""Operations on readiness and dose holds."""

from integration_api.access.actor import Role
from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation, Relation
from integration_api.ledger.events import Event

READ_READINESS_CHECK = Operation("readiness:read", "readiness.read", PATIENT | TEAM)
UPDATE_READINESS_CHECK = Operation("readiness:update", "readiness.updated", CLINICIANS)
LIST_READINESS_VERSIONS = Operation("readiness:list_versions", "readiness.versions_listed", PATIENT | TEAM)
LIST_DOSE_HOLDS = Operation("dose_hold:list", "dose_hold.listed", TEAM)
RELEASE_DOSE_HOLD = Operation("dose_hold:release", "dose_hold.released", {Role.PRESCRIBER: Relation.TEAM})

DOSE_HELD = Event("dose.held")
"""A dose was not started, because holds were open."""
