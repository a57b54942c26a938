"""Rows of amendment requests."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.journal.amendment_requests.rules import AmendmentState, DenialBasis
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class AmendmentRequestRow(VersionedRow):
    """A request to amend one note. Its words never change; its answer is written once."""

    patient_id: UUID
    note_id: UUID
    text: str = Field(sa_type=EncryptedText)
    reason: str = Field(sa_type=EncryptedText)
    state: AmendmentState = Field(sa_type=enum_type(AmendmentState))
    due_at: datetime
    extended_at: datetime | None = None
    extension_reason: str | None = Field(default=None, sa_type=EncryptedText)
    answered_at: datetime | None = None
    answered_by_id: UUID | None = None
    answer: str | None = Field(default=None, sa_type=EncryptedText)
    denial_basis: DenialBasis | None = Field(default=None, sa_type=enum_type(DenialBasis))
    created_by_id: UUID


class AmendmentRequestTable(AmendmentRequestRow, table=True):
    """Listed by chart, newest first."""

    __tablename__ = "amendment_requests"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name="fk_amendment_requests_note",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "answered_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by"),
        sa.CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer"),
        sa.CheckConstraint("(state = 'denied') = (denial_basis IS NOT NULL)", name="denied"),
        sa.CheckConstraint("(extended_at IS NULL) = (extension_reason IS NULL)", name="extension"),
        sa.Index("ix_amendment_requests_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_amendment_requests_clinic", "clinic_id", "created_at", "id"),
    )
