"""The notices' one table."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow


class NoticeRow(ClinicRow):
    """Something that happened, and who is to know: everybody of one role in the clinic, or one account."""

    at: datetime
    event: str = Field(max_length=40)
    to_role: str | None = Field(default=None, max_length=20)
    to_account_id: UUID | None = None
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    patient_id: UUID | None = None


class NoticeTable(NoticeRow, table=True):
    """Read newest first."""

    __tablename__ = "notices"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "to_account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "actor_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(to_role IS NULL) <> (to_account_id IS NULL)", name="has_one_audience"),
        sa.Index("ix_notices_at", "clinic_id", "at", "id"),
    )
