"""Rows of vitals."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.monitoring.bands import VitalField
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class VitalRow(VersionedRow):
    """One reading of one field; its id is the sender's."""

    patient_id: UUID
    session_id: UUID
    field: VitalField = Field(sa_type=enum_type(VitalField))
    taken_at: datetime
    value: float | None = Field(default=None, sa_type=sa.Double)
    diastolic: float | None = Field(default=None, sa_type=sa.Double)
    text: str | None = Field(default=None, sa_type=EncryptedText)
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class VitalTable(VitalRow, table=True):
    """Listed by session, and by session and field. A reading never changes but for its withdrawal."""

    __tablename__ = "vitals"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_vitals_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(field = 'observation') = (value IS NULL)", name="value"),
        sa.CheckConstraint("(field = 'blood_pressure') = (diastolic IS NOT NULL)", name="diastolic"),
        sa.CheckConstraint("diastolic < value", name="pressure"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_vitals_session", "clinic_id", "patient_id", "session_id", "taken_at", "id"),
        sa.Index("ix_vitals_field", "clinic_id", "session_id", "field", "taken_at", "id"),
    )
