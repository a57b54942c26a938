"""Rows of group sessions. No chart names one but by its id, and no row of one names a chart."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.resources.care.sessions.tables import Modality, Phase
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class GroupSessionRow(VersionedRow):
    """One meeting of several patients. Its topic is encrypted under the clinic's key."""

    topic: str | None = Field(default=None, sa_type=EncryptedText)
    phase: Phase = Field(sa_type=enum_type(Phase))
    modality: Modality = Field(sa_type=enum_type(Modality))
    planned_start_at: datetime
    planned_end_at: datetime | None = None
    member_count: int
    """The members when the last one was added. Each change is a new version, so that requests at once count right."""
    created_by_id: UUID


class GroupSessionSeen(GroupSessionRow):
    """A group session, and its sessions now."""

    standing_count: int
    """Those that were not cancelled."""
    made_count: int
    """All that were ever made of it."""


class GroupSessionTable(GroupSessionRow, table=True):
    """Listed by clinic, the latest planned start first."""

    __tablename__ = "group_sessions"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("planned_end_at > planned_start_at", name="planned_times"),
        sa.CheckConstraint("member_count BETWEEN 1 AND 12", name="member_count"),
        sa.CheckConstraint("phase <> 'dosing'", name="no_dose"),
        sa.Index("ix_group_sessions_list", "clinic_id", "planned_start_at", "id"),
    )
