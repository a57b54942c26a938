"""Opening a chart in an emergency, and reviewing that it was one."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_account, tell_role
from integration_api.access.revisions import check_version
from integration_api.access.tables import CareTeamBasis, CareTeamRole, CareTeamRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.emergencies import operations
from integration_api.resources.people.emergencies import statements as sql
from integration_api.resources.people.emergencies.rules import ReviewOutcome, duration
from integration_api.resources.people.emergencies.schemas import EmergencyAccess, EmergencyOpen, EmergencyReview
from integration_api.resources.people.emergencies.tables import EmergencyRow
from integration_api.resources.people.patients.statements import INSERT_MEMBER
from integration_api.web.errors import Conflict, Forbidden
from integration_api.web.paging import Page, Window


class EmergencyNotNeeded(Conflict):
    """You are on the care team and see the chart already."""

    code = "emergency-not-needed"
    title = "No emergency access needed"
    remedy = "Read the chart as usual."


class AlreadyReviewed(Conflict):
    """This emergency access was reviewed; a review stands."""

    code = "already-reviewed"
    title = "Already reviewed"
    remedy = "Read the emergency access again and show the review that is there."


class NotYourOwnEmergency(Forbidden):
    """Nobody reviews what they opened themselves; ask another privacy officer."""

    code = "not-your-own-emergency"
    title = "Not for yourself"
    remedy = "Leave this review to another privacy officer."


async def open_emergency_access(work: Work, patient_id: UUID, body: EmergencyOpen) -> EmergencyAccess:
    """See a chart for a few hours without its team. The privacy officers and the patient are told in the same step.

    Raises NotFound, EmergencyNotNeeded, IdTaken.
    """
    chart = await work.get(sql.CHART_TO_OPEN, id=patient_id)
    if chart.is_member:
        raise EmergencyNotNeeded
    clinic = await load_clinic(work)
    ends_at = work.now + duration(policy(clinic.policies, "emergency_access_hours"))
    row = EmergencyRow(
        clinic_id=clinic.clinic_id,
        id=body.id or new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=chart.id,
        account_id=work.actor.id,
        reason_code=body.reason_code,
        reason=body.reason,
        ends_at=ends_at,
    )
    grant = CareTeamRow(
        clinic_id=row.clinic_id,
        id=row.id,
        created_at=work.now,
        updated_at=work.now,
        patient_id=row.patient_id,
        account_id=row.account_id,
        role=CareTeamRole(work.role.value),
        basis=CareTeamBasis.EMERGENCY,
        started_at=work.now,
        ends_at=ends_at,
    )
    work.create(INSERT_MEMBER, grant)
    work.create(sql.INSERT_EMERGENCY, row)
    work.record(row.id, chart.id)
    tell_role(work, Role.PRIVACY_OFFICER, operations.OPEN_EMERGENCY_ACCESS.recorded, row.id, chart.id)
    if chart.account_id is not None:
        tell_account(work, chart.account_id, operations.OPEN_EMERGENCY_ACCESS.recorded, row.id, chart.id)
    return EmergencyAccess.of(row)


async def list_emergency_accesses(work: Work, window: Window) -> Page[EmergencyAccess]:
    """Every chart that was opened in an emergency, newest first."""
    found = await work.page(sql.LIST_EMERGENCIES, window, lambda row: (row.created_at, row.id), EmergencyAccess.of)
    work.record_list([item.patient_id for item in found.items])
    return found


async def review_emergency_access(
    work: Work, emergency_id: UUID, body: EmergencyReview, expected_version: int
) -> EmergencyAccess:
    """Say whether it was an emergency; who opened it is told. What was none ends now.

    Raises NotFound, NotYourOwnEmergency, AlreadyReviewed, StaleVersion.
    """
    row = await work.get(sql.READ_EMERGENCY, id=emergency_id)
    if row.account_id == work.actor.id:
        raise NotYourOwnEmergency
    if row.reviewed_at is not None:
        raise AlreadyReviewed
    check_version(row, expected_version)
    changed = work.revise(
        sql.REVIEW_EMERGENCY, row, {"reviewed_at": work.now, "reviewed_by_id": work.actor.id, "outcome": body.outcome}
    )
    if body.outcome is ReviewOutcome.NOT_JUSTIFIED:
        work.change(sql.END_EMERGENCY, changed, rows=None)
    work.record(row.id, row.patient_id)
    tell_account(work, row.account_id, operations.REVIEW_EMERGENCY_ACCESS.recorded, row.id, row.patient_id)
    return EmergencyAccess.of(changed)
