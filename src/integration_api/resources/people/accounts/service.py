"""Accounts of staff, and invitations."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from operator import attrgetter
from uuid import UUID

from pydantic import MISSING

from integration_api.access.actor import Role
from integration_api.access.chart_lists import values_of_ids
from integration_api.access.notices import tell_role
from integration_api.access.password_hashes import holder
from integration_api.access.references import referred_by
from integration_api.access.revisions import check_version
from integration_api.access.tables import AccountRow, AccountState, TenantRow
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.core.models import trusted
from integration_api.resources.people.accounts import operations
from integration_api.resources.people.accounts import statements as sql
from integration_api.resources.people.accounts.colleagues import check_colleagues, check_supervisor, hand_over
from integration_api.resources.people.accounts.outside_roles import revise_roles
from integration_api.resources.people.accounts.passwords import code_for, words_about
from integration_api.resources.people.accounts.rules import MAX_LOOKED_UP, ordered_roles, password_fault
from integration_api.resources.people.accounts.schemas import (
    Account,
    AccountCreate,
    AccountFilter,
    AccountUpdate,
    Invitation,
)
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.resources.people.sign_in.service import email_index
from integration_api.web.errors import Conflict, Forbidden, Invalid, NotFound
from integration_api.web.paging import Page, Window


class EmailTaken(Conflict):
    """An account of this clinic uses this address already; each account needs an address of its own."""

    code = "email-taken"
    title = "Address already used"
    remedy = (
        "If it is the same person, find their account. If two people share one mailbox, ask whether it may be used. "
        "Then give this account an address that leads there too, such as `name+rowan@example.org`, or another one."
    )


class AlreadyOpen(Conflict):
    """This account was opened already; it needs no invitation."""

    code = "already-open"
    title = "Account already open"
    remedy = (
        "Invite nobody. If the password is forgotten, `POST /v1/accounts/{account_id}/password-reset` makes a code."
    )


class OwnerOfClinic(Conflict):
    """The account owns the clinic, and tasks may fall to it; name another owner first."""

    code = "owner-of-clinic"
    title = "Owner of the clinic"
    remedy = "Name another admin as `owner_id` at `PATCH /v1/clinic`, then repeat the request."


class NotYourOwnRoles(Forbidden):
    """You cannot change your own roles or state; ask another admin."""

    code = "not-your-own-roles"
    title = "Not for yourself"
    remedy = "Ask another admin to make the change."


EMAIL_CONFLICTS = {"uq_accounts_clinic_id_email_index": EmailTaken}


async def load_account(work: Work, account_id: UUID) -> AccountRow:
    """Return an account of the clinic, for other resources (whose name signs a note). Raises NotFound."""
    return await work.get(sign_in_sql.READ_ACCOUNT, id=account_id)


def credentials(row: AccountRow) -> dict[str, object]:
    """Return the facts of a member of staff that a patient sees."""
    return {name: getattr(row, name) for name in ("name", "credential", "licence_region", "licence_ends_on")}


async def check_staff(work: Work, account_ids: Collection[UUID]) -> None:
    """Raise NotFound if one of these, at most MAX_LOOKED_UP, is not an account of the clinic's staff."""
    wanted = [*set(account_ids)]
    if wanted:
        padded = wanted + wanted[-1:] * (MAX_LOOKED_UP - len(wanted))
        found = await work.all(sql.STAFF_AMONG, **dict(zip(sql.STAFF_IDS, padded, strict=True)))
        if len(found) != len(wanted):
            raise NotFound


async def list_accounts(work: Work, window: Window, only: AccountFilter) -> Page[Account]:
    """List staff of the clinic, newest first. Raises Invalid."""
    at = attrgetter("created_at", "id")
    if only.ids is not None:
        ids, is_alone = [*map(UUID, only.ids.split(","))], only.role is None and window.cursor is None
        named = await work.all(sql.LIST_ACCOUNTS_BY_IDS, **values_of_ids(ids, is_alone=is_alone))
        rows = sorted(named, key=at, reverse=True)
        found = trusted(Page[Account], {"items": [*map(present, rows)], "next_cursor": None})
    elif only.role is None:
        found = await work.page(sql.LIST_ACCOUNTS, window, at, present)
    else:
        found = await work.page(sql.LIST_ACCOUNTS_BY_ROLE, window, at, present, **sql.sets_with(Role(only.role)))
    work.record()
    return found


async def read_account(work: Work, account_id: UUID) -> Account:
    """Return one member of staff. Raises NotFound, also for a patient's account."""
    row = await load_staff(work, account_id)
    work.record(account_id)
    return present(row)


async def create_account(work: Work, body: AccountCreate) -> Account:
    """Add a member of staff, not yet able to sign in. Raises EmailTaken, IdTaken."""
    with referred_by("supervised_by"):
        await check_supervisor(work, body.supervised_by, body.id)
    row = new_account(
        work,
        work.actor.clinic_id,
        body.email,
        [Role(role) for role in body.roles],
        account_id=body.id,
        name=body.name,
        credential=body.credential,
        licence=(body.licence_region, body.licence_ends_on),
        supervised_by=body.supervised_by,
    )
    work.create(sql.INSERT_ACCOUNT, row, EMAIL_CONFLICTS)
    work.record(row.id, digest=row.binding)
    tell_role(work, Role.CLINIC_ADMIN, operations.CREATE_ACCOUNT.recorded, row.id)
    return present(row)


def new_account(
    work: Work,
    clinic_id: UUID,
    email: str,
    roles: Sequence[Role],
    *,
    account_id: UUID | None = None,
    name: str | None = None,
    credential: str | None = None,
    licence: tuple[str | None, date | None] = (None, None),
    supervised_by: UUID | None = None,
    patient_id: UUID | None = None,
    password_hash: str | None = None,
) -> AccountRow:
    """Return an account's row: active if it has a password, else invited. A patient's address stays in the chart."""
    row = AccountRow(
        clinic_id=clinic_id,
        id=account_id or new_id(),
        created_at=work.now,
        updated_at=work.now,
        state=AccountState.ACTIVE if password_hash else AccountState.INVITED,
        roles=ordered_roles(roles),
        patient_id=patient_id,
        name=name,
        credential=credential,
        licence_region=licence[0],
        licence_ends_on=licence[1],
        supervised_by=supervised_by,
        email=None if patient_id else email,
        email_index=email_index(work, email),
        password_hash=password_hash,
    )
    return work.runtime.bindings.bound("accounts", row)


async def create_first_admin(work: Work, clinic: TenantRow, name: str, email: str, password: str) -> AccountRow:
    """Create the clinic's first admin, who is its owner. Raises Invalid for a refused password."""
    if password_fault(password, words_about(clinic, name, email)):
        raise Invalid("The password is too short or too easy to guess.")
    return await create_member(work, clinic, name, email, password, (Role.CLINIC_ADMIN,), account_id=clinic.owner_id)


async def create_member(
    work: Work,
    clinic: TenantRow,
    name: str,
    email: str,
    password: str,
    roles: tuple[Role, ...],
    credential: str = "",
    account_id: UUID | None = None,
) -> AccountRow:
    """Create an active account with a password, in the same step as its clinic."""
    account_id = account_id or new_id()
    row = new_account(
        work,
        clinic.clinic_id,
        email,
        roles,
        account_id=account_id,
        name=name,
        credential=credential or None,
        password_hash=await work.runtime.passwords.hash(password, holder(clinic.clinic_id, account_id)),
    )
    insert_first_account(work, row)
    return row


def insert_first_account(work: Work, row: AccountRow) -> None:
    """Collect an account that nobody of the clinic makes, and the ledger row that accounts for it."""
    work.change(sql.INSERT_FIRST_ACCOUNT, row)
    event = operations.CREATE_ACCOUNT.recorded
    work.record(row.id, row.patient_id, clinic_id=row.clinic_id, event=event, digest=row.binding)


async def update_account(work: Work, account_id: UUID, body: AccountUpdate, expected_version: int) -> Account:
    """Change a member of staff; a patient's account can be disabled and opened again.

    Raises NotYourOwnRoles, OwnerOfClinic, OnCareTeams, StaleVersion, Invalid, NotFound for a program's.
    """
    row = await load_account(work, account_id)
    if row.scopes is not None:
        raise NotFound
    check_version(row, expected_version)
    if row.patient_id is not None and body.model_dump().keys() - {"state"}:
        raise Invalid(errors=[{"field": "body", "code": "state_only", "message": "a patient's name is in the chart"}])
    is_access = any(value is not MISSING for value in (body.roles, body.state, body.supervised_by, body.successor_id))
    if is_access and account_id == work.actor.id:
        raise NotYourOwnRoles
    given = body.model_dump()
    is_no_admin = body.roles is not MISSING and Role.CLINIC_ADMIN not in body.roles
    if (is_no_admin or body.state == "disabled") and (await load_clinic(work)).owner_id == account_id:
        raise OwnerOfClinic
    await check_colleagues(work, body, account_id)
    if body.roles is not MISSING:
        given["roles"] = ordered_roles([Role(role) for role in body.roles])
    if body.state is not MISSING:
        is_open = row.password_hash is not None or body.state == "disabled"
        given["state"] = AccountState(body.state) if is_open else AccountState.INVITED
    changed = await revise_roles(work, row, {**given, "epoch": row.epoch + is_access})
    await hand_over(work, row, changed)
    if changed.state is AccountState.DISABLED:
        work.change(sign_in_sql.END_SIGN_INS, rows=None, account_id=account_id)
        work.change(sql.END_INVITATIONS, rows=None, account_id=account_id)
    work.record(account_id, digest=changed.binding if is_access else None)
    if is_access:
        tell_role(work, Role.CLINIC_ADMIN, operations.UPDATE_ACCOUNT.recorded, account_id)
    return present(changed)


async def invite(
    work: Work, row: AccountRow, about: Collection[str | None], *, is_new: bool, patient_id: UUID | None = None
) -> Invitation:
    """Return a one-time code for an account not opened yet; earlier codes stop working. `about` is name and address.

    Raises AlreadyOpen, EmailTaken.
    """
    if row.state is not AccountState.INVITED:
        raise AlreadyOpen
    clinic = await load_clinic(work)
    if is_new:
        work.create(sql.INSERT_ACCOUNT, row, EMAIL_CONFLICTS | {"uq_accounts_clinic_id_patient_id": AlreadyOpen})
        work.record(row.id, patient_id, event=operations.CREATE_ACCOUNT.recorded, digest=row.binding)
    lifetime = timedelta(days=policy(clinic.policies, "invitation_days"))
    is_mailed = bool(policy(clinic.policies, "email_codes"))
    invitation = code_for(work, row, lifetime, words_about(clinic, *about), is_mailed=is_mailed)
    work.record(invitation.id, patient_id)
    return invitation


async def invite_staff(work: Work, account_id: UUID) -> Invitation:
    """Return a code for a member of staff, to admins only. Raises NotFound, Forbidden, AlreadyOpen."""
    if Role.CLINIC_ADMIN not in work.actor.roles:
        raise Forbidden("Only a clinic admin invites staff.")
    row = await load_staff(work, account_id)
    return await invite(work, row, (row.name, row.email), is_new=False)


async def load_staff(work: Work, account_id: UUID) -> AccountRow:
    """Return an account of a person of the staff. Raises NotFound, also for a patient's or a program's."""
    row = await load_account(work, account_id)
    if row.patient_id is not None or row.scopes is not None:
        raise NotFound
    return row


def present(row: AccountRow) -> Account:
    """Return an account as the API shows it."""
    return Account.of(row, roles=[Role(role) for role in row.roles])
