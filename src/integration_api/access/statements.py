"""The Statements of identity itself: they prove or find the actor, so they cannot be guarded by one."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountState, AccountTable, SignInTable
from integration_api.access.visible import actor_is_current
from integration_api.core.statements import Read, Scope, param
from integration_api.core.tables import table_of

__all__ = ["ACTOR_NOW", "ACTOR_STANDS", "ActorNow"]

_accounts, _sign_ins = table_of(AccountTable), table_of(SignInTable)


class Stands(BaseModel):
    """A row that exists only while the actor's token is true."""

    stands: int


class ActorNow(BaseModel):
    """What an account is at this moment."""

    epoch: int
    roles: list[str]
    patient_id: UUID | None


_stands: sa.Select[Any] = sa.select(sa.literal_column("1", sa.Integer()).label("stands")).where(actor_is_current())

ACTOR_STANDS = Read("actor_stands", _stands, Stands, Scope.CLINIC)

ACTOR_NOW = Read(
    "actor_now",
    sa.select(_accounts.c.epoch, _accounts.c.roles, _accounts.c.patient_id)
    .join(
        _sign_ins,
        sa.and_(_sign_ins.c.clinic_id == _accounts.c.clinic_id, _sign_ins.c.account_id == _accounts.c.id),
    )
    .where(
        _accounts.c.clinic_id == param("clinic_id", _accounts.c.clinic_id),
        _accounts.c.id == param("account_id", _accounts.c.id),
        _accounts.c.state == AccountState.ACTIVE,
        _sign_ins.c.id == param("sign_in_id", _sign_ins.c.id),
        _sign_ins.c.revoked_at.is_(None),
    ),
    ActorNow,
    Scope.SYSTEM,
    "finds what the actor is now, for a verified access token only",
)
