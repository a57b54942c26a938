"""The ledger, where each of its rows stands, and the seals over them, which are only ever added to; and `changes`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from integration_api.ledger.events import Outcome, Purpose
from integration_api.storage.tables import ClinicRow, enum_type


class LedgerRow(ClinicRow):
    """One ledger row: actor, action, subject, chart, time, role and outcome. No free text."""

    at: datetime
    event: str = Field(max_length=40)
    action: str = Field(max_length=40)
    outcome: Outcome = Field(sa_type=enum_type(Outcome))
    reason: str | None = Field(default=None, max_length=40)
    actor_id: UUID | None = None
    actor_role: str | None = Field(default=None, max_length=20)
    subject_id: UUID | None = None
    patient_id: UUID | None = None
    purpose: Purpose | None = Field(default=None, sa_type=enum_type(Purpose))
    digest: bytes | None = Field(default=None, max_length=32)
    is_private: bool = False
    request_id: str = Field(max_length=64)
    changed: str | None = None
    """The things that its step changed, and who is told (`changes.py`)."""


class LedgerTable(LedgerRow, table=True):
    """Read by chart and as a whole, newest first; and by subject, for the digests that account for its state."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ix_ledger_chart", "clinic_id", "patient_id", "at", "id"),
        Index("ix_ledger_at", "clinic_id", "at", "id"),
        Index(
            "ix_ledger_digest",
            "clinic_id",
            "subject_id",
            "digest",
            postgresql_where=text("digest IS NOT NULL"),
            sqlite_where=text("digest IS NOT NULL"),
        ),
    )


class PlaceRow(ClinicRow):
    """The place of the ledger row of the same id in its clinic, counted from 1 without a gap, and its leaf."""

    seal_number: int
    position: int = Field(sa_type=BigInteger)
    leaf: bytes = Field(max_length=32)


class PlaceTable(PlaceRow, table=True):
    """Given by the sealer, in the same step as the seal. Read by row, and in order."""

    __tablename__ = "ledger_places"
    __table_args__ = (UniqueConstraint("clinic_id", "position"),)


class SealRow(ClinicRow):
    """A signed head over one batch of rows, and by `previous_head` over all that came before (see `seal.py`)."""

    number: int
    encoding: int
    first_position: int = Field(sa_type=BigInteger)
    row_count: int
    root: bytes = Field(max_length=32)
    previous_head: bytes = Field(max_length=32)
    head: bytes = Field(max_length=32)
    signature: bytes = Field(max_length=64)
    key_id: bytes = Field(max_length=8)
    public_key: bytes = Field(max_length=32)
    sealed_at: datetime
    reached_at: datetime


class SealTable(SealRow, table=True):
    """Numbered from 1: of two sealers at the same time, one is refused by the number."""

    __tablename__ = "ledger_seals"
    __table_args__ = (UniqueConstraint("clinic_id", "number"),)


class ChangeRow(ClinicRow):
    """The latest change of one thing, in one channel (`changes.py`)."""

    channel: str = Field(max_length=16)
    channel_id: UUID
    kind: str = Field(max_length=32)
    thing_id: UUID
    patient_id: UUID | None = None
    account_id: UUID | None = None
    sequence: int = Field(sa_type=BigInteger)
    at: datetime
    visible_from: datetime
    """When the channel could first see it, is going to see it, or TAKEN_BACK."""
    due_at: datetime | None = None


class ChangeTable(ChangeRow, table=True):
    """Written by the sealer alone, in the step of the seal. Read by channel in order, and by what time changes next."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_channel", "clinic_id", "channel_id", "channel", "sequence"),
        Index(
            "ix_changes_due",
            "clinic_id",
            "due_at",
            "id",
            postgresql_where=text("due_at IS NOT NULL"),
            sqlite_where=text("due_at IS NOT NULL"),
        ),
    )
