"""Statements of sign-ins: beginning, refreshing, proving again, ending."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.tables import AccountRow, AccountState, AccountTable, ClinicTable, SignInTable
from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of

_accounts = table_of(AccountTable)
_sign_ins = table_of(SignInTable)
_clinics = table_of(ClinicTable)


class Holder(BoundAccount):
    """An account for which a sign-in can begin, and its clinic's policies."""

    policies: dict[str, int]


CANDIDATES = Read(
    "candidates_by_email",
    sa.select(*BOUND_ACCOUNT, _clinics.c.policies)
    .join(_clinics, _clinics.c.clinic_id == _accounts.c.clinic_id)
    .where(
        _accounts.c.email_index == param("email_index", _accounts.c.email_index),
        _accounts.c.state == AccountState.ACTIVE,
        sa.or_(param("slug", _clinics.c.slug).is_(None), _clinics.c.slug == param("slug", _clinics.c.slug)),
    )
    .order_by(_accounts.c.id.desc())
    .limit(4),
    Holder,
    Scope.SYSTEM,
    "sign-in: nobody is signed in yet; finds accounts by a keyed index of the address, and answers no row",
)

INSERT_SIGN_IN = Change(
    "insert_sign_in",
    insert_rows(
        SignInTable,
        sa.select(sa.literal_column("1"))
        .where(
            _accounts.c.clinic_id == param("clinic_id", _accounts.c.clinic_id),
            _accounts.c.id == param("account_id", _accounts.c.id),
            _accounts.c.state == AccountState.ACTIVE,
            _accounts.c.epoch == param("epoch", _accounts.c.epoch),
        )
        .exists(),
    ),
    Scope.SYSTEM,
    "sign-in: made for the account whose password or passkey was right, if it is still as it was then",
)

REVOKE_SIGN_IN = Change(
    "revoke_sign_in",
    sa.update(_sign_ins)
    .where(
        row_key(_sign_ins),
        _sign_ins.c.revoked_at.is_(None),
    )
    .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
    Scope.SYSTEM,
    "ends the sign-in of the token that was shown",
)

READ_ACCOUNT = Read(
    "read_account",
    clinic_rows(AccountTable).where(_accounts.c.id == param("id", _accounts.c.id)),
    AccountRow,
    Scope.CLINIC,
)

END_SIGN_INS = Change(
    "end_sign_ins",
    sa.update(_sign_ins)
    .where(
        in_clinic(_sign_ins),
        actor_is_current(),
        _sign_ins.c.account_id == param("account_id", _sign_ins.c.account_id),
        _sign_ins.c.revoked_at.is_(None),
    )
    .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
    Scope.CLINIC,
)
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
    sign_in_binding: bytes

    @property
    def sign_in(self) -> dict[str, object]:
        """Return the facts of the sign-in that its binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.sign_in_id,
            "account_id": self.id,
            "is_strong": self.is_strong,
            "proved_at": self.proved_at,
            "binding": self.sign_in_binding,
        }


SIGN_IN_OF_TOKEN = Read(
    "sign_in_of_token",
    sa.select(
        *BOUND_ACCOUNT,
        _sign_ins.c.id.label("sign_in_id"),
        _sign_ins.c.binding.label("sign_in_binding"),
        *(c for c in _sign_ins.c if c.name in SignInOfAccount.model_fields and c.name not in Holder.model_fields),
        _clinics.c.policies,
    )
    .select_from(_sign_ins)
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
"""Ends the other sign-ins that began with the password alone, before there was a factor."""

PROVE_SIGN_IN = Change(
    "prove_sign_in",
    sa.update(_sign_ins)
    .where(_mine, _sign_ins.c.id == sa.bindparam("actor_sign_in_id", type_=sa.Uuid()))
    .values(
        proved_at=param("now", _sign_ins.c.proved_at),
        is_strong=param("is_strong", _sign_ins.c.is_strong),
        binding=param("binding", _sign_ins.c.binding),
    ),
    Scope.CLINIC,
)
