"""The tables that decide access: accounts, sign-ins, invitations and care-team grants."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, JsonText, VersionedRow, enum_type


def chart_args(*constraints: SchemaItem) -> tuple[object, ...]:
    """Return `__table_args__` of a table whose rows belong to one patient: the reference, and the owner of its key."""
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
    owner_id: UUID | None = None
    phone: str | None = Field(default=None, max_length=40)
    address: str | None = Field(default=None, max_length=200)
    emergency_instruction: str | None = Field(default=None, max_length=500)


class ClinicTable(TenantRow, table=True):
    """Clinics."""

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
    licence_region: str | None = Field(default=None, sa_type=EncryptedText)
    licence_ends_on: date | None = None
    supervised_by: UUID | None = None
    """The supervisor who reads this account's drafts and without whom none of its notes is final."""
    successor_id: UUID | None = None
    """The colleague who finishes the drafts of this account once it is disabled or has left their chart's team."""
    email: str | None = Field(default=None, sa_type=EncryptedText)
    email_index: bytes
    password_hash: str | None = Field(default=None, max_length=200)
    scopes: list[str] | None = Field(default=None, sa_type=JsonText)
    """The Actions of a service account; null for all others."""
    binding: bytes = b""
    """A keyed digest of what decides access; see `bindings.py`, also for the other tables that have one."""


class AccountTable(AccountRow, table=True):
    """Accounts: in a clinic one for each e-mail address, and at most one for each chart."""

    __tablename__ = "accounts"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "supervised_by"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "successor_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("supervised_by <> id", name="supervisor"),
        sa.CheckConstraint("successor_id <> id", name="successor"),
        sa.UniqueConstraint("clinic_id", "email_index"),
        sa.UniqueConstraint("clinic_id", "patient_id"),
        sa.Index("ix_accounts_supervised_by", "clinic_id", "supervised_by"),
        sa.Index("ix_accounts_successor", "clinic_id", "successor_id"),
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
    """The number of the newest refresh token, which carries it; the first is 0."""
    label: str | None = Field(default=None, sa_type=EncryptedText)
    """The name that the device gave itself."""
    created_at: datetime
    refreshed_at: datetime
    expires_at: datetime
    proved_at: datetime
    is_strong: bool = False
    revoked_at: datetime | None = None
    binding: bytes = b""


class SignInTable(SignInRow, table=True):
    """Sign-ins, found by their id, which tokens carry."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_sign_ins_account", "clinic_id", "account_id", "created_at", "id"),
    )


class ReadingTokenRow(ClinicRow):
    """A token that one operation accepts, as a digest of its 256 random bits. Its life is that of its sign-in."""

    account_id: UUID
    action: str = Field(max_length=64)
    slot: int = Field(sa_type=sa.SmallInteger)
    sign_in_id: UUID
    digest: bytes
    created_at: datetime
    binding: bytes = b""


class ReadingTokenTable(ReadingTokenRow, table=True):
    """At most three an account and operation. A new one takes the slot of one that has ended."""

    __tablename__ = "reading_tokens"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "account_id", "action", "slot", name="uq_reading_tokens_slot"),
        sa.CheckConstraint("slot BETWEEN 1 AND 3", name="slot"),
    )


class CalendarRow(VersionedRow):
    """One person's calendar address (`id` is the account's): the digest of its secret, and the account's epoch.

    A secret has 256 random bits, so its plain digest cannot be guessed back.
    """

    epoch: int
    secret_digest: bytes
    binding: bytes = b""


class CalendarTable(CalendarRow, table=True):
    """At most one row an account."""

    __tablename__ = "calendars"
    __table_args__ = (sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),)


class InvitationRow(ClinicRow):
    """A one-time code that lets the person behind an account set a password: the first one, or a new one."""

    account_id: UUID
    is_reset: bool = False
    words: list[str] | None = Field(default=None, sa_type=EncryptedJson)
    """Words that the password must not be built on: from the person's name and address, and the clinic's name."""
    code_digest: bytes
    created_at: datetime
    created_by_id: UUID
    expires_at: datetime
    accepted_at: datetime | None = None
    binding: bytes = b""


class InvitationTable(InvitationRow, table=True):
    """Invitations; only the newest open one of an account is valid."""

    __tablename__ = "invitations"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_invitations_account", "clinic_id", "account_id"),
    )


class ExternalIdentityRow(ClinicRow):
    """The link of an account (`id` is the account's) to a subject of the external issuer, by blind index."""

    subject_index: bytes
    linked_at: datetime
    linked_by_id: UUID
    binding: bytes = b""


class ExternalIdentityTable(ExternalIdentityRow, table=True):
    """Links: at most one for each account, and one account for each subject in a clinic."""

    __tablename__ = "external_identities"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "linked_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "subject_index"),
        sa.Index("ix_external_identities_subject", "subject_index", "linked_at"),
    )


class CareTeamRole(StrEnum):
    """The roles of staff on a care team."""

    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"


class CareTeamBasis(StrEnum):
    """The basis on which a member of staff sees the chart."""

    TEAM = "team"
    """Somebody on the team, or a clinic admin, added them."""
    EMERGENCY = "emergency"
    """They opened it themselves, for a few hours, with a written reason that is reviewed."""


class CareTeamRow(VersionedRow):
    """A care-team grant: one member of staff may see one patient's chart while it is current."""

    patient_id: UUID
    account_id: UUID
    role: CareTeamRole = Field(sa_type=enum_type(CareTeamRole))
    basis: CareTeamBasis = Field(default=CareTeamBasis.TEAM, sa_type=enum_type(CareTeamBasis))
    started_at: datetime
    ends_at: datetime | None = None
    ended_at: datetime | None = None


class CareTeamTable(CareTeamRow, table=True):
    """Care-team grants: at most one open grant for each person and patient, besides emergency access."""

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
    """A token bucket: the time until which its allowance is spent (GCRA: the theoretical arrival time).

    `id` is a keyed digest of the counted key. Buckets belong to no clinic: `clinic_id` is the same for all.
    """

    spent_until: int = Field(sa_type=sa.BigInteger)
    """Microseconds since 1970; a past time means that nothing is spent."""


class ThrottleTable(ThrottleRow, table=True):
    """Token buckets that were used lately; inserting one deletes stale rows."""

    __tablename__ = "throttles"
    __table_args__ = (sa.Index("ix_throttles_spent", "clinic_id", "spent_until"),)
