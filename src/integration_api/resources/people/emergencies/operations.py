"""Operations on emergency access."""

from integration_api.access.operations import CLINICIANS_OF_CLINIC, PRIVACY_OFFICERS, Operation

OPEN_EMERGENCY_ACCESS = Operation(
    "care_team:open_emergency", "care_team.emergency_opened", CLINICIANS_OF_CLINIC, needs_step_up=True
)
LIST_EMERGENCY_ACCESSES = Operation("emergency:list", "emergency.listed", PRIVACY_OFFICERS)
LIFT_EMERGENCY_BAR = Operation("emergency:lift_bar", "emergency.bar_lifted", PRIVACY_OFFICERS)
REVIEW_EMERGENCY_ACCESS = Operation("emergency:review", "emergency.reviewed", PRIVACY_OFFICERS)
