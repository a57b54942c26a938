"""Statements of sign-ins that go on: refreshing, proving again, the list of devices; and of a new password."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountState, AccountTable, SignInTable
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.core.paging import newest_first
from integration_api.core.statements import VAULT_KEYS, Change, Read, Scope, next_version, param, row_key
from integration_api.core.tables import table_of
from integration_api.resources.accounts.statements import Holder
from integration_api.resources.clinics.tables import ClinicTable

_accounts, _sign_ins, _clinics = table_of(AccountTable), table_of(SignInTable), table_of(ClinicTable)
_me = sa.bindparam("actor_id", type_=sa.Uuid())


class SignInOfAccount(Holder):
    """A sign-in with what its account is now."""

    sign_in_id: UUID
    rotation: int
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    proved_at: datetime
    is_strong: bool
    revoked_at: datetime | None


class SignInOnDevice(BaseModel):
    """A sign-in as its person sees it."""

    id: UUID
    label: str | None
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    is_strong: bool


SIGN_IN_OF_TOKEN = Read(
    "sign_in_of_token",
    sa.select(
        _sign_ins.c.clinic_id,
        _sign_ins.c.id.label("sign_in_id"),
        *(c for c in _sign_ins.c if c.name in SignInOfAccount.model_fields and c.name not in Holder.model_fields),
        _accounts.c.id,
        _accounts.c.epoch,
        _accounts.c.roles,
        _accounts.c.patient_id,
        _clinics.c.policies,
    )
    .join(
        _accounts,
        sa.and_(_accounts.c.clinic_id == _sign_ins.c.clinic_id, _accounts.c.id == _sign_ins.c.account_id),
    )
    .join(_clinics, _clinics.c.clinic_id == _sign_ins.c.clinic_id)
    .where(
        row_key(_sign_ins),
        _accounts.c.state == AccountState.ACTIVE,
    ),
    SignInOfAccount,
    Scope.SYSTEM,
    "refresh: the token names its row and proves itself; and whatever else makes an access token of a sign-in",
)

ROTATE_REFRESH = Change(
    "rotate_refresh",
    sa.update(_sign_ins)
    .where(
        row_key(_sign_ins),
        _sign_ins.c.revoked_at.is_(None),
        _sign_ins.c.rotation == param("shown_rotation", _sign_ins.c.rotation),
    )
    .values(rotation=_sign_ins.c.rotation + 1, refreshed_at=param("now", _sign_ins.c.refreshed_at)),
    Scope.SYSTEM,
    "refresh: guarded by the number of the token that was shown",
)

LENGTHEN_SIGN_IN = Change(
    "lengthen_sign_in",
    sa.update(_sign_ins).where(row_key(_sign_ins)).values(expires_at=param("expires_at", _sign_ins.c.expires_at)),
    Scope.SYSTEM,
    "people of the demo, for whom a year passes in a minute; run by the command line",
)

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
    .values(next_version(_accounts, ("password_hash",)))
    .values(epoch=_accounts.c.epoch + 1),
    Scope.CLINIC,
)

END_ALL_SIGN_INS = Change(
    "end_all_sign_ins",
    sa.update(_sign_ins)
    .where(
        _sign_ins.c.clinic_id == param("clinic_id", _sign_ins.c.clinic_id),
        _sign_ins.c.account_id == param("account_id", _sign_ins.c.account_id),
        _sign_ins.c.revoked_at.is_(None),
    )
    .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
    Scope.SYSTEM,
    "accepting: a new password ends every sign-in of the account whose code was shown",
)

_mine = sa.and_(
    in_clinic(_sign_ins),
    actor_is_current(),
    _sign_ins.c.account_id == _me,
    _sign_ins.c.revoked_at.is_(None),
)
_other = _sign_ins.c.id != sa.bindparam("actor_sign_in_id", type_=sa.Uuid())
_ended = {"revoked_at": param("now", _sign_ins.c.revoked_at)}

END_OTHER_SIGN_INS = Change(
    "end_other_sign_ins", sa.update(_sign_ins).where(_mine, _other).values(_ended), Scope.CLINIC
)

END_WEAK_SIGN_INS = Change(
    "end_weak_sign_ins",
    sa.update(_sign_ins).where(_mine, _other, _sign_ins.c.is_strong.is_(False)).values(_ended),
    Scope.CLINIC,
)
"""Whoever signed in elsewhere with the password alone, before there was a factor, shows the factor now."""

END_SIGN_IN = Change(
    "end_sign_in",
    sa.update(_sign_ins).where(_mine, _sign_ins.c.id == param("id", _sign_ins.c.id)).values(_ended),
    Scope.CLINIC,
)

PROVE_SIGN_IN = Change(
    "prove_sign_in",
    sa.update(_sign_ins)
    .where(_mine, _sign_ins.c.id == sa.bindparam("actor_sign_in_id", type_=sa.Uuid()))
    .values(
        proved_at=param("now", _sign_ins.c.proved_at),
        is_strong=param("is_strong", _sign_ins.c.is_strong),
    ),
    Scope.CLINIC,
)

LIST_SIGN_INS = Read(
    "list_sign_ins",
    newest_first(
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
            _mine,
            _sign_ins.c.expires_at > param("now", _sign_ins.c.expires_at),
        ),
        _sign_ins.c.created_at,
        _sign_ins.c.id,
    ),
    SignInOnDevice,
    Scope.CLINIC,
)
