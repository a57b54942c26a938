"""Accounts, sign-ins, invitations and care-team grants: the rows that decide who may see what."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, JsonText, VersionedRow, enum_type


def chart_args(*constraints: SchemaItem) -> tuple[object, ...]:
    """`__table_args__` of a table whose rows belong to one patient: the reference, and whose key seals its text."""
    return (
        sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        *constraints,
        {"info": {"key_owner": "patient_id"}},
    )


class TenantRow(VersionedRow):
    """One clinic; `id` and `clinic_id` are the same. Nothing here is personal."""

    slug: str = Field(max_length=63)
    name: str = Field(max_length=200)
    time_zone: str = Field(max_length=64)
    country: str = Field(max_length=2)
    hours: dict[str, list[list[str]]] = Field(sa_type=JsonText)
    policies: dict[str, int] = Field(sa_type=JsonText)


class ClinicTable(TenantRow, table=True):
    """One row a clinic."""

    __tablename__ = "clinics"
    __table_args__ = (
        sa.UniqueConstraint("clinic_id"),
        sa.UniqueConstraint("slug"),
        sa.CheckConstraint("id = clinic_id", name="is_its_own_tenant"),
    )


class AccountState(StrEnum):
    """The life of an account."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class AccountRow(VersionedRow):
    """A person who signs in. A patient's name and address live in the chart, under the chart's key."""

    state: AccountState = Field(sa_type=enum_type(AccountState))
    epoch: int = 1
    roles: list[str] = Field(sa_type=JsonText)
    patient_id: UUID | None = None
    name: str | None = Field(default=None, sa_type=EncryptedText)
    credential: str | None = Field(default=None, sa_type=EncryptedText)
    email: str | None = Field(default=None, sa_type=EncryptedText)
    email_index: bytes
    password_hash: str | None = Field(default=None, max_length=200)
    scopes: list[str] | None = Field(default=None, sa_type=JsonText)
    """What a service account may do; null for everybody else."""
    binding: bytes = b""
    """A keyed digest of what decides access; see `bindings.py`, also for the other tables that have one."""


class AccountTable(AccountRow, table=True):
    """One account an e-mail address in a clinic, and at most one a chart."""

    __tablename__ = "accounts"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        sa.UniqueConstraint("clinic_id", "email_index"),
        sa.UniqueConstraint("clinic_id", "patient_id"),
        sa.Index("ix_accounts_address", "email_index", "id"),
        sa.Index(
            "ix_accounts_staff",
            "clinic_id",
            "created_at",
            "id",
            postgresql_where=sa.text("patient_id IS NULL"),
            sqlite_where=sa.text("patient_id IS NULL"),
        ),
    )


class SignInRow(ClinicRow):
    """One sign-in on one device: a family of refresh tokens, of which the newest is valid."""

    account_id: UUID
    rotation: int = 0
    """How many refresh tokens came before the newest, which carries this number."""
    label: str | None = Field(default=None, sa_type=EncryptedText)
    """What the device calls itself."""
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    proved_at: datetime
    is_strong: bool = False
    revoked_at: datetime | None = None
    binding: bytes = b""


class SignInTable(SignInRow, table=True):
    """Found by its own id, which tokens carry."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_sign_ins_account", "clinic_id", "account_id", "created_at", "id"),
    )


class InvitationRow(ClinicRow):
    """A one-time code that lets the person behind an account set a password: the first one, or a new one."""

    account_id: UUID
    is_reset: bool = False
    words: list[str] | None = Field(default=None, sa_type=EncryptedJson)
    """Names that the password may not be built on: the person's, their address and the clinic's."""
    code_digest: bytes
    created_at: datetime
    created_by_id: UUID
    expires_at: datetime
    accepted_at: datetime | None = None
    binding: bytes = b""


class InvitationTable(InvitationRow, table=True):
    """Only the newest open one of an account is valid."""

    __tablename__ = "invitations"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_invitations_account", "clinic_id", "account_id"),
    )


class ExternalIdentityRow(ClinicRow):
    """The person of the external issuer who is this account (`id` is the account's): a keyed index of the subject."""

    subject_index: bytes
    linked_at: datetime
    linked_by_id: UUID
    binding: bytes = b""


class ExternalIdentityTable(ExternalIdentityRow, table=True):
    """At most one an account, and one account a person in a clinic."""

    __tablename__ = "external_identities"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "linked_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "subject_index"),
        sa.Index("ix_external_identities_subject", "subject_index", "linked_at"),
    )


class CareTeamRole(StrEnum):
    """What a member of staff is to one patient."""

    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"


class CareTeamBasis(StrEnum):
    """Why a member of staff sees the chart."""

    TEAM = "team"
    """Somebody on the team, or a clinic admin, added them."""
    EMERGENCY = "emergency"
    """They opened it themselves, for a few hours, with a written reason that is reviewed."""


class CareTeamRow(VersionedRow):
    """A grant of one member of staff to one patient. Visibility follows the grants that are current."""

    patient_id: UUID
    account_id: UUID
    role: CareTeamRole = Field(sa_type=enum_type(CareTeamRole))
    basis: CareTeamBasis = Field(default=CareTeamBasis.TEAM, sa_type=enum_type(CareTeamBasis))
    started_at: datetime
    ends_at: datetime | None = None
    ended_at: datetime | None = None


class CareTeamTable(CareTeamRow, table=True):
    """At most one open grant of a person to a patient, beside what was opened in an emergency, which always ends."""

    __tablename__ = "care_team"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("basis = 'team' OR ends_at IS NOT NULL", name="emergency_ends"),
        sa.Index(
            "uq_care_team_open",
            "clinic_id",
            "patient_id",
            "account_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL AND basis = 'team'"),
            sqlite_where=sa.text("ended_at IS NULL AND basis = 'team'"),
        ),
        sa.Index("ix_care_team_account", "clinic_id", "account_id", "patient_id"),
        sa.Index("ix_care_team_chart", "clinic_id", "patient_id", "created_at", "id"),
    )


class ThrottleRow(ClinicRow):
    """How far ahead of time one key's allowance is spent (GCRA: its theoretical arrival time).

    `id` is a keyed digest of what is counted. Keys are of no clinic: `clinic_id` is one of 256 values taken from that
    digest, and only says where the row is kept.
    """

    spent_until: int = Field(sa_type=sa.BigInteger)
    """Microseconds since 1970; a time that has passed means that nothing is spent."""


class ThrottleTable(ThrottleRow, table=True):
    """One row a key that was counted lately; a new row takes the place of those that mean nothing any more."""

    __tablename__ = "throttles"
    __table_args__ = (sa.Index("ix_throttles_spent", "clinic_id", "spent_until"),)
