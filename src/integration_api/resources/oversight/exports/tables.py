"""Rows of exports."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, JsonText, VersionedRow, enum_type


class ExportState(StrEnum):
    """The life of an export."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class ExportOrder(StrEnum):
    """The order of the readable chart."""

    NEWEST_FIRST = "newest_first"
    OLDEST_FIRST = "oldest_first"


class ExportFailure(StrEnum):
    """Why an export was not made."""

    SIGN_IN_ENDED = "sign_in_ended"
    """The sign-in that asked ended before it was ready, or the account changed."""
    NOT_POSSIBLE = "not_possible"


class ExportRow(VersionedRow):
    """One export: who asked by which sign-in, how far the job is, and the sealed parts of the file."""

    patient_id: UUID
    account_id: UUID
    sign_in_id: UUID
    epoch: int
    state: ExportState = Field(sa_type=enum_type(ExportState))
    chart_order: ExportOrder = Field(sa_type=enum_type(ExportOrder))
    kept_days: int
    attempts: int = 0
    due_at: datetime | None = None
    """When the job looks at it next: to make it, to take it over, or to let it expire."""
    size_bytes: int | None = Field(default=None, sa_type=sa.BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    content_key: str | None = Field(default=None, sa_type=EncryptedText)
    objects: bytes = b""
    """The ids of its parts in the store, one after the other."""
    missing: dict[str, int] = Field(default_factory=dict, sa_type=JsonText)
    """The number of things of each kind that this export alone leaves out; words of our own."""
    failure: ExportFailure | None = Field(default=None, sa_type=enum_type(ExportFailure))
    ready_at: datetime | None = None
    expires_at: datetime | None = None


class ExportTable(ExportRow, table=True):
    """Of one chart, one at a time is made."""

    __tablename__ = "exports"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint(
            "state <> 'ready' OR (size_bytes IS NOT NULL AND sha256 IS NOT NULL AND content_key IS NOT NULL "
            "AND ready_at IS NOT NULL AND expires_at IS NOT NULL)",
            name="ready",
        ),
        sa.CheckConstraint("(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name="due"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        sa.CheckConstraint("kept_days >= 1", name="kept_days"),
        sa.Index("ix_exports_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index(
            "uq_exports_making",
            "clinic_id",
            "patient_id",
            unique=True,
            postgresql_where=sa.text("state = 'making'"),
            sqlite_where=sa.text("state = 'making'"),
        ),
        sa.Index(
            "ix_exports_due",
            "clinic_id",
            "due_at",
            "id",
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        ),
    )
