"""Doses since a liver value was measured: R27."""

from collections.abc import Sequence
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses.rules import DoseFinding, Given, finding
from integration_api.resources.care.lab_results.rules import MAX_SESSIONS_SINCE, RULE, is_test_due, sessions_since
from integration_api.resources.care.lab_results.service import last_liver_test


async def liver_findings(work: Work, patient_id: UUID, dose: Given, around: Sequence[Given]) -> list[DoseFinding]:
    """Return R27 if a dose begins a session after eight others since the last liver value; `around` are other doses."""
    before = [one for one in around if one.given_at <= dose.given_at]
    if sessions_since(before, None) < MAX_SESSIONS_SINCE:
        return []
    tested_at = await last_liver_test(work, patient_id, dose.given_at)
    sessions = sessions_since([*before, dose], tested_at)
    if not is_test_due(sessions_since(before, tested_at), sessions):
        return []
    return [finding(RULE, "moderate", f"{sessions} sessions with a dose since a liver value was measured")]
