"""Rows of discharges."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow


class DischargeRow(VersionedRow):
    """The discharge of one dosing session; its id is the session's."""

    patient_id: UUID
    met: list[str] = Field(sa_type=EncryptedJson)
    discharged_at: datetime | None = None
    aldrete_score: int | None = None
    padss_score: int | None = None
    note: str | None = Field(default=None, sa_type=EncryptedText)
    overridden_at: datetime | None = None
    overridden_by_id: UUID | None = None
    override_reason: str | None = Field(default=None, sa_type=EncryptedText)
    updated_by_id: UUID


class DischargeTable(DischargeRow, table=True):
    """Found by the session."""

    __tablename__ = "discharges"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_discharges_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "updated_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "overridden_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("aldrete_score BETWEEN 0 AND 10", name="aldrete"),
        sa.CheckConstraint("padss_score BETWEEN 0 AND 10", name="padss"),
        sa.CheckConstraint("(overridden_at IS NULL) = (overridden_by_id IS NULL)", name="overridden_by"),
        sa.CheckConstraint("(overridden_at IS NULL) = (override_reason IS NULL)", name="override_reason"),
    )
