"""`/auth`, `/me`, `/accounts` and accepting invitations. Making one is beside patients, whom it may invite."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from integration_api.access.actions import Action
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.errors import Conflict, IdTaken, ShownOnce, StepUpRequired, TooManyRequests
from integration_api.core.etag import IfMatch
from integration_api.core.openapi import problems
from integration_api.core.paging import Page, PageQuery
from integration_api.resources.accounts import accepting, devices, external, factors, proving, service, signing_in
from integration_api.resources.accounts.accepting import InvitationSpent
from integration_api.resources.accounts.external import NoIssuer, SubjectTaken
from integration_api.resources.accounts.factor_schemas import (
    AccessToken,
    Device,
    FactorAdded,
    Factors,
    PasskeyAdd,
    PasskeyOptions,
    PasskeySignIn,
    RecoveryCodes,
    StepUp,
    TotpAdd,
    TotpBegun,
    TotpConfirm,
)
from integration_api.resources.accounts.factors import LastFactor, NoFactor, PasskeyTaken, TooManyFactors
from integration_api.resources.accounts.proving import WrongProof
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
from integration_api.resources.accounts.signing_in import (
    SecondFactorNeeded,
    SecondFactorWrong,
    WrongSignIn,
)

__all__ = ["router"]

router = APIRouter(tags=["accounts"], route_class=ActionRoute)


@router.post(
    "/auth/tokens",
    status_code=201,
    responses=problems(WrongSignIn, SecondFactorNeeded, SecondFactorWrong, TooManyRequests),
)
async def sign_in(body: SignIn, work: Annotated[Work, allow(Action.AUTH_SIGN_IN)]) -> TokenPair:
    """Sign in with an address and a password, and with a second factor where the account has one.

    Staff who have none yet may do nothing but add one.
    """
    return await signing_in.sign_in(work, body)


@router.post("/auth/passkey-options", status_code=200)
async def offer_passkey(work: Annotated[Work, allow(Action.AUTH_OFFER_PASSKEY)]) -> PasskeyOptions:
    """Ask what to give to `navigator.credentials.get`, for signing in with a passkey or for proving again."""
    return await signing_in.offer_passkey(work)


@router.post("/auth/passkey", status_code=201, responses=problems(WrongSignIn, TooManyRequests))
async def sign_in_with_passkey(
    body: PasskeySignIn, work: Annotated[Work, allow(Action.AUTH_SIGN_IN_WITH_PASSKEY)]
) -> TokenPair:
    """Sign in with a passkey alone: it names the account, and counts as both factors."""
    return await signing_in.sign_in_with_passkey(work, body)


@router.post("/auth/step-up", status_code=200, responses=problems(WrongProof, ShownOnce, TooManyRequests))
async def step_up(body: StepUp, work: Annotated[Work, allow(Action.AUTH_STEP_UP)]) -> AccessToken:
    """Prove again who you are: for five minutes you may do what asks for a fresh proof."""
    return await proving.step_up(work, body)


@router.post("/auth/tokens/refresh", status_code=201, responses=problems(WrongSignIn, TooManyRequests))
async def refresh_tokens(body: Refresh, work: Annotated[Work, allow(Action.AUTH_REFRESH)]) -> TokenPair:
    """Get the next access token. A refresh token works once; using any earlier one ends the sign-in.

    Where the answer was lost, the last token can be shown again for 10 seconds, and is answered alike. A sign-in ends
    by itself when it was left alone, or lasted, for longer than the clinic's policy says.
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


@router.get("/me/factors")
async def list_factors(work: Annotated[Work, allow(Action.FACTOR_LIST)]) -> Factors:
    """Your second factors, and how many recovery codes are left."""
    return await factors.list_factors(work)


@router.post("/me/factors/totp", status_code=201, responses=problems(StepUpRequired, ShownOnce, TooManyFactors))
async def add_totp(body: TotpAdd, work: Annotated[Work, allow(Action.FACTOR_ADD_TOTP)]) -> TotpBegun:
    """Begin with an authenticator app: its secret is shown once. It counts when you have confirmed it."""
    return await factors.add_totp(work, body)


@router.post(
    "/me/factors/totp/{factor_id}/confirm", status_code=200, responses=problems(StepUpRequired, WrongProof, ShownOnce)
)
async def confirm_totp(
    factor_id: UUID, body: TotpConfirm, work: Annotated[Work, allow(Action.FACTOR_CONFIRM_TOTP)]
) -> FactorAdded:
    """Give the app's first code. Other sign-ins that were made with the password alone end."""
    return await factors.confirm_totp(work, factor_id, body)


@router.post("/me/factors/passkeys/options", status_code=200, responses=problems(StepUpRequired, TooManyFactors))
async def offer_new_passkey(work: Annotated[Work, allow(Action.FACTOR_OFFER_PASSKEY)]) -> PasskeyOptions:
    """Ask what to give to `navigator.credentials.create` for a new passkey."""
    return await factors.offer_new_passkey(work)


@router.post(
    "/me/factors/passkeys",
    status_code=201,
    responses=problems(StepUpRequired, WrongProof, PasskeyTaken, TooManyFactors, ShownOnce),
)
async def add_passkey(body: PasskeyAdd, work: Annotated[Work, allow(Action.FACTOR_ADD_PASSKEY)]) -> FactorAdded:
    """Add a passkey. Other sign-ins that were made with the password alone end."""
    return await factors.add_passkey(work, body)


@router.delete("/me/factors/{factor_id}", status_code=204, responses=problems(StepUpRequired, LastFactor))
async def remove_factor(factor_id: UUID, work: Annotated[Work, allow(Action.FACTOR_REMOVE)]) -> None:
    """Remove a second factor. Staff keep at least one."""
    await factors.remove_factor(work, factor_id)


@router.post("/me/recovery-codes", status_code=201, responses=problems(StepUpRequired, NoFactor, ShownOnce))
async def make_recovery_codes(work: Annotated[Work, allow(Action.RECOVERY_CODE_MAKE)]) -> RecoveryCodes:
    """Get ten recovery codes, shown once; those of before work no more."""
    return await factors.make_recovery_codes(work)


@router.get("/me/sign-ins")
async def list_sign_ins(page: PageQuery, work: Annotated[Work, allow(Action.SIGN_IN_LIST)]) -> Page[Device]:
    """Where you are signed in, newest first."""
    return await devices.list_sign_ins(work, page)


@router.delete("/me/sign-ins", status_code=204)
async def end_sign_ins(
    work: Annotated[Work, allow(Action.SIGN_IN_END_ALL)],
    this_one_too: Annotated[bool, Query(description="End also the sign-in that you ask with.")] = False,
) -> None:
    """Sign out everywhere else, or everywhere: it holds from the next request."""
    await devices.end_sign_ins(work, this_one_too=this_one_too)


@router.delete("/me/sign-ins/{sign_in_id}", status_code=204)
async def end_sign_in(sign_in_id: UUID, work: Annotated[Work, allow(Action.SIGN_IN_END)]) -> None:
    """Sign out on one device: it holds from its next request."""
    await devices.end_sign_in(work, sign_in_id)


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
    """Change a member of staff: name, credential, roles, or whether the account can sign in.

    Of a patient's account, whether it can sign in.
    """
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
    """Open an account, or set a new password, with the one-time code and a password of your choice; then sign in.

    A reset ends every sign-in, and leaves second factors as they are.
    """
    await accepting.accept_invitation(work, body)
