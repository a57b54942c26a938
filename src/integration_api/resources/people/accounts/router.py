"""`/accounts`, and accepting invitations. Making one is beside patients, whom it may invite."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.accounts import (
    account_sign_ins,
    external_identities,
    invitations,
    operations,
    service,
)
from integration_api.resources.people.accounts.external_identities import NoIssuer, SubjectTaken
from integration_api.resources.people.accounts.invitations import InvitationSpent
from integration_api.resources.people.accounts.outside_roles import OnCareTeams
from integration_api.resources.people.accounts.schemas import (
    Account,
    AccountCreate,
    AccountFilter,
    AccountUpdate,
    ExternalIdentitySet,
    InvitationAccept,
)
from integration_api.resources.people.accounts.service import EmailTaken, NotYourOwnRoles, OwnerOfClinic
from integration_api.resources.people.devices.schemas import Device
from integration_api.resources.people.sign_in.codes import NotACode
from integration_api.web.errors import Conflict, IdTaken, StepUpRequired, TooManyRequests
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/accounts")
async def list_accounts(
    only: Annotated[AccountFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_ACCOUNTS)],
) -> Page[Account]:
    """List the staff of the clinic, newest first."""
    return await service.list_accounts(work, page, only)


@router.post("/accounts", status_code=201, responses=problems(IdTaken, EmailTaken))
async def create_account(body: AccountCreate, work: Annotated[Work, allow(operations.CREATE_ACCOUNT)]) -> Account:
    """Add a member of staff; invite the account next, so that the person can choose a password."""
    return work.tagged(await service.create_account(work, body))


@router.get("/accounts/{account_id}")
async def read_account(account_id: Id, work: Annotated[Work, allow(operations.READ_ACCOUNT)]) -> Account:
    """Read one member of staff."""
    return work.tagged(await service.read_account(work, account_id))


@router.patch("/accounts/{account_id}", responses=problems(NotYourOwnRoles, OwnerOfClinic, OnCareTeams))
async def update_account(
    account_id: Id,
    body: AccountUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_ACCOUNT)],
) -> Account:
    """Change a member of staff: name, credential, roles, or whether the account can sign in.

    Of a patient's account, whether it can sign in.
    """
    return work.tagged(await service.update_account(work, account_id, body, expected_version))


@router.put(
    "/accounts/{account_id}/external-identity",
    responses=problems(NotYourOwnRoles, NoIssuer, SubjectTaken, Conflict, StepUpRequired),
)
async def set_external_identity(
    account_id: Id,
    body: ExternalIdentitySet,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SET_EXTERNAL_IDENTITY)],
) -> Account:
    """Let a member of staff sign in with tokens of the external issuer. Ends every sign-in of the account."""
    return work.tagged(await external_identities.set_external_identity(work, account_id, body, expected_version))


@router.delete(
    "/accounts/{account_id}/external-identity", status_code=204, responses=problems(NotYourOwnRoles, Conflict)
)
async def remove_external_identity(
    account_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.REMOVE_EXTERNAL_IDENTITY)],
) -> None:
    """Let tokens of the external issuer sign this person in no more. Ends every sign-in of the account."""
    await external_identities.remove_external_identity(work, account_id, expected_version)


@router.get("/accounts/{account_id}/sign-ins")
async def list_account_sign_ins(
    account_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_ACCOUNT_SIGN_INS)]
) -> Page[Device]:
    """List the devices on which a member of staff is signed in, newest first."""
    return await account_sign_ins.list_account_sign_ins(work, account_id, page)


@router.delete("/accounts/{account_id}/sign-ins", status_code=204)
async def end_account_sign_ins(account_id: Id, work: Annotated[Work, allow(operations.END_ACCOUNT_SIGN_INS)]) -> None:
    """Sign a member of staff out everywhere. It holds from the next request, and ends their calendar address too.

    The person is told by a notice. They can sign in again: to prevent that, disable the account.
    """
    await account_sign_ins.end_account_sign_ins(work, account_id)


@router.delete("/accounts/{account_id}/sign-ins/{sign_in_id}", status_code=204)
async def end_account_sign_in(
    account_id: Id, sign_in_id: Id, work: Annotated[Work, allow(operations.END_ACCOUNT_SIGN_IN)]
) -> None:
    """Sign a member of staff out on one device: it holds from its next request. The person is told by a notice."""
    await account_sign_ins.end_account_sign_in(work, account_id, sign_in_id)


@router.post("/invitations/accept", status_code=204, responses=problems(InvitationSpent, NotACode, TooManyRequests))
async def accept_invitation(body: InvitationAccept, work: Annotated[Work, allow(operations.ACCEPT_INVITATION)]) -> None:
    """Open an account, or set a new password, with the one-time code and a password of your choice; then sign in.

    A reset ends every sign-in, and leaves second factors as they are.
    """
    await invitations.accept_invitation(work, body)
