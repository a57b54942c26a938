"""`/auth/tokens`, `/me`, `/accounts` and accepting invitations. Making one is beside patients, whom it may invite."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from integration_api.access.actions import Action
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.errors import Conflict, IdTaken, StepUpRequired, TooManyRequests
from integration_api.core.etag import IfMatch
from integration_api.core.openapi import problems
from integration_api.core.paging import Page, PageQuery
from integration_api.resources.accounts import external, service, signing_in
from integration_api.resources.accounts.external import NoIssuer, SubjectTaken
from integration_api.resources.accounts.schemas import (
    Account,
    AccountCreate,
    AccountUpdate,
    ExternalIdentitySet,
    InvitationAccept,
    Me,
    Refresh,
    SignIn,
    TokenPair,
)
from integration_api.resources.accounts.service import EmailTaken, NotYourOwnRoles
from integration_api.resources.accounts.signing_in import InvitationSpent, WrongSignIn

__all__ = ["router"]

router = APIRouter(tags=["accounts"], route_class=ActionRoute)


@router.post("/auth/tokens", status_code=201, responses=problems(WrongSignIn, TooManyRequests))
async def sign_in(body: SignIn, work: Annotated[Work, allow(Action.AUTH_SIGN_IN)]) -> TokenPair:
    """Sign in with an address and a password."""
    return await signing_in.sign_in(work, body)


@router.post("/auth/tokens/refresh", status_code=201, responses=problems(WrongSignIn, TooManyRequests))
async def refresh_tokens(body: Refresh, work: Annotated[Work, allow(Action.AUTH_REFRESH)]) -> TokenPair:
    """Get the next access token. A refresh token works once; using an old one ends the sign-in.

    Where the answer was lost, the same token can be shown again for 10 seconds.
    """
    return await signing_in.refresh_tokens(work, body)


@router.delete("/auth/tokens/current", status_code=204)
async def sign_out(work: Annotated[Work, allow(Action.AUTH_SIGN_OUT)]) -> None:
    """Sign out: this sign-in's tokens stop working at once."""
    await signing_in.sign_out(work)


@router.get("/me")
async def read_me(work: Annotated[Work, allow(Action.ME_READ)]) -> Me:
    """Who you are here, and what you may be."""
    return await service.read_me(work)


@router.get("/accounts")
async def list_accounts(page: PageQuery, work: Annotated[Work, allow(Action.ACCOUNT_LIST)]) -> Page[Account]:
    """Staff of the clinic, newest first."""
    return await service.list_accounts(work, page)


@router.post("/accounts", status_code=201, responses=problems(IdTaken, EmailTaken))
async def create_account(body: AccountCreate, work: Annotated[Work, allow(Action.ACCOUNT_CREATE)]) -> Account:
    """Add a member of staff; invite the account next, so that the person can choose a password."""
    return work.tagged(await service.create_account(work, body))


@router.get("/accounts/{account_id}")
async def read_account(account_id: UUID, work: Annotated[Work, allow(Action.ACCOUNT_READ)]) -> Account:
    """One member of staff."""
    return work.tagged(await service.read_account(work, account_id))


@router.patch("/accounts/{account_id}", responses=problems(NotYourOwnRoles, Conflict))
async def update_account(
    account_id: UUID,
    body: AccountUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(Action.ACCOUNT_UPDATE)],
) -> Account:
    """Change a member of staff: name, credential, roles, or whether the account can sign in."""
    return work.tagged(await service.update_account(work, account_id, body, expected_version))


@router.put(
    "/accounts/{account_id}/external-identity",
    responses=problems(NotYourOwnRoles, NoIssuer, SubjectTaken, Conflict, StepUpRequired),
)
async def set_external_identity(
    account_id: UUID,
    body: ExternalIdentitySet,
    expected_version: IfMatch,
    work: Annotated[Work, allow(Action.EXTERNAL_IDENTITY_SET)],
) -> Account:
    """Let a member of staff sign in with tokens of the external issuer. Ends every sign-in of the account."""
    return work.tagged(await external.set_external_identity(work, account_id, body, expected_version))


@router.delete(
    "/accounts/{account_id}/external-identity", status_code=204, responses=problems(NotYourOwnRoles, Conflict)
)
async def remove_external_identity(
    account_id: UUID,
    expected_version: IfMatch,
    work: Annotated[Work, allow(Action.EXTERNAL_IDENTITY_REMOVE)],
) -> None:
    """Tokens of the external issuer let this person in no more. Ends every sign-in of the account."""
    await external.remove_external_identity(work, account_id, expected_version)


@router.post("/invitations/accept", status_code=204, responses=problems(InvitationSpent, TooManyRequests))
async def accept_invitation(body: InvitationAccept, work: Annotated[Work, allow(Action.INVITATION_ACCEPT)]) -> None:
    """Open an account with the one-time code and a password of your choice; then sign in."""
    await signing_in.accept_invitation(work, body)
