"""The end of a chart, for those who read its psychotherapy notes."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.ledger.changes import NEVER, Changed, Channel
from integration_api.resources.journal.psychotherapy_notes.grant_statements import READERS_OF_CHART
from integration_api.resources.journal.psychotherapy_notes.statements import KIND


async def tell_erased(work: Work, patient_id: UUID) -> None:
    """Tell each reader of a chart's psychotherapy notes that they are gone, and nobody else."""
    for one in await work.part(READERS_OF_CHART, patient_id=patient_id):
        work.telling.tell(Changed(KIND, one.note_id, Channel.ACCOUNT, account_id=one.account_id, visible_from=NEVER))
