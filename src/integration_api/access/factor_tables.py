"""Second factors: one-time codes, passkeys and recovery codes; and the answered WebAuthn challenges."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow, EncryptedText, enum_type


class FactorKind(StrEnum):
    """The kinds of factors."""

    TOTP = "totp"
    PASSKEY = "passkey"


class FactorRow(ClinicRow):
    """A factor of one person. It counts once it is confirmed, by its first use."""

    account_id: UUID
    kind: FactorKind = Field(sa_type=enum_type(FactorKind))
    label: str | None = Field(default=None, sa_type=EncryptedText)
    created_at: datetime
    confirmed_at: datetime | None = None
    last_used_at: datetime | None = None
    secret: str | None = Field(default=None, sa_type=EncryptedText)
    last_step: int | None = None
    """The 30-second step (since 1970) of the last used code; codes of it and of earlier steps are refused."""
    credential_id: bytes | None = None
    public_key: bytes | None = None
    sign_count: int | None = Field(default=None, sa_type=sa.BigInteger)
    binding: bytes = b""


class FactorTable(FactorRow, table=True):
    """Factors. Text is encrypted under the clinic's key. A passkey is found by its credential id, in one clinic."""

    __tablename__ = "factors"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "credential_id"),
        sa.CheckConstraint("(kind = 'totp') = (secret IS NOT NULL)", name="totp_has_a_secret"),
        sa.CheckConstraint(
            "(kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL)",
            name="passkey_has_a_key",
        ),
        sa.Index("ix_factors_account", "clinic_id", "account_id", "created_at", "id"),
    )


class RecoveryCodeRow(ClinicRow):
    """One of ten recovery codes, for when every factor is lost; stored as a keyed hash, and valid once."""

    account_id: UUID
    code_digest: bytes
    created_at: datetime
    used_at: datetime | None = None


class RecoveryCodeTable(RecoveryCodeRow, table=True):
    """Recovery codes, found by their hash."""

    __tablename__ = "recovery_codes"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "account_id", "code_digest", name="uq_recovery_codes_code_digest"),
    )


class UsedChallengeRow(ClinicRow):
    """A challenge that a passkey has answered; the primary key keeps it from being answered twice."""

    expires_at: datetime


class UsedChallengeTable(UsedChallengeRow, table=True):
    """Answered challenges, each kept until it would have expired."""

    __tablename__ = "used_challenges"
    __table_args__ = (sa.Index("ix_used_challenges_expires", "clinic_id", "expires_at"),)
