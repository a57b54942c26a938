"""Rows of REMS forms."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow


class RemsFormRow(VersionedRow):
    """The answers of one form that the record does not give; its id is the session's."""

    patient_id: UUID
    answers: dict[str, bool | list[str] | None] = Field(sa_type=EncryptedJson)
    submitted_at: datetime | None = None
    submitted_by_id: UUID | None = None
    sent: list[Any] | None = Field(default=None, sa_type=EncryptedJson)
    """The facts of the record and the answers as they were sent; the record may change after that."""
    confirmation: str | None = Field(default=None, sa_type=EncryptedText)
    updated_by_id: UUID


class RemsFormTable(RemsFormRow, table=True):
    """Found by the session."""

    __tablename__ = "rems_forms"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_rems_forms_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "updated_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "submitted_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(submitted_at IS NULL) = (submitted_by_id IS NULL)", name="submitted_by"),
        sa.CheckConstraint("confirmation IS NULL OR submitted_at IS NOT NULL", name="confirmation"),
    )
