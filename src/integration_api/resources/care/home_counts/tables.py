"""Rows of counts of what is left at home."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.home_counts.rules import RefillState
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class HomeCountRow(VersionedRow):
    """One count of what is left at home, and the refill that was asked for with it. Amounts are thousandths of a mg."""

    patient_id: UUID
    counted_at: datetime
    happened_at: datetime
    counted_milli: int = Field(sa_type=sa.BigInteger)
    expected_milli: int = Field(sa_type=sa.BigInteger)
    seen_on_video: bool
    remark: str | None = Field(default=None, sa_type=EncryptedText)
    counted_by_id: UUID
    refill_state: RefillState | None = Field(default=None, sa_type=enum_type(RefillState))
    earliest_refill_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by_id: UUID | None = None
    decided_reason: str | None = Field(default=None, sa_type=EncryptedText)


class HomeCountTable(HomeCountRow, table=True):
    """Listed by chart, the latest first. Only the decision about a refill is added later."""

    __tablename__ = "home_counts"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "counted_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("counted_milli >= 0", name="counted"),
        sa.CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by"),
        sa.CheckConstraint("decided_at IS NULL OR refill_state <> 'requested'", name="decided"),
        sa.Index("ix_home_counts_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_home_counts_clinic", "clinic_id", "happened_at", "id"),
    )
