"""Service accounts, their secrets, and the tokens they get."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import get_args
from uuid import UUID

from pydantic import MISSING

from integration_api.access import alarms
from integration_api.access.actor import Role
from integration_api.access.limits import attempts
from integration_api.access.notices import tell_role
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.tables import AccountRow, AccountState
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME, pack_secret, unpack_secret
from integration_api.access.work import Work
from integration_api.ledger.events import SIGN_IN_FAILED, Event, Outcome
from integration_api.resources.people.accounts import statements as accounts_sql
from integration_api.resources.people.accounts.access_changes import revise_access
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.service_accounts import operations
from integration_api.resources.people.service_accounts import statements as sql
from integration_api.resources.people.service_accounts.program_sign_ins import sign_in_program
from integration_api.resources.people.service_accounts.rules import is_right_secret
from integration_api.resources.people.service_accounts.schemas import (
    AnyScope,
    ChangeScope,
    FhirScope,
    ServiceAccount,
    ServiceAccountCreate,
    ServiceAccountSecret,
    ServiceAccountUpdate,
    ServiceToken,
    ServiceTokenCreate,
)
from integration_api.resources.people.service_accounts.tables import ServiceSecretRow
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.web.errors import IdTaken, Unauthenticated
from integration_api.web.paging import Page, Window


class WrongSecret(Unauthenticated):
    """The service account does not exist or is disabled, or the secret is wrong."""

    code = "wrong-secret"
    title = "No token"
    remedy = (
        "Check `client_id` and `client_secret`. After a rotation only the new secret works. Else ask an admin of "
        "the clinic."
    )


async def list_service_accounts(work: Work, window: Window) -> Page[ServiceAccount]:
    """List the programs of the clinic, newest first."""
    found = await work.page(sql.LIST_SERVICE_ACCOUNTS, window, lambda row: (row.created_at, row.id), _present)
    work.record()
    return found


async def create_service_account(work: Work, body: ServiceAccountCreate) -> ServiceAccountSecret:
    """Create a program with its first secret. Raises IdTaken."""
    new = new_values(work, body, scopes=_ordered(body.scopes))
    clinic_id: UUID = work.actor.clinic_id
    account_id: UUID = new["id"]
    text, secret = pack_secret(clinic_id, account_id)
    bindings = work.runtime.bindings
    row = AccountRow(
        **new,
        state=AccountState.ACTIVE,
        roles=[Role.SERVICE.value],
        email_index=work.runtime.vault.blind_index("service account", account_id.hex),  # no address has it
    )
    row = bindings.bound("accounts", row)
    work.create(accounts_sql.INSERT_ACCOUNT, row, {"uq_accounts_clinic_id_email_index": IdTaken})
    made = ServiceSecretRow(clinic_id=clinic_id, id=account_id, created_at=work.now, secret_digest=_digest(secret))
    work.create(sql.INSERT_SECRET, bindings.bound("service_accounts", made))
    work.record(account_id, digest=row.binding)
    tell_role(work, Role.CLINIC_ADMIN, operations.CREATE_SERVICE_ACCOUNT.recorded, account_id)
    _tell_of_grants(work, account_id, new["scopes"])
    work.is_secret = True
    return ServiceAccountSecret.of(row, previous_secret_ends_at=None, client_secret=text)


async def update_service_account(
    work: Work, account_id: UUID, body: ServiceAccountUpdate, expected_version: int
) -> ServiceAccount:
    """Change its name, scopes or state. Raises NotFound, StaleVersion."""
    row = await _load(work, account_id, expected_version)
    given = body.model_dump()
    if body.scopes is not MISSING:
        given["scopes"] = _ordered(body.scopes)
    if body.state is not MISSING:
        given["state"] = AccountState(body.state)
    is_access = body.scopes is not MISSING or body.state is not MISSING
    changed = revise_access(work, row, **given, epoch=row.epoch + is_access)
    if changed.state is AccountState.DISABLED:
        work.change(sign_in_sql.END_SIGN_INS, rows=None, account_id=account_id)
    work.record(account_id, digest=changed.binding if is_access else None)
    if is_access:
        tell_role(work, Role.CLINIC_ADMIN, operations.UPDATE_SERVICE_ACCOUNT.recorded, account_id)
    if body.scopes is not MISSING:
        _tell_of_grants(work, account_id, [scope for scope in given["scopes"] if scope not in (row.scopes or ())])
    return _present(changed)


async def rotate_service_account_secret(work: Work, account_id: UUID, expected_version: int) -> ServiceAccountSecret:
    """Make a new secret; the one before works as long as the policy says. Raises NotFound, StaleVersion."""
    row = await _load(work, account_id, expected_version)
    clinic = await load_clinic(work)
    text, secret = pack_secret(work.actor.clinic_id, account_id)
    ends_at = work.now + timedelta(hours=policy(clinic.policies, "service_secret_overlap_hours"))
    changed = work.revise(accounts_sql.UPDATE_ACCOUNT, row)
    made = ServiceSecretRow(
        clinic_id=row.clinic_id,
        id=account_id,
        created_at=row.created_at,
        secret_digest=_digest(secret),
        previous_digest=row.secret_digest,
        previous_ends_at=ends_at,
    )
    renewed = work.runtime.bindings.renewed("service_accounts", row.secret, made.model_dump(exclude={"binding"}))
    work.change(sql.ROTATE_SECRET, made.model_copy(update=renewed))
    work.record(account_id)
    tell_role(work, Role.CLINIC_ADMIN, operations.ROTATE_SERVICE_ACCOUNT_SECRET.recorded, account_id)
    work.is_secret = True
    return ServiceAccountSecret.of(changed, previous_secret_ends_at=ends_at, client_secret=text)


@attempts.counted(WrongSecret)
async def create_service_token(work: Work, body: ServiceTokenCreate) -> ServiceToken:
    """Return a token for a program that shows its secret. Raises WrongSecret, TooManyRequests."""
    try:
        clinic_id, account_id, secret = unpack_secret(body.client_secret)
    except ValueError as error:
        raise WrongSecret from error
    found = await work.one(sql.SECRET_OF_SERVICE, clinic_id=clinic_id, id=account_id)
    if found is None or account_id != body.client_id:
        raise WrongSecret
    is_bound = await alarms.is_bound(work, "service_accounts", found.secret)
    is_bound = await alarms.is_bound(work, "accounts", found) and is_bound
    if not is_bound or not is_right_secret(
        _digest(secret), found.secret_digest, found.previous_digest, found.previous_ends_at, work.now
    ):
        work.record(account_id, outcome=Outcome.DENIED, clinic_id=clinic_id, actor_id=account_id, event=SIGN_IN_FAILED)
        raise WrongSecret
    scopes = frozenset(scope for scope in found.scopes or () if scope not in get_args(FhirScope))
    return ServiceToken(
        access_token=sign_in_program(work, found, scopes, WrongSecret),
        token_type="Bearer",  # noqa: S106  the scheme's name
        expires_in=int(ACCESS_TOKEN_LIFETIME.total_seconds()),
        scopes=_ordered(scopes),
    )


async def _load(work: Work, account_id: UUID, expected_version: int) -> sql.ServiceAccountRow:
    row = await work.get(sql.READ_SERVICE_ACCOUNT, id=account_id)
    check_version(row, expected_version)
    return row


def _present(row: sql.ServiceAccountRow) -> ServiceAccount:
    return ServiceAccount.of(row, previous_secret_ends_at=row.previous_ends_at)


_TOLD_OF: Mapping[Event, tuple[str, ...]] = {
    operations.CHANGES_GRANTED: get_args(ChangeScope),
    operations.FHIR_GRANTED: get_args(FhirScope),
}


def _tell_of_grants(work: Work, account_id: UUID, granted: Collection[str]) -> None:
    """Record what a program may newly be told of, and read by FHIR, and tell the privacy officers."""
    for event, scopes in _TOLD_OF.items():
        kinds = [scope for scope in scopes if scope in granted]
        for kind in kinds:
            work.record(account_id, event=event, reason=kind)
        if kinds:
            tell_role(work, Role.PRIVACY_OFFICER, event, account_id)


def _ordered(scopes: Collection[str]) -> list[AnyScope]:
    """Once each, in the policy's order."""
    return [scope for scope in get_args(AnyScope) if scope in scopes]


def _digest(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
