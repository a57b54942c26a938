"""`/me/factors` and `/me/recovery-codes`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.factors import operations, service
from integration_api.resources.people.factors.schemas import (
    FactorAdded,
    Factors,
    PasskeyAdd,
    RecoveryCodes,
    TotpAdd,
    TotpBegun,
    TotpConfirm,
)
from integration_api.resources.people.factors.service import LastFactor, NoFactor, PasskeyTaken, TooManyFactors
from integration_api.resources.people.sign_in.codes import NotACode
from integration_api.resources.people.sign_in.schemas import PasskeyOptions
from integration_api.resources.people.sign_in.step_ups import WrongProof
from integration_api.web.errors import ShownOnce, StepUpRequired
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/me/factors")
async def list_factors(work: Annotated[Work, allow(operations.LIST_FACTORS)]) -> Factors:
    """List your second factors, and how many recovery codes are left."""
    return await service.list_factors(work)


@router.post("/me/factors/totp", status_code=201, responses=problems(StepUpRequired, ShownOnce, TooManyFactors))
async def add_totp(body: TotpAdd, work: Annotated[Work, allow(operations.ADD_TOTP)]) -> TotpBegun:
    """Begin with an authenticator app: its secret is shown once. It counts when you have confirmed it."""
    return await service.add_totp(work, body)


@router.post(
    "/me/factors/totp/{factor_id}/confirm",
    status_code=200,
    responses=problems(StepUpRequired, WrongProof, NotACode, ShownOnce),
)
async def confirm_totp(
    factor_id: Id, body: TotpConfirm, work: Annotated[Work, allow(operations.CONFIRM_TOTP)]
) -> FactorAdded:
    """Give the app's first code. Other sign-ins that were made with the password alone end."""
    return await service.confirm_totp(work, factor_id, body)


@router.post("/me/factors/passkeys/options", status_code=200, responses=problems(StepUpRequired, TooManyFactors))
async def offer_new_passkey(work: Annotated[Work, allow(operations.OFFER_NEW_PASSKEY)]) -> PasskeyOptions:
    """Ask what to give to `navigator.credentials.create` for a new passkey."""
    return await service.offer_new_passkey(work)


@router.post(
    "/me/factors/passkeys",
    status_code=201,
    responses=problems(StepUpRequired, WrongProof, PasskeyTaken, TooManyFactors, ShownOnce),
)
async def add_passkey(body: PasskeyAdd, work: Annotated[Work, allow(operations.ADD_PASSKEY)]) -> FactorAdded:
    """Add a passkey. Other sign-ins that were made with the password alone end."""
    return await service.add_passkey(work, body)


@router.delete("/me/factors/{factor_id}", status_code=204, responses=problems(StepUpRequired, LastFactor))
async def remove_factor(factor_id: Id, work: Annotated[Work, allow(operations.REMOVE_FACTOR)]) -> None:
    """Remove a second factor. Staff keep at least one."""
    await service.remove_factor(work, factor_id)


@router.post("/me/recovery-codes", status_code=201, responses=problems(StepUpRequired, NoFactor, ShownOnce))
async def make_recovery_codes(work: Annotated[Work, allow(operations.MAKE_RECOVERY_CODES)]) -> RecoveryCodes:
    """Get ten recovery codes, shown once; those of before work no more."""
    return await service.make_recovery_codes(work)
