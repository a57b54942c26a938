"""Operations on assessments."""

from integration_api.access.actor import Role
from integration_api.access.operations import PATIENT, TEAM, Operation, Relation

READ_ASSESSMENT = Operation("assessment:read", "assessment.read", PATIENT | TEAM)
UPDATE_ASSESSMENT = Operation("assessment:update", "assessment.updated", {Role.THERAPIST: Relation.TEAM})
LIST_ASSESSMENT_VERSIONS = Operation("assessment:list_versions", "assessment.versions_listed", PATIENT | TEAM)
