"""Statements of accounts and invitations."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.actor import STAFF_ROLES, Role, staff_role_sets
from integration_api.access.audience import declare
from integration_api.access.bindings import BoundAccount
from integration_api.access.chart_lists import IDS, MAX_IDS
from integration_api.access.tables import AccountRow, AccountState, AccountTable, InvitationRow, InvitationTable
from integration_api.access.viewers import is_of_staff
from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic, insert_for_clinic, to_key, visible
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.people.accounts.rules import MAX_LOOKED_UP
from integration_api.storage.statements import (
    VAULT_KEYS,
    Change,
    Read,
    Scope,
    insert_rows,
    next_version,
    param,
    row_key,
)
from integration_api.storage.tables import encrypted_columns, table_of
from integration_api.web.paging import newest_first

_accounts = table_of(AccountTable)
_invitations = table_of(InvitationTable)


STAFF_IDS = tuple(f"id_{n}" for n in range(MAX_LOOKED_UP))
"""The parameters of STAFF_AMONG."""


class StaffAccount(BaseModel):
    """An account of the clinic's staff."""

    id: UUID


_OF_ACCOUNT = (
    "state",
    "epoch",
    "version",
    "roles",
    "scopes",
    "supervised_by",
    "successor_id",
    "password_hash",
    "patient_id",
)


class InvitationOfAccount(InvitationRow):
    """An invitation with what its account is now."""

    state: AccountState
    epoch: int
    version: int
    roles: list[str]
    scopes: list[str] | None
    supervised_by: UUID | None
    successor_id: UUID | None
    password_hash: str | None
    patient_id: UUID | None
    name: str | None
    credential: str | None
    licence_region: str | None
    email: str | None
    account_binding: bytes

    @property
    def account(self) -> BoundAccount:
        """Return the facts of the account that its binding covers."""
        return BoundAccount(
            clinic_id=self.clinic_id,
            id=self.account_id,
            epoch=self.epoch,
            state=self.state,
            roles=self.roles,
            patient_id=self.patient_id,
            scopes=self.scopes,
            supervised_by=self.supervised_by,
            successor_id=self.successor_id,
            password_hash=self.password_hash,
            binding=self.account_binding,
        )


STAFF_AMONG = Read(
    "staff_among",
    sa.select(_accounts.c.id).where(
        in_clinic(_accounts),
        actor_is_current(),
        is_of_staff(_accounts),  # a patient's account is not found, rather than found and refused
        _accounts.c.id.in_([param(name, _accounts.c.id) for name in STAFF_IDS]),
    ),
    StaffAccount,
    Scope.CLINIC,
)

_staff = clinic_rows(AccountTable).where(_accounts.c.patient_id.is_(None), _accounts.c.scopes.is_(None))
LIST_ACCOUNTS = Read(
    "list_accounts", newest_first(_staff, _accounts.c.created_at, _accounts.c.id), AccountRow, Scope.CLINIC
)
LIST_ACCOUNTS_BY_IDS = Read(
    "list_accounts_by_ids",
    _staff.where(_accounts.c.id.in_([param(name, _accounts.c.id) for name in IDS])).limit(MAX_IDS),
    AccountRow,
    Scope.CLINIC,
)

ROLE_SETS = tuple(f"roles_{at}" for at in range(2 ** (len(STAFF_ROLES) - 1)))
LIST_ACCOUNTS_BY_ROLE = Read(
    "list_accounts_by_role",
    newest_first(
        _staff.where(_accounts.c.roles.in_([param(name, _accounts.c.roles) for name in ROLE_SETS])),
        _accounts.c.created_at,
        _accounts.c.id,
    ),
    AccountRow,
    Scope.CLINIC,
)
"""Those whose roles are one of these sets; the roles of an account are one value, in one order."""


def sets_with(role: Role) -> dict[str, Any]:
    """Return the sets of roles that have this one in them, as parameters.

    A role that goes with no other is in one set, which then fills the places of the others.
    """
    found = [roles for roles in staff_role_sets() if role in roles] or [[role]]
    return dict(zip(ROLE_SETS, found + found[-1:] * (len(ROLE_SETS) - len(found)), strict=True))


INSERT_ACCOUNT = Change("insert_account", insert_for_clinic(AccountTable), Scope.CLINIC)

INSERT_FIRST_ACCOUNT = Change(
    "insert_first_account",
    insert_rows(AccountTable),
    Scope.SYSTEM,
    "the first admin of a clinic, and people of the demo; run by the command line",
)

_CHANGEABLE = (
    *("name", "credential", "licence_region", "licence_ends_on"),
    *("roles", "supervised_by", "successor_id", "state", "epoch", "scopes", "binding"),
)
AT_VERSION = (
    sa.update(_accounts)
    .where(
        in_clinic(_accounts),
        actor_is_current(),
        _accounts.c.id == param("id", _accounts.c.id),
        _accounts.c.version == param("expected_version", _accounts.c.version),
    )
    .values(next_version(_accounts, _CHANGEABLE))
)
"""The UPDATE of an account at the version that the caller read."""
UPDATE_ACCOUNT = Change("update_account", AT_VERSION, Scope.CLINIC)

MOVE_SIGN_IN_ADDRESS = Change(
    "move_sign_in_address",
    sa.update(_accounts)
    .where(
        in_clinic(_accounts),
        visible(_accounts.c.patient_id),
        _accounts.c.patient_id == param("patient_id", _accounts.c.patient_id),
    )
    .values(
        email_index=param("email_index", _accounts.c.email_index),
        updated_at=param("now", _accounts.c.updated_at),
    ),
    Scope.OWNER,
)
"""The version stays: a patient's account is shown to nobody, and nothing of it is encrypted."""

END_INVITATIONS = Change(
    "end_invitations",
    sa.update(_invitations)
    .where(
        in_clinic(_invitations),
        actor_is_current(),
        _invitations.c.account_id == param("account_id", _invitations.c.account_id),
        _invitations.c.accepted_at.is_(None),
        _invitations.c.expires_at > param("now", _invitations.c.expires_at),
    )
    .values(expires_at=param("now", _invitations.c.expires_at)),
    Scope.CLINIC,
)

INSERT_INVITATION = Change("insert_invitation", insert_for_clinic(InvitationTable), Scope.CLINIC)

INVITATION_OF_CODE = Read(
    "invitation_of_code",
    sa.select(
        *_invitations.c,
        _accounts.c.clinic_id.label("account_clinic_id"),
        _accounts.c.id.label("account_row_id"),
        _accounts.c.binding.label("account_binding"),
        *(_accounts.c[name] for name in _OF_ACCOUNT),
        *(_accounts.c[name] for name in encrypted_columns(_accounts)),
        VAULT_KEYS.c.wrapped_key,
    )
    .join(
        _accounts,
        sa.and_(_accounts.c.clinic_id == _invitations.c.clinic_id, _accounts.c.id == _invitations.c.account_id),
    )
    .join(*to_key(_accounts))
    .where(row_key(_invitations)),
    InvitationOfAccount,
    Scope.SYSTEM,
    "accepting: the code names its row and proves itself by its secret",
)

ACCEPT_INVITATION = Change(
    "accept_invitation",
    sa.update(_invitations)
    .where(
        row_key(_invitations),
        _invitations.c.accepted_at.is_(None),
    )
    .values(accepted_at=param("now", _invitations.c.accepted_at)),
    Scope.SYSTEM,
    "accepting: a code works once",
)

OPEN_ACCOUNT = Change(
    "open_account",
    sa.update(_accounts)
    .where(
        row_key(_accounts),
        _accounts.c.version == param("expected_version", _accounts.c.version),
        _accounts.c.state == param("expected_state", _accounts.c.state),
    )
    .values(next_version(_accounts, ("password_hash", "epoch", "binding")))
    .values(state=AccountState.ACTIVE),
    Scope.SYSTEM,
    "accepting: sets the password of the account whose code was shown",
)
_me = sa.bindparam("actor_id", type_=sa.Uuid())

CHANGE_PASSWORD = Change(
    "change_password",
    sa.update(_accounts)
    .where(
        in_clinic(_accounts),
        actor_is_current(),
        _accounts.c.id == _me,
        _accounts.c.password_hash == param("old_hash", _accounts.c.password_hash),
        _accounts.c.version == param("expected_version", _accounts.c.version),
    )
    .values(next_version(_accounts, ("password_hash", "epoch", "binding"))),
    Scope.CLINIC,
)


def account_audience(row: AccountRow, _: object = None) -> Iterator[Changed]:
    """Yield the account itself; one of the staff also to the staff, who can list it."""
    yield Changed("account", row.id, Channel.ACCOUNT, None, row.id)
    if row.patient_id is None and row.scopes is None:
        yield Changed("account", row.id, Channel.STAFF)


def _between(before: AccountRow | None, after: AccountRow | None) -> Iterator[Changed]:
    """Yield those whose view of drafts follows from this account: they begin anew.

    Supervisors read drafts of whoever is gone, a successor those of whom they succeed, and a supervisor those of
    whom they supervise.
    """
    if before is None or after is None or after.patient_id is not None:
        return
    if (before.state, before.roles) != (after.state, after.roles):
        yield Changed("audience", after.id, Channel.STAFF)
    named = {before.supervised_by, before.successor_id} ^ {after.supervised_by, after.successor_id}
    is_moved = (before.state, before.roles) != (after.state, after.roles)
    for account_id in named | ({after.successor_id} if is_moved else set()):
        if account_id is not None:
            yield Changed("audience", account_id, Channel.ACCOUNT, None, account_id)


declare(AccountTable, account_audience, between=_between, is_strict=False)
