"""Flags of a dose: R17, R21 and R28 of what was recorded."""

from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.care.doses.rules import hits_of_findings
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.resources.care.sessions.tables import SessionRow


async def raise_for_dose(work: Work, session: SessionRow, row: DoseRow, corrected: DoseRow | None) -> None:
    """Collect a flag of each rule that a dose meets, but for those that the dose it corrects has raised."""
    raised = {one["rule"] for one in corrected.findings} if corrected is not None else set()
    hits = [hit for hit in hits_of_findings(row.findings) if hit.rule not in raised]
    await raise_flags(work, row.patient_id, Origin(FlagOrigin.DOSE, row.id, session.id), hits)
