"""Rows of capture links."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import ClinicRow

MAX_ENTRIES = 100
"""The entries that one link takes."""


class CaptureLinkRow(ClinicRow):
    """One link of one session. It stands as long as its sign-in does; its token is a row of `reading_tokens`."""

    patient_id: UUID
    session_id: UUID
    sign_in_id: UUID
    created_at: datetime
    created_by_id: UUID
    expires_at: datetime
    entries: int = Field(default=0, sa_type=sa.SmallInteger)
    """The entries written by it, which only its own writes read: staff are not shown how much is written."""


class CaptureLinkTable(CaptureLinkRow, table=True):
    """Found by session, the newest first, and by the sign-in that is the link."""

    __tablename__ = "capture_links"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_capture_links_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "sign_in_id", name="uq_capture_links_sign_in"),
        sa.CheckConstraint("expires_at > created_at", name="time_box"),
        sa.CheckConstraint("entries BETWEEN 0 AND 100", name="entries"),
        sa.Index("ix_capture_links_session", "clinic_id", "patient_id", "session_id", "created_at", "id"),
    )
