"""Prescribing in a chart: by its care team, and with a licence."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.people.accounts.licences import check_licence
from integration_api.resources.people.accounts.service import load_account
from integration_api.resources.people.patients.service import manage_patient


async def check_prescriber(work: Work, patient_id: UUID) -> None:
    """Return if the actor, a prescriber, may decide on doses of this chart now.

    Raises NotFound, LicenceEnded, and EmergencyOnly unless they are on the care team other than by emergency access.
    """
    await manage_patient(work, patient_id)
    await check_licence(work, await load_account(work, work.actor.id))
