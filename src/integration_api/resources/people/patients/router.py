"""`/patients`, their care teams, and `/invitations`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.conflicts import Gone
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.accounts import operations as accounts_operations
from integration_api.resources.people.accounts.passwords import NothingToReset, NotYourOwn
from integration_api.resources.people.accounts.schemas import Account, Invitation, InvitationCreate, PasswordChange
from integration_api.resources.people.accounts.service import AlreadyOpen, EmailTaken
from integration_api.resources.people.patients import operations, patient_accounts, searches, service
from integration_api.resources.people.patients.schemas import (
    CareTeamAdd,
    CareTeamMember,
    Patient,
    PatientCreate,
    PatientSearch,
    PatientUpdate,
)
from integration_api.resources.people.patients.service import (
    AddressInUse,
    AlreadyOnTeam,
    EmergencyOnly,
    NoAddress,
    NotByProgram,
    NotYourOwnGrant,
)
from integration_api.resources.people.sign_in.schemas import AccessToken
from integration_api.resources.people.sign_in.step_ups import WrongProof
from integration_api.web.errors import IdTaken, ShownOnce, StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/patients")
async def list_patients(page: PageQuery, work: Annotated[Work, allow(operations.LIST_PATIENTS)]) -> Page[Patient]:
    """List the patients whose chart you may see, newest first."""
    return await service.list_patients(work, page)


@router.post("/patients", status_code=201, responses=problems(IdTaken))
async def create_patient(body: PatientCreate, work: Annotated[Work, allow(operations.CREATE_PATIENT)]) -> Patient:
    """Open a chart. You become the first member of its care team."""
    return work.tagged(await service.create_patient(work, body))


@router.post("/patients/search")
async def search_patients(
    body: PatientSearch, page: PageQuery, work: Annotated[Work, allow(operations.SEARCH_PATIENTS)]
) -> Page[Patient]:
    """Find the patients you may see by whole words of their name, in any script."""
    return await searches.search_patients(work, body, page)


@router.get("/patients/{patient_id}")
async def read_patient(patient_id: Id, work: Annotated[Work, allow(operations.READ_PATIENT)]) -> Patient:
    """Read one patient: identity and contact."""
    return work.tagged(await service.read_patient(work, patient_id))


@router.patch("/patients/{patient_id}", responses=problems(EmergencyOnly, AddressInUse, EmailTaken))
async def update_patient(
    patient_id: Id,
    body: PatientUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_PATIENT)],
) -> Patient:
    """Change a patient's name, contacts or time zone."""
    return work.tagged(await service.update_patient(work, patient_id, body, expected_version))


@router.get("/patients/{patient_id}/care-team")
async def list_care_team(
    patient_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_CARE_TEAM)]
) -> Page[CareTeamMember]:
    """List everybody who is or was on the care team, newest first."""
    return await service.list_care_team(work, patient_id, page)


@router.post(
    "/patients/{patient_id}/care-team",
    status_code=201,
    responses=problems(EmergencyOnly, NotYourOwnGrant, NotByProgram, IdTaken, AlreadyOnTeam, Gone),
)
async def add_care_team_member(
    patient_id: Id, body: CareTeamAdd, work: Annotated[Work, allow(operations.ADD_CARE_TEAM_MEMBER)]
) -> CareTeamMember:
    """Let a member of staff see the chart. Nobody lets themselves in, and no program an admin."""
    return work.tagged(await service.add_care_team_member(work, patient_id, body))


@router.delete("/patients/{patient_id}/care-team/{member_id}", status_code=204, responses=problems(EmergencyOnly))
async def end_care_team_member(
    patient_id: Id,
    member_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.END_CARE_TEAM_MEMBER)],
) -> None:
    """End a membership. From the next request on, the person does not see the chart."""
    await service.end_care_team_member(work, patient_id, member_id, expected_version)


@router.post(
    "/invitations", status_code=201, responses=problems(EmergencyOnly, AlreadyOpen, EmailTaken, NoAddress, ShownOnce)
)
async def create_invitation(
    body: InvitationCreate, work: Annotated[Work, allow(accounts_operations.CREATE_INVITATION)]
) -> Invitation:
    """Make a one-time code for a member of staff or a patient to open their account with.

    It is in this answer and nowhere else. If the answer was lost, make another, with another key: earlier ones end.
    """
    return await service.create_invitation(work, body)


@router.get("/patients/{patient_id}/account")
async def read_patient_account(
    patient_id: Id, work: Annotated[Work, allow(operations.READ_PATIENT_ACCOUNT)]
) -> Account:
    """Read the account by which a patient signs in: its state, and its id for a password reset."""
    return work.tagged(await patient_accounts.read_patient_account(work, patient_id))


@router.put("/me/password", status_code=200, responses=problems(StepUpRequired, WrongProof))
async def change_password(
    body: PasswordChange, work: Annotated[Work, allow(accounts_operations.CHANGE_PASSWORD)]
) -> AccessToken:
    """Change your password. Every other sign-in ends; this one goes on with the access token of the answer."""
    return await patient_accounts.change_password(work, body)


@router.post(
    "/accounts/{account_id}/password-reset",
    status_code=201,
    responses=problems(StepUpRequired, EmergencyOnly, NotYourOwn, NothingToReset, ShownOnce),
)
async def create_password_reset(
    account_id: Id, work: Annotated[Work, allow(accounts_operations.CREATE_PASSWORD_RESET)]
) -> Invitation:
    """Get a one-time code with which somebody sets a new password; hand it over. Second factors stay as they are.

    It is in this answer and nowhere else. The person is told, and the privacy officers if it is a patient.
    """
    return await patient_accounts.create_password_reset(work, account_id)
