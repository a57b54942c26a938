"""Statements of a second factor that is shown: codes, passkeys, recovery codes."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.bindings import BOUND_ACCOUNT
from integration_api.access.factor_tables import (
    FactorKind,
    FactorRow,
    FactorTable,
    RecoveryCodeTable,
    UsedChallengeRow,
    UsedChallengeTable,
)
from integration_api.access.tables import AccountState, AccountTable, ClinicTable
from integration_api.access.visible import clinic_rows
from integration_api.resources.people.sign_in.statements import Holder
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of

_factors = table_of(FactorTable)
_codes = table_of(RecoveryCodeTable)
_challenges = table_of(UsedChallengeTable)
_accounts = table_of(AccountTable)
_clinics = table_of(ClinicTable)
_me = sa.bindparam("actor_id", type_=sa.Uuid())


class PasskeyHolder(Holder):
    """A passkey, and the account that it signs in."""

    factor_id: UUID
    kind: FactorKind
    credential_id: bytes
    public_key: bytes
    sign_count: int
    factor_binding: bytes

    @property
    def factor(self) -> dict[str, object]:
        """Return the facts of the passkey that its binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.factor_id,
            "account_id": self.id,
            "kind": self.kind,
            "credential_id": self.credential_id,
            "public_key": self.public_key,
            "binding": self.factor_binding,
        }


class UnusedCode(BaseModel):
    """A recovery code that still works."""

    id: UUID


# ── factors ──

FACTORS_OF_ACCOUNT = Read(
    "factors_of_account",
    sa.select(*_factors.c, VAULT_KEYS.c.wrapped_key)
    .join(VAULT_KEYS, sa.and_(VAULT_KEYS.c.clinic_id == _factors.c.clinic_id, VAULT_KEYS.c.id == _factors.c.clinic_id))
    .where(
        _factors.c.clinic_id == param("clinic_id", _factors.c.clinic_id),
        _factors.c.account_id == param("account_id", _factors.c.account_id),
        _factors.c.confirmed_at.is_not(None),
    ),
    FactorRow,
    Scope.SYSTEM,
    "sign-in: nobody is signed in yet; the account's password was right",
)

MY_FACTORS = Read(
    "my_factors",
    clinic_rows(FactorTable)
    .where(_factors.c.account_id == _me)
    .order_by(_factors.c.account_id, _factors.c.created_at, _factors.c.id),
    FactorRow,
    Scope.CLINIC,
)
"""Bounded: a person has ten at the most."""

USE_TOTP = Change(
    "use_totp",
    sa.update(_factors)
    .where(
        row_key(_factors),
        sa.or_(_factors.c.last_step.is_(None), _factors.c.last_step < param("last_step", _factors.c.last_step)),
    )
    .values(last_step=param("last_step", _factors.c.last_step), last_used_at=param("now", _factors.c.last_used_at)),
    Scope.SYSTEM,
    "sign-in and step-up: a code works once, whoever else shows it at this moment",
)

PASSKEY_OF_CREDENTIAL = Read(
    "passkey_of_credential",
    sa.select(
        *BOUND_ACCOUNT,
        _clinics.c.policies,
        _factors.c.id.label("factor_id"),
        _factors.c.binding.label("factor_binding"),
        *(_factors.c[name] for name in ("kind", "credential_id", "public_key", "sign_count")),
    )
    .select_from(_factors)
    .join(
        _accounts,
        sa.and_(_accounts.c.clinic_id == _factors.c.clinic_id, _accounts.c.id == _factors.c.account_id),
    )
    .join(_clinics, _clinics.c.clinic_id == _factors.c.clinic_id)
    .where(
        _factors.c.clinic_id == param("clinic_id", _factors.c.clinic_id),
        _factors.c.account_id == param("account_id", _factors.c.account_id),
        _factors.c.credential_id == param("credential_id", _factors.c.credential_id),
        _factors.c.confirmed_at.is_not(None),
        _accounts.c.state == AccountState.ACTIVE,
    ),
    PasskeyHolder,
    Scope.SYSTEM,
    "sign-in: nobody is signed in yet; the passkey names clinic and account, and proves itself by its signature",
)

USE_PASSKEY = Change(
    "use_passkey",
    sa.update(_factors)
    .where(
        row_key(_factors),
        _factors.c.sign_count == param("known_count", _factors.c.sign_count),
    )
    .values(
        sign_count=param("sign_count", _factors.c.sign_count),
        last_used_at=param("now", _factors.c.last_used_at),
    ),
    Scope.SYSTEM,
    "sign-in and step-up: guarded by the count that the signature was compared with",
)

USE_CHALLENGE = Change(
    "use_challenge",
    insert_rows(UsedChallengeTable),
    Scope.SYSTEM,
    "a challenge is answered once: its primary key refuses the second answer, whichever process gets it",
)

READ_CHALLENGE = Read(
    "read_used_challenge",
    sa.select(*_challenges.c).where(
        row_key(_challenges), _challenges.c.expires_at >= param("now", _challenges.c.expires_at)
    ),
    UsedChallengeRow,
    Scope.SYSTEM,
    "a program signs in: an answer that was given already is refused with a trace",
)
FORGET_CHALLENGES = Change(
    "forget_challenges",
    sa.delete(_challenges).where(
        _challenges.c.clinic_id == param("clinic_id", _challenges.c.clinic_id),
        _challenges.c.expires_at < param("now", _challenges.c.expires_at),
    ),
    Scope.SYSTEM,
    "what has expired is refused by its own time",
)

CODE_OF_ACCOUNT = Read(
    "recovery_code_of_account",
    sa.select(_codes.c.id).where(
        _codes.c.clinic_id == param("clinic_id", _codes.c.clinic_id),
        _codes.c.account_id == param("account_id", _codes.c.account_id),
        _codes.c.code_digest == param("code_digest", _codes.c.code_digest),
        _codes.c.used_at.is_(None),
    ),
    UnusedCode,
    Scope.SYSTEM,
    "sign-in: nobody is signed in yet; the account's password was right",
)

USE_CODE = Change(
    "use_recovery_code",
    sa.update(_codes)
    .where(
        _codes.c.clinic_id == param("clinic_id", _codes.c.clinic_id),
        _codes.c.account_id == param("account_id", _codes.c.account_id),
        _codes.c.code_digest == param("code_digest", _codes.c.code_digest),
        _codes.c.used_at.is_(None),
    )
    .values(used_at=param("now", _codes.c.used_at)),
    Scope.SYSTEM,
    "sign-in: a code works once, for the account whose password was right",
)
