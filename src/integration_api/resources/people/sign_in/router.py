"""`/auth` and `/me`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.operations import REFRESH_TOKENS, SIGN_IN
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.people.sign_in import operations, service, step_ups
from integration_api.resources.people.sign_in.codes import NotACode
from integration_api.resources.people.sign_in.schemas import (
    AccessToken,
    Me,
    PasskeyOptions,
    PasskeySignIn,
    Refresh,
    SignIn,
    StepUp,
    TokenPair,
)
from integration_api.resources.people.sign_in.service import SecondFactorNeeded, SecondFactorWrong, WrongSignIn
from integration_api.resources.people.sign_in.step_ups import WrongProof
from integration_api.web.errors import ShownOnce, TooManyRequests
from integration_api.web.openapi import problems
from integration_api.web.token_errors import RefreshTokenSpent, SignInEnded, TokenInvalid

router = APIRouter(route_class=ActionRoute)


@router.post(
    "/auth/tokens",
    status_code=201,
    responses=problems(WrongSignIn, SecondFactorNeeded, SecondFactorWrong, NotACode, TooManyRequests),
)
async def sign_in(body: SignIn, work: Annotated[Work, allow(SIGN_IN)]) -> TokenPair:
    """Sign in with an address and a password, and with a second factor if the account has one.

    Staff who have none yet may do nothing but add one.
    """
    return await service.sign_in(work, body)


@router.post("/auth/passkey-options", status_code=200)
async def offer_passkey(work: Annotated[Work, allow(operations.OFFER_PASSKEY)]) -> PasskeyOptions:
    """Ask what to give to `navigator.credentials.get`, for signing in with a passkey or for proving again."""
    return await service.offer_passkey(work)


@router.post("/auth/passkey", status_code=201, responses=problems(WrongSignIn, TooManyRequests))
async def sign_in_with_passkey(
    body: PasskeySignIn, work: Annotated[Work, allow(operations.SIGN_IN_WITH_PASSKEY)]
) -> TokenPair:
    """Sign in with a passkey alone: it names the account, and counts as both factors."""
    return await service.sign_in_with_passkey(work, body)


@router.post("/auth/step-up", status_code=200, responses=problems(WrongProof, NotACode, ShownOnce, TooManyRequests))
async def step_up(body: StepUp, work: Annotated[Work, allow(operations.STEP_UP)]) -> AccessToken:
    """Prove again who you are: for five minutes you may do what asks for a fresh proof."""
    return await step_ups.step_up(work, body)


@router.post(
    "/auth/tokens/refresh",
    status_code=201,
    responses=problems(TokenInvalid, SignInEnded, RefreshTokenSpent, TooManyRequests),
)
async def refresh_tokens(body: Refresh, work: Annotated[Work, allow(REFRESH_TOKENS)]) -> TokenPair:
    """Get the next access token, and the next refresh token. Using an earlier one ends the sign-in.

    If the answer was lost, send the same token again. It is answered alike until its successor was used. A sign-in ends
    by itself when it was left alone, or lasted, for longer than the clinic's policy says.
    """
    return await service.refresh_tokens(work, body)


@router.delete("/auth/tokens/current", status_code=204)
async def sign_out(work: Annotated[Work, allow(operations.SIGN_OUT)]) -> None:
    """Sign out: this sign-in's tokens stop working at once."""
    await service.sign_out(work)


@router.get("/me")
async def read_me(work: Annotated[Work, allow(operations.READ_ME)]) -> Me:
    """Read your own account, with its roles."""
    return await service.read_me(work)
