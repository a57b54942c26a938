"""Statements that prove or find the actor itself, and those of stored responses."""

from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.tables import AccountState, AccountTable, SignInTable
from integration_api.access.visible import actor_is_current, in_clinic, visible
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.idempotency import StoredResponse, StoredResponseTable

_accounts, _sign_ins, _answers = table_of(AccountTable), table_of(SignInTable), table_of(StoredResponseTable)


class Stands(BaseModel):
    """A row that exists only while the token's claims hold."""

    stands: int


_stands: sa.Select[Any] = sa.select(sa.literal_column("1", sa.Integer()).label("stands")).where(actor_is_current())

ACTOR_STANDS = Read("actor_stands", _stands, Stands, Scope.CLINIC)

READ_STORED_RESPONSE = Read(
    "read_stored_response",
    sa.select(*_answers.c, VAULT_KEYS.c.wrapped_key)
    .join(VAULT_KEYS, sa.and_(VAULT_KEYS.c.clinic_id == _answers.c.clinic_id, VAULT_KEYS.c.id == _answers.c.owner_id))
    .where(
        in_clinic(_answers),
        _answers.c.account_id == sa.bindparam("actor_id", type_=sa.Uuid()),
        _answers.c.key_digest == param("key_digest", _answers.c.key_digest),
        sa.or_(_answers.c.owner_id == _answers.c.clinic_id, visible(_answers.c.owner_id)),
    ),
    StoredResponse,
    Scope.OWNER,
)
"""A stored response is replayed only to an actor who may see its chart now."""

BLANK_ANSWERS = Change(
    "blank_answers",
    sa.update(_answers)
    .where(
        in_clinic(_answers),
        visible(_answers.c.owner_id),
        _answers.c.owner_id == param("owner_id", _answers.c.owner_id),
        _answers.c.subject_id == param("subject_id", _answers.c.subject_id),
    )
    .values(body=None),
    Scope.OWNER,
)
"""Deletes the body of every stored response about a thing that is deleted for good."""

ACTOR_NOW = Read(
    "actor_now",
    sa.select(*BOUND_ACCOUNT)
    .join(
        _sign_ins,
        sa.and_(_sign_ins.c.clinic_id == _accounts.c.clinic_id, _sign_ins.c.account_id == _accounts.c.id),
    )
    .where(
        _accounts.c.clinic_id == param("clinic_id", _accounts.c.clinic_id),
        _accounts.c.id == param("account_id", _accounts.c.id),
        _accounts.c.state == AccountState.ACTIVE,
        _sign_ins.c.id == param("sign_in_id", _sign_ins.c.id),
        _sign_ins.c.expires_at > param("now", _sign_ins.c.expires_at),
        _sign_ins.c.revoked_at.is_(None),
    ),
    BoundAccount,
    Scope.SYSTEM,
    "finds what the actor is now, for a verified access token only",
)
