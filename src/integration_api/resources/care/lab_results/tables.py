"""Rows of lab results."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class Analyte(StrEnum):
    """The liver value that was measured. Source: clinical.md section 1.8."""

    ALT = "alt"
    AST = "ast"


class LabResultRow(VersionedRow):
    """One liver value, in U/L, with the upper limit of its laboratory. It never changes but for its withdrawal."""

    patient_id: UUID
    analyte: Analyte = Field(sa_type=enum_type(Analyte))
    value: float = Field(sa_type=sa.Double)
    upper_limit: float = Field(sa_type=sa.Double)
    taken_at: datetime
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class LabResultTable(LabResultRow, table=True):
    """Listed by chart, the latest first."""

    __tablename__ = "lab_results"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("value >= 0", name="value"),
        sa.CheckConstraint("upper_limit > 0", name="upper_limit"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_lab_results_chart", "clinic_id", "patient_id", "taken_at", "id"),
        sa.Index("ix_lab_results_clinic", "clinic_id", "taken_at", "id"),
    )
