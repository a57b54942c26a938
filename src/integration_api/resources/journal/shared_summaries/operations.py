"""Operations on shared summaries."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_SHARED_SUMMARIES = Operation("shared_summary:list", "shared_summary.listed", PATIENT | TEAM)
CREATE_SHARED_SUMMARY = Operation("shared_summary:create", "shared_summary.created", PATIENT | CLINICIANS)
READ_SHARED_SUMMARY = Operation("shared_summary:read", "shared_summary.read", PATIENT | TEAM)
UPDATE_SHARED_SUMMARY = Operation("shared_summary:update", "shared_summary.updated", PATIENT | CLINICIANS)
ENDORSE_SHARED_SUMMARY = Operation("shared_summary:endorse", "shared_summary.endorsed", PATIENT | CLINICIANS)
UNENDORSE_SHARED_SUMMARY = Operation("shared_summary:unendorse", "shared_summary.unendorsed", PATIENT | CLINICIANS)
WITHDRAW_SHARED_SUMMARY = Operation("shared_summary:withdraw", "shared_summary.withdrawn", PATIENT | CLINICIANS)
LIST_SHARED_SUMMARY_VERSIONS = Operation(
    "shared_summary:list_versions", "shared_summary.versions_listed", PATIENT | TEAM
)
