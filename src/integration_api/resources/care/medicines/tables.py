"""Rows of medicines."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class MedicineKind(StrEnum):
    """The way in which somebody comes to take it."""

    PRESCRIBED = "prescribed"
    OVER_THE_COUNTER = "over_the_counter"
    SUPPLEMENT = "supplement"
    SUBSTANCE = "substance"


class MedicineRow(VersionedRow):
    """One medicine, or another substance, that a patient takes or took."""

    patient_id: UUID
    name: str = Field(sa_type=EncryptedText)
    dose: str | None = Field(default=None, sa_type=EncryptedText)
    kind: MedicineKind = Field(sa_type=enum_type(MedicineKind))
    started_on: date | None = None
    ended_on: date | None = None
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class MedicineTable(MedicineRow, table=True):
    """Listed by chart, newest first."""

    __tablename__ = "medicines"
    __table_args__ = chart_args(
        sa.CheckConstraint("started_on <= ended_on", name="period"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_medicines_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_medicines_clinic", "clinic_id", "created_at", "id"),
    )
