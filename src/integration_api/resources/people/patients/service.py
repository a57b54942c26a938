"""Reading and writing patients and their care teams."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from pydantic import MISSING

from integration_api.access.actor import Role
from integration_api.access.notices import tell_account, tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.references import not_found, referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.tables import AccountState, CareTeamRole, CareTeamRow, CareTeamTable
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.core.models import trusted
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.people.accounts import operations as accounts_operations
from integration_api.resources.people.accounts import service as accounts
from integration_api.resources.people.accounts import statements as accounts_sql
from integration_api.resources.people.accounts.schemas import Invitation, InvitationCreate
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients import operations
from integration_api.resources.people.patients import statements as sql
from integration_api.resources.people.patients.rules import name_parts
from integration_api.resources.people.patients.schemas import (
    CareTeamAdd,
    CareTeamMember,
    Patient,
    PatientCreate,
    PatientUpdate,
)
from integration_api.resources.people.patients.statements import ListedPatient
from integration_api.resources.people.patients.tables import NamePartRow, PatientRow
from integration_api.resources.people.sign_in.service import email_index
from integration_api.web.errors import ApiError, Conflict, Forbidden, Invalid, NotFound, StaleVersion
from integration_api.web.instants import check_day_has_come
from integration_api.web.paging import Page, Window

_CLINICAL_ROLES = (Role.THERAPIST, Role.PRESCRIBER)


class AlreadyOnTeam(Conflict):
    """This person has an open membership; end it first, even if its planned end has passed."""

    code = "already-on-team"
    title = "Already on the team"
    remedy = (
        "End the membership that is there at `DELETE /v1/patients/{patient_id}/care-team/{member_id}`, then add "
        "the person."
    )


class EmergencyOnly(Forbidden):
    """Emergency access lets you read and write; only the care team decides on access, and its prescribers on doses."""

    code = "emergency-only"
    title = "Emergency access only"
    remedy = (
        "Read and write with emergency access. Leave the care team, invitations, resets, orders, clearances and "
        "releases of holds to somebody on the team."
    )


class NotYourOwnGrant(Forbidden):
    """You cannot put yourself on a care team; ask somebody on the team, or another admin."""

    code = "not-your-own-grant"
    title = "Not for yourself"
    remedy = "Ask somebody on the care team, or another admin, to add the account."


class NotByProgram(Forbidden):
    """A program cannot put an admin on a care team; ask somebody on the team, or another admin."""

    code = "not-by-program"
    title = "Not by a program"
    remedy = "Let a person do it: somebody on the care team, or another admin."


class NoAddress(Conflict):
    """The chart has no e-mail address; add one before inviting the patient."""

    code = "no-address"
    title = "No e-mail address"
    remedy = "Add an e-mail address to the chart, then invite the patient."


class AddressInUse(Conflict):
    """The patient signs in with this address; give another one instead of none."""

    code = "address-in-use"
    title = "Address in use"
    remedy = "Send another e-mail address in its place."


async def load_patient(work: Work, patient_id: UUID) -> PatientRow:
    """Return a chart that the actor may see, for other resources. Raises NotFound."""
    return await work.get(sql.READ_PATIENT, id=patient_id)


async def manage_patient(work: Work, patient_id: UUID) -> PatientRow:
    """Return a chart whose access the actor decides on. Raises NotFound, EmergencyOnly."""
    row = await work.get(sql.READ_MANAGED_PATIENT, id=patient_id)
    if not row.is_managed:
        raise EmergencyOnly
    return row


async def list_patients(work: Work, window: Window) -> Page[Patient]:
    """List the charts that the actor may see, newest first."""
    found = await work.page(sql.LIST_PATIENTS, window, lambda row: (row.created_at, row.id), lambda row: row)
    return named_page(work, found)


def named_page(work: Work, found: Page[ListedPatient]) -> Page[Patient]:
    """Record and return a page of names. It opens no chart of the actor's own case load, so all of it can be listed."""
    work.record_list([row.id for row in found.items], named={row.id for row in found.items if row.is_own})
    return trusted(Page[Patient], {"items": [present(row) for row in found.items], "next_cursor": found.next_cursor})


async def read_patient(work: Work, patient_id: UUID) -> Patient:
    """Return one chart's front page. Raises NotFound."""
    row = await load_patient(work, patient_id)
    work.record(row.id, row.id)
    return present(row)


async def create_patient(work: Work, body: PatientCreate) -> Patient:
    """Open a chart with its own key; the actor becomes its first care-team member. Raises IdTaken, Invalid."""
    check_day_has_come("body.birth_on", body.birth_on, work.now)
    time_zone = body.time_zone or (await load_clinic(work)).time_zone
    birth_on = body.birth_on.isoformat() if body.birth_on else None
    row = PatientRow(**new_values(work, body, birth_on=birth_on, time_zone=time_zone), created_by_id=work.actor.id)
    work.new_vault_key(row.id)
    work.create(sql.INSERT_PATIENT, row)
    for part in name_parts(row.name, row.preferred_name):
        work.change(sql.INSERT_FIRST_NAME_PART, _name_part(work, row.id, part))
    role = next(role for role in _CLINICAL_ROLES if role in work.actor.roles)
    member = _member(work, row.id, work.actor.id, CareTeamRole(role.value))
    work.create(sql.INSERT_FIRST_MEMBER, member)
    work.record(row.id, row.id)
    digest = work.runtime.bindings.of("care_team", member)  # without its chart: making one is not being shown one
    work.record(member.id, event=operations.ADD_CARE_TEAM_MEMBER.recorded, digest=digest)
    return present(row)


async def update_patient(work: Work, patient_id: UUID, body: PatientUpdate, expected_version: int) -> Patient:
    """Change what is given; a new e-mail address is what the patient signs in with from then on.

    Raises NotFound, EmergencyOnly, StaleVersion, AddressInUse, EmailTaken, Invalid.
    """
    row = await manage_patient(work, patient_id)
    check_version(row, expected_version)
    check_day_has_come("body.birth_on", None if body.birth_on is MISSING else body.birth_on, work.now)
    given = changed_values(body, vars(row), mode="json")
    changed = work.revise(sql.UPDATE_PATIENT, row, given)
    account = await work.one(sql.ACCOUNT_OF_PATIENT, patient_id=row.id) if changed.email != row.email else None
    if account is not None:
        if changed.email is None:
            raise AddressInUse
        tell_account(work, account.id, operations.ADDRESS_MOVED, account.id, row.id)
        work.change(
            accounts_sql.MOVE_SIGN_IN_ADDRESS,
            patient_id=row.id,
            email_index=email_index(work, changed.email),
            conflicts=accounts.EMAIL_CONFLICTS,
        )
    old, new = name_parts(row.name, row.preferred_name), name_parts(changed.name, changed.preferred_name)
    for part in old:
        if part not in new:
            work.change(sql.DELETE_NAME_PART, _name_part(work, row.id, part))
    for part in new:
        if part not in old:
            work.change(sql.INSERT_NAME_PART, _name_part(work, row.id, part))
    work.record(row.id, row.id)
    return present(changed)


def _name_part(work: Work, patient_id: UUID, part: str) -> NamePartRow:
    clinic_id = work.actor.clinic_id
    index = work.runtime.vault.blind_index("name", part, clinic_id)
    return NamePartRow(clinic_id=clinic_id, id=new_id(), patient_id=patient_id, part_index=index)


async def list_care_team(work: Work, patient_id: UUID, window: Window) -> Page[CareTeamMember]:
    """Return who may see the chart, and who could; newest first. Raises NotFound."""
    await load_patient(work, patient_id)
    found = await work.page(
        sql.LIST_MEMBERS, window, lambda row: (row.created_at, row.id), CareTeamMember.of, patient_id=patient_id
    )
    work.record(patient_id=patient_id)
    return found


async def add_care_team_member(work: Work, patient_id: UUID, body: CareTeamAdd) -> CareTeamMember:
    """Let a member of staff see the chart, in a role their account holds.

    The clinic's admins are told where it was done by one of them, or by a program, which is theirs. Raises NotFound,
    EmergencyOnly, NotYourOwnGrant, NotByProgram, AlreadyOnTeam, Invalid.
    """
    await manage_patient(work, patient_id)
    if body.account_id == work.actor.id:
        raise NotYourOwnGrant
    if body.ends_at is not None and body.ends_at <= work.now:
        raise Invalid(errors=[{"field": "body.ends_at", "code": "in_the_past", "message": "must be in the future"}])
    with referred_by("account_id"):
        account = await accounts.load_account(work, body.account_id)
    if account.patient_id is not None or account.state is AccountState.DISABLED:
        raise not_found("account_id")
    if work.actor.is_service and Role.CLINIC_ADMIN in account.roles:  # who may have made the program
        raise NotByProgram
    if body.role.value not in account.roles:
        raise Invalid(
            errors=[{"field": "body.role", "code": "role_not_held", "message": "the account does not hold this role"}]
        )
    row = CareTeamRow(**new_values(work, body), patient_id=patient_id, started_at=work.now)
    work.create(sql.INSERT_MEMBER, row, {"uq_care_team_open": AlreadyOnTeam})
    await worklist.open_for_member(work, patient_id, account.id, body.role)
    work.record(row.id, patient_id, digest=work.runtime.bindings.of("care_team", row))
    if _is_of_admins(work):
        tell_role(work, Role.CLINIC_ADMIN, operations.ADD_CARE_TEAM_MEMBER.recorded, row.id, patient_id)
    return CareTeamMember.of(row, **accounts.credentials(account))


async def end_care_team_member(work: Work, patient_id: UUID, member_id: UUID, expected_version: int) -> None:
    """End a membership: from the next request the person does not see the chart.

    Raises NotFound, EmergencyOnly, StaleVersion.
    """
    row = await work.get(sql.READ_MEMBER, patient_id=patient_id, id=member_id)
    if row.ended_at is not None:
        raise NotFound
    if not row.is_managed:
        raise EmergencyOnly
    check_version(row, expected_version)
    await worklist.leave_team(work, patient_id, row.account_id)
    end_membership(work, row)
    work.leave_tombstone(CareTeamTable.__tablename__, row, patient_id)


def end_membership(work: Work, row: CareTeamRow, missed: Callable[[], ApiError | StartAgain] = StaleVersion) -> None:
    """Collect the end of a membership that goes on, and the ledger row that accounts for it."""
    ended = work.revise(sql.END_MEMBER, row, {"ended_at": work.now}, missed)
    digest = work.runtime.bindings.of("care_team", ended)
    work.record(row.id, row.patient_id, event=operations.END_CARE_TEAM_MEMBER.recorded, digest=digest)


async def create_invitation(work: Work, body: InvitationCreate) -> Invitation:
    """Invite a member of staff (admins), or a patient of one's own.

    Privacy officers are told where an admin or a program invites a patient. Raises EmergencyOnly, NoAddress,
    AlreadyOpen, Invalid.
    """
    if (body.account_id is None) == (body.patient_id is None):
        raise Invalid(errors=[{"field": "body", "code": "one_of", "message": "give either account_id or patient_id"}])
    if body.account_id is not None:
        with referred_by("account_id"):
            return await accounts.invite_staff(work, body.account_id)
    assert body.patient_id is not None  # noqa: S101  one of the two is given
    with referred_by("patient_id"):
        patient = await manage_patient(work, body.patient_id)
    if patient.email is None:
        raise NoAddress
    if _is_of_admins(work):  # whoever has the code can be the patient
        tell_role(work, Role.PRIVACY_OFFICER, accounts_operations.CREATE_INVITATION.recorded, patient.id, patient.id)
    account = await work.one(sql.ACCOUNT_OF_PATIENT, patient_id=patient.id)
    row = account or accounts.new_account(work, patient.clinic_id, patient.email, [Role.PATIENT], patient_id=patient.id)
    about = (patient.name, patient.email)
    return await accounts.invite(work, row, about, is_new=account is None, patient_id=patient.id)


def _is_of_admins(work: Work) -> bool:
    """Return whether an admin asks, or a program, which acts for an admin."""
    return Role.CLINIC_ADMIN in work.actor.roles or work.actor.is_service


def _member(work: Work, patient_id: UUID, account_id: UUID, role: CareTeamRole) -> CareTeamRow:
    return CareTeamRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=patient_id,
        account_id=account_id,
        role=role,
        started_at=work.now,
    )


def present(row: PatientRow) -> Patient:
    return Patient.of(row, birth_on=date.fromisoformat(row.birth_on) if row.birth_on else None)
