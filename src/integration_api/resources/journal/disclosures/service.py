"""Recording disclosures, accounting for them to the patient, and withdrawing what was recorded in error."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.chart_lists import list_charts
from integration_api.access.notices import tell_role
from integration_api.access.references import unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.disclosures import operations
from integration_api.resources.journal.disclosures import statements as sql
from integration_api.resources.journal.disclosures.rules import PURPOSE_OF_BASIS
from integration_api.resources.journal.disclosures.schemas import Disclosure, DisclosureCreate, DisclosureFilter
from integration_api.resources.journal.disclosures.tables import DisclosureRow
from integration_api.resources.people.consent_documents.purposes import permitted
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw


async def list_disclosures(work: Work, window: Window, only: DisclosureFilter) -> Page[Disclosure]:
    """List the disclosures of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.DISCLOSURES, window, only, Disclosure.of)


async def record_disclosure(work: Work, body: DisclosureCreate) -> Disclosure:
    """Record a disclosure out of a chart that the actor may see. Raises NotFound, IdTaken, Invalid.

    It has happened, so it is recorded in any case. If the patient did not permit it, the privacy officers are told.
    """
    check_not_in_future("body.disclosed_at", body.disclosed_at, work.now)
    purpose = PURPOSE_OF_BASIS.get(body.basis)
    is_permitted = None if purpose is None else await permitted(work, body.patient_id, purpose)
    row = DisclosureRow(**new_values(work, body), created_by_id=work.actor.id, is_permitted=is_permitted)
    work.create(sql.INSERT_DISCLOSURE, row, missed=unseen_chart)
    if is_permitted is False:
        tell_role(work, Role.PRIVACY_OFFICER, operations.RECORD_DISCLOSURE.recorded, row.id, row.patient_id)
    work.record(row.id, row.patient_id)
    return Disclosure.of(row)


async def read_disclosure(work: Work, disclosure_id: UUID) -> Disclosure:
    """Return one disclosure. Raises NotFound."""
    row = await work.get(sql.READ_DISCLOSURE, id=disclosure_id)
    work.record(row.id, row.patient_id)
    return Disclosure.of(row)


async def withdraw_disclosure(work: Work, disclosure_id: UUID, body: Withdraw, expected_version: int) -> Disclosure:
    """Keep one that was recorded in error, as withdrawn. Raises NotFound, StaleVersion, Superseded."""
    row = await work.get(sql.READ_DISCLOSURE, id=disclosure_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_DISCLOSURE, row, withdrawn)
    work.record(row.id, row.patient_id)
    return Disclosure.of(changed)
