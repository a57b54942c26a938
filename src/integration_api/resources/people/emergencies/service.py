"""Opening a chart in an emergency, and reviewing that it was one."""

from datetime import datetime
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_account, tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.tables import CareTeamBasis, CareTeamRole, CareTeamRow
from integration_api.access.work import Work
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.emergencies import operations
from integration_api.resources.people.emergencies import statements as sql
from integration_api.resources.people.emergencies.rules import ReviewOutcome, duration
from integration_api.resources.people.emergencies.schemas import EmergencyAccess, EmergencyOpen, EmergencyReview
from integration_api.resources.people.emergencies.tables import EmergencyRow
from integration_api.resources.people.patients.service import end_membership
from integration_api.resources.people.patients.statements import INSERT_MEMBER
from integration_api.web.errors import Conflict, Forbidden, Member
from integration_api.web.instants import instant
from integration_api.web.paging import Page, Window


class EmergencyNotNeeded(Conflict):
    """You are on the care team and see the chart already."""

    code = "emergency-not-needed"
    title = "No emergency access needed"
    remedy = "Read the chart as usual."


class EmergencyOpened(Conflict):
    """You have opened this chart, and your access still lasts, until `ends_at`; open it again after that."""

    code = "emergency-opened"
    title = "Emergency access lasts"
    remedy = "Offer the chart, which is open until `ends_at`."
    members = {"ends_at": Member(datetime, "When the access ends.", "2026-11-21T02:10:00Z")}


class EmergencyBarred(Forbidden):
    """A privacy officer found that you opened this chart without an emergency. Ask one of them to lift the bar."""

    code = "emergency-barred"
    title = "Barred by a review"
    remedy = "Say that a privacy officer must lift the bar first; the care team can add the clinician too."


class NoBar(Conflict):
    """This emergency access bars nobody: it was not found unjustified, or the bar was lifted before."""

    code = "no-bar"
    title = "Nothing to lift"
    remedy = "Read the list of emergency accesses again; nothing more is needed."


class AlreadyReviewed(Conflict):
    """This emergency access was reviewed already; a review cannot be changed."""

    code = "already-reviewed"
    title = "Already reviewed"
    remedy = "Read the emergency access again and show the review that is there."


class NotYourOwnEmergency(Forbidden):
    """You cannot review an emergency access of your own; ask another privacy officer."""

    code = "not-your-own-emergency"
    title = "Not for yourself"
    remedy = "Leave this review to another privacy officer."


async def open_emergency_access(work: Work, patient_id: UUID, body: EmergencyOpen) -> EmergencyAccess:
    """See a chart for a few hours without its team. The privacy officers and the patient are told in the same step.

    Raises NotFound, EmergencyNotNeeded, EmergencyBarred, EmergencyOpened, IdTaken.
    """
    chart = await work.get(sql.CHART_TO_OPEN, id=patient_id)
    if chart.is_member:
        raise EmergencyNotNeeded
    if chart.is_barred:
        raise EmergencyBarred
    if chart.open_until is not None:
        raise EmergencyOpened(extra={"ends_at": instant(chart.open_until)})
    clinic = await load_clinic(work)
    ends_at = work.now + duration(policy(clinic.policies, "emergency_access_hours"))
    row = EmergencyRow(
        **new_values(work, body),
        patient_id=chart.id,
        account_id=work.actor.id,
        ends_at=ends_at,
        ordinal=chart.last_ordinal + 1,
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
    work.create(sql.INSERT_EMERGENCY, row, {"uq_emergency_accesses_ordinal": StartAgain})
    work.record(row.id, chart.id, digest=work.runtime.bindings.of("care_team", grant))
    tell_role(work, Role.PRIVACY_OFFICER, operations.OPEN_EMERGENCY_ACCESS.recorded, row.id, chart.id)
    if chart.account_id is not None:
        tell_account(work, chart.account_id, operations.OPEN_EMERGENCY_ACCESS.recorded, row.id, chart.id)
    return EmergencyAccess.of(row)


async def list_emergency_accesses(work: Work, window: Window) -> Page[EmergencyAccess]:
    """List the charts that were opened in an emergency, newest first."""
    found = await work.page(sql.LIST_EMERGENCIES, window, lambda row: (row.created_at, row.id), EmergencyAccess.of)
    work.record_list([item.patient_id for item in found.items])
    return found


async def review_emergency_access(
    work: Work, emergency_id: UUID, body: EmergencyReview, expected_version: int
) -> EmergencyAccess:
    """Say whether it was an emergency, and tell the person who opened the chart.

    If it was not justified, any access that they have to this chart by an emergency ends now, and they get no other.

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
        grant = await work.one(sql.READ_GRANT_THAT_LASTS, patient_id=row.patient_id, account_id=row.account_id)
        if grant is not None:
            end_membership(work, grant, StartAgain)
    _record(work, changed)
    tell_account(work, row.account_id, operations.REVIEW_EMERGENCY_ACCESS.recorded, row.id, row.patient_id)
    return EmergencyAccess.of(changed)


async def lift_emergency_bar(work: Work, emergency_id: UUID, expected_version: int) -> EmergencyAccess:
    """Let somebody open the chart in an emergency again; they are told.

    Raises NotFound, NotYourOwnEmergency, NoBar, StaleVersion.
    """
    row = await work.get(sql.READ_EMERGENCY, id=emergency_id)
    if row.account_id == work.actor.id:
        raise NotYourOwnEmergency
    if row.outcome is not ReviewOutcome.NOT_JUSTIFIED or row.bar_lifted_at is not None:
        raise NoBar
    check_version(row, expected_version)
    changed = work.revise(sql.LIFT_BAR, row, {"bar_lifted_at": work.now, "bar_lifted_by_id": work.actor.id})
    _record(work, changed)
    tell_account(work, row.account_id, work.operation.recorded, row.id, row.patient_id)
    return EmergencyAccess.of(changed)


def _record(work: Work, changed: EmergencyRow) -> None:
    digest = work.runtime.bindings.of("emergency_accesses", changed)
    work.record(changed.id, changed.patient_id, digest=digest)
