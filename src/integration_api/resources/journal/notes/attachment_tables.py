"""The table of attachments, below notes and reflections: each deletes its own in its own step."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class MediaType(StrEnum):
    """The media types that may be attached: those that a browser shows and that hold no program to run."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    MP3 = "audio/mpeg"
    MP4 = "audio/mp4"
    OGG = "audio/ogg"
    WEBM = "audio/webm"
    WAV = "audio/wav"
    PDF = "application/pdf"


class AttachmentState(StrEnum):
    """Whether all of it was sent and checked."""

    UPLOADING = "uploading"
    READY = "ready"


class AttachmentRow(VersionedRow):
    """One attachment. Its bytes are objects, sealed under a key of its own that is encrypted here.

    `objects` are the ids of its parts in order, 16 bytes each. `content_key` is in base64.
    """

    patient_id: UUID
    note_id: UUID | None = None
    reflection_id: UUID | None = None
    created_by_id: UUID
    content_type: MediaType = Field(sa_type=enum_type(MediaType))
    state: AttachmentState = Field(sa_type=enum_type(AttachmentState))
    size_bytes: int
    """As it was announced; once it is ready, of what is kept."""
    received_bytes: int = 0
    sha256: str | None = Field(default=None, sa_type=EncryptedText)
    """As it was announced, if it was; once it is ready, of what is kept. It would tell who has a known file."""
    completed_at: datetime | None = None
    content_key: str = Field(sa_type=EncryptedText)
    objects: bytes = b""


class AttachmentTable(AttachmentRow, table=True):
    """Listed by chart, newest first."""

    __tablename__ = "attachments"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"],
            ["notes.clinic_id", "notes.patient_id", "notes.id"],
            name="fk_attachments_note",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_attachments_reflection",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(note_id IS NULL) <> (reflection_id IS NULL)", name="parent"),
        sa.CheckConstraint("(state = 'ready') = (completed_at IS NOT NULL)", name="completed"),
        sa.CheckConstraint("state <> 'ready' OR sha256 IS NOT NULL", name="sha256"),
        sa.CheckConstraint("size_bytes > 0 AND received_bytes >= 0", name="size"),
        sa.Index("ix_attachments_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_attachments_clinic", "clinic_id", "created_at", "id"),
        sa.Index("ix_attachments_reflection", "clinic_id", "patient_id", "reflection_id"),
        sa.Index("ix_attachments_state", "clinic_id", "state", "created_at", "id"),
    )
