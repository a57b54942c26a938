"""Rows of record requests."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.journal.record_requests.rules import AccessDenialGround, RecordRequestState
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class RecordRequestRow(VersionedRow):
    """A request for a copy of the record. Its words never change; its answer is written once."""

    patient_id: UUID
    text: str | None = Field(default=None, sa_type=EncryptedText)
    state: RecordRequestState = Field(sa_type=enum_type(RecordRequestState))
    received_at: datetime
    due_at: datetime
    extended_at: datetime | None = None
    extension_reason: str | None = Field(default=None, sa_type=EncryptedText)
    answered_at: datetime | None = None
    answered_by_id: UUID | None = None
    answer: str | None = Field(default=None, sa_type=EncryptedText)
    denial_ground: AccessDenialGround | None = Field(default=None, sa_type=enum_type(AccessDenialGround))
    created_by_id: UUID


class RecordRequestToAnswer(RecordRequestRow):
    """A request, whether the actor is on the care team other than by emergency access, and whether they read prose."""

    is_member: bool
    reads_prose: bool


class RecordRequestTable(RecordRequestRow, table=True):
    """Listed by chart, newest first."""

    __tablename__ = "record_requests"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "answered_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by"),
        sa.CheckConstraint("(state = 'denied') = (answer IS NOT NULL)", name="answer"),
        sa.CheckConstraint("(state = 'denied') = (denial_ground IS NOT NULL)", name="denied"),
        sa.CheckConstraint("(extended_at IS NULL) = (extension_reason IS NULL)", name="extension"),
        sa.CheckConstraint("received_at < due_at", name="due"),
        sa.Index("ix_record_requests_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_record_requests_clinic", "clinic_id", "created_at", "id"),
    )
