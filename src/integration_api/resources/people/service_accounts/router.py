"""`/service-accounts`, `/auth/service-tokens`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.service_accounts import operations, service, service_keys
from integration_api.resources.people.service_accounts.key_schemas import ServiceKeys, ServiceKeysUpdate
from integration_api.resources.people.service_accounts.schemas import (
    ServiceAccount,
    ServiceAccountCreate,
    ServiceAccountSecret,
    ServiceAccountUpdate,
    ServiceToken,
    ServiceTokenCreate,
)
from integration_api.resources.people.service_accounts.service import WrongSecret
from integration_api.web.errors import Conflict, IdTaken, ShownOnce, StepUpRequired, TooManyRequests
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.post("/auth/service-tokens", status_code=201, responses=problems(WrongSecret, TooManyRequests))
async def create_service_token(
    body: ServiceTokenCreate, work: Annotated[Work, allow(operations.CREATE_SERVICE_TOKEN)]
) -> ServiceToken:
    """Get an access token for a program of the clinic's own, with its id and secret."""
    return await service.create_service_token(work, body)


@router.get("/service-accounts")
async def list_service_accounts(
    page: PageQuery, work: Annotated[Work, allow(operations.LIST_SERVICE_ACCOUNTS)]
) -> Page[ServiceAccount]:
    """List the programs of the clinic's own, newest first. No secret is shown."""
    return await service.list_service_accounts(work, page)


@router.post("/service-accounts", status_code=201, responses=problems(IdTaken, ShownOnce, StepUpRequired))
async def create_service_account(
    body: ServiceAccountCreate, work: Annotated[Work, allow(operations.CREATE_SERVICE_ACCOUNT)]
) -> ServiceAccountSecret:
    """Add a program and choose what it may do. Its secret is in this answer and nowhere else.

    If the answer was lost, a retry gets 409 `shown-once`: rotate the secret.
    """
    return work.tagged(await service.create_service_account(work, body))


@router.patch("/service-accounts/{account_id}", responses=problems(StepUpRequired, Conflict))
async def update_service_account(
    account_id: Id,
    body: ServiceAccountUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_SERVICE_ACCOUNT)],
) -> ServiceAccount:
    """Change what a program may do, or disable it: it holds from its next request."""
    return work.tagged(await service.update_service_account(work, account_id, body, expected_version))


@router.post(
    "/service-accounts/{account_id}/rotate-secret",
    status_code=200,
    responses=problems(StepUpRequired, ShownOnce, Conflict),
)
async def rotate_service_account_secret(
    account_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ROTATE_SERVICE_ACCOUNT_SECRET)],
) -> ServiceAccountSecret:
    """Get a new secret; the one before goes on working for a day (POLICY), so that nothing stands still meanwhile.

    It is in this answer and nowhere else. If the answer was lost, rotate again: the one before that ends then.
    """
    return work.tagged(await service.rotate_service_account_secret(work, account_id, expected_version))


@router.get("/service-accounts/{account_id}/keys")
async def read_service_keys(account_id: Id, work: Annotated[Work, allow(operations.READ_SERVICE_KEYS)]) -> ServiceKeys:
    """Read the ids of a program's public keys, and the client id that it signs as."""
    return work.tagged(await service_keys.read_service_keys(work, account_id))


@router.put("/service-accounts/{account_id}/keys", responses=problems(StepUpRequired, Conflict))
async def set_service_keys(
    account_id: Id,
    body: ServiceKeysUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.SET_SERVICE_KEYS)],
) -> ServiceKeys:
    """Set the public keys of a program, by which it gets tokens of FHIR. Its sign-ins end.

    A key set is given whole: keys that are not in it any more work no longer.
    """
    return work.tagged(await service_keys.set_service_keys(work, account_id, body, expected_version))
