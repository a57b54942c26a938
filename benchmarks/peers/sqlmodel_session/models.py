"""The product's tables as SQLModel classes, as far as they are needed."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime


class ClinicModel(SQLModel):
    """A row of one clinic, which is part of its key."""

    clinic_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)


class Account(ClinicModel, table=True):
    """A person who signs in."""

    __tablename__ = "accounts"

    state: str
    epoch: int
    roles: str
    patient_id: UUID | None


class SignIn(ClinicModel, table=True):
    """One sign-in on one device."""

    __tablename__ = "sign_ins"

    account_id: UUID
    revoked_at: datetime | None = Field(sa_type=UTCDateTime)


class CareTeam(ClinicModel, table=True):
    """A grant of one member of staff to one patient."""

    __tablename__ = "care_team"

    patient_id: UUID
    account_id: UUID
    started_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime | None = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(sa_type=UTCDateTime)


class VaultKey(ClinicModel, table=True):
    """The data key of one patient, wrapped."""

    __tablename__ = "vault_keys"

    wrapped_key: bytes


class Session(ClinicModel, table=True):
    """What a reflection may belong to."""

    __tablename__ = "sessions"

    patient_id: UUID


class Reflection(ClinicModel, table=True):
    """One entry of a patient."""

    __tablename__ = "reflections"

    created_at: datetime = Field(sa_type=UTCDateTime)
    updated_at: datetime = Field(sa_type=UTCDateTime)
    version: int = 1
    patient_id: UUID
    session_id: UUID | None = None
    kind: str
    state: str = "draft"
    sharing: str = "private"
    release_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    captured_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    shared_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    review_due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    first_read_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reviewed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reviewed_by_id: UUID | None = None
    edited_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    content_number: int = 0
    content: bytes
    monitoring: bytes | None = None


class Task(ClinicModel, table=True):
    """One thing that waits for one account."""

    __tablename__ = "tasks"

    account_id: UUID | None
    patient_id: UUID
    kind: str
    subject_id: UUID
    opened_at: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime = Field(sa_type=UTCDateTime)


class Ledger(ClinicModel, table=True):
    """Who did what to which subject of which chart. Rows are only added."""

    __tablename__ = "ledger"

    at: datetime = Field(sa_type=UTCDateTime)
    event: str
    action: str
    outcome: str = "done"
    reason: str | None = None
    actor_id: UUID
    actor_role: str | None
    subject_id: UUID | None = None
    patient_id: UUID | None = None
    is_private: bool = False
    request_id: str
