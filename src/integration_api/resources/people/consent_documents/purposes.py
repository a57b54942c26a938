"""Whether a patient permits a purpose: asked wherever data of the patient leaves."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.people.consent_documents.purpose_statements import READ_PERMISSION
from integration_api.resources.people.consent_documents.tables import ConsentPurpose


async def permitted(work: Work, patient_id: UUID, purpose: ConsentPurpose) -> bool:
    """Return whether the patient of a chart that the actor may see permits a purpose. Any other is not permitted."""
    found = await work.one(READ_PERMISSION, patient_id=patient_id, purpose=purpose)
    return found is not None and found.is_permitted
