"""Make, read and end split-care agreements. What one shows outside is in `shared_care`."""

from datetime import datetime
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.tables import AccountState
from integration_api.access.work import Work
from integration_api.resources.care.consents.service import load_consent
from integration_api.resources.journal.split_care import statements as sql
from integration_api.resources.journal.split_care.rules import period_problem, state_of
from integration_api.resources.journal.split_care.schemas import (
    Decides,
    SplitCare,
    SplitCareCreate,
    SplitCareEnd,
    SplitCareFilter,
)
from integration_api.resources.journal.split_care.tables import CareParty, SharedPart, SplitCareRow
from integration_api.resources.people.accounts.service import load_staff
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.web.errors import Conflict, Invalid
from integration_api.web.paging import Page, Window


class NotConsented(Conflict):
    """The consent is not one to sharing, or it was withdrawn; nothing may be shown outside by it."""

    code = "not-consented"
    title = "No consent to sharing"
    remedy = "Ask the patient to sign the clinic's consent to sharing, and name that consent."


async def list_split_care(work: Work, window: Window, only: SplitCareFilter) -> Page[SplitCare]:
    """List the agreements of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.SPLIT_CARE, window, only, lambda row: present(row, work.now))


async def read_split_care(work: Work, split_care_id: UUID) -> SplitCare:
    """Return one agreement. Raises NotFound."""
    row = await work.get(sql.READ_SPLIT_CARE, id=split_care_id)
    work.record(row.id, row.patient_id)
    return present(row, work.now)


async def create_split_care(work: Work, body: SplitCareCreate) -> SplitCare:
    """Make an agreement, as a prescriber of the care team.

    Raises NotFound, IdTaken, Invalid, NotConsented, EmergencyOnly, LicenceEnded.
    """
    with referred_by("patient_id"):
        await check_prescriber(work, body.patient_id)
    if (problem := period_problem(body.valid_from, body.valid_until, work.now)) is not None:
        raise Invalid(errors=[{"field": "body.valid_until", "code": "out_of_range", "message": problem}])
    await _check_outside(work, body.outside_account_id)
    with referred_by("consent_id"):
        consent = await load_consent(work, body.consent_id)
    if consent.patient_id != body.patient_id:
        raise not_found("consent_id")
    if consent.purpose is not ConsentPurpose.SHARING or consent.withdrawn_at is not None:
        raise NotConsented
    if body.valid_from < consent.signed_at:
        message = "must not be before the consent was signed"
        raise Invalid(errors=[{"field": "body.valid_from", "code": "before_consent", "message": message}])
    kept = body.decides.model_dump(mode="json")
    shares = [part.value for part in SharedPart if part in body.shares]
    row = SplitCareRow(**new_values(work, body, decides=kept, shares=shares), prescriber_id=work.actor.id)
    work.create(sql.INSERT_SPLIT_CARE, row, missed=unseen_chart)
    work.record(row.id, row.patient_id)
    return present(row, work.now)


async def end_split_care(work: Work, split_care_id: UUID, body: SplitCareEnd, expected_version: int) -> SplitCare:
    """End an agreement: from the next request nothing is shown by it. Raises NotFound, StaleVersion, Superseded."""
    row = await work.get(sql.READ_SPLIT_CARE, id=split_care_id)
    check_version(row, expected_version)
    if row.ended_at is not None:
        raise Superseded
    values = {"ended_at": work.now, "ended_by_id": work.actor.id, "ended_reason": body.reason}
    changed = work.revise(sql.END_SPLIT_CARE, row, values)
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


def present(row: SplitCareRow, now: datetime) -> SplitCare:
    """Return an agreement as the readers of its chart see it."""
    state = state_of(row.valid_from, row.valid_until, row.ended_at, now)
    return SplitCare.of(row, state=state, decides=decides(row), shares=shares(row))


def decides(row: SplitCareRow) -> Decides:
    """Return who decides on what."""
    told = {name: CareParty(party) for name, party in row.decides.items()}
    return {
        "dose": told["dose"],
        "hold": told["hold"],
        "monitoring": told["monitoring"],
        "discharge": told["discharge"],
        "out_of_hours": told["out_of_hours"],
    }


def shares(row: SplitCareRow) -> list[SharedPart]:
    """Return the parts that are shared."""
    return [SharedPart(part) for part in row.shares]


async def _check_outside(work: Work, account_id: UUID) -> None:
    """Raise NotFound for no account that staff can list, and Invalid unless it is an outside therapist's."""
    with referred_by("outside_account_id"):
        account = await load_staff(work, account_id)
    if Role.OUTSIDE_THERAPIST.value not in account.roles or account.state is AccountState.DISABLED:
        message = "must be an account with the role of an outside therapist"
        raise Invalid(errors=[{"field": "body.outside_account_id", "code": "not_outside", "message": message}])
