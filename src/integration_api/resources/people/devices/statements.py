"""Statements of one's own sign-ins."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import CalendarTable, SignInTable
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_sign_ins, _calendars = table_of(SignInTable), table_of(CalendarTable)
_me = sa.bindparam("actor_id", type_=sa.Uuid())


class SignInOnDevice(BaseModel):
    """A sign-in as its person sees it."""

    id: UUID
    label: str | None
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    is_strong: bool


_mine = sa.and_(
    in_clinic(_sign_ins),
    actor_is_current(),
    _sign_ins.c.account_id == _me,
    _sign_ins.c.revoked_at.is_(None),
)
_ended = {"revoked_at": param("now", _sign_ins.c.revoked_at)}

END_SIGN_IN = Change(
    "end_sign_in",
    sa.update(_sign_ins).where(_mine, _sign_ins.c.id == param("id", _sign_ins.c.id)).values(_ended),
    Scope.CLINIC,
)

END_CALENDAR_ADDRESS = Change(
    "end_calendar_address",
    sa.delete(_calendars).where(row_key(_calendars)),
    Scope.SYSTEM,
    "of an account whose sign-ins end in the same step; if it is the actor's, no Statement of theirs is current then",
)


def standing(whose: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return the page of sign-ins that stand, of one account, newest first."""
    return newest_first(
        sa.select(
            _sign_ins.c.clinic_id,
            *(_sign_ins.c[name] for name in SignInOnDevice.model_fields),
            VAULT_KEYS.c.wrapped_key,
        )
        .join(
            VAULT_KEYS,
            sa.and_(VAULT_KEYS.c.clinic_id == _sign_ins.c.clinic_id, VAULT_KEYS.c.id == _sign_ins.c.clinic_id),
        )
        .where(
            whose,
            _sign_ins.c.expires_at > param("now", _sign_ins.c.expires_at),
        ),
        _sign_ins.c.created_at,
        _sign_ins.c.id,
    )


LIST_SIGN_INS = Read("list_sign_ins", standing(_mine), SignInOnDevice, Scope.CLINIC)
