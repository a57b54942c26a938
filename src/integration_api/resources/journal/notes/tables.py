"""Rows of notes, of their addenda and signed versions; and of attachments, which notes and reflections delete."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field, SQLModel

from integration_api.access.tables import chart_args
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class NoteFormat(StrEnum):
    """The layout of a note; each format has its sections. Source: clinical.md section 2.1."""

    SOAP = "soap"
    DAP = "dap"
    BIRP = "birp"
    GIRP = "girp"
    PIRP = "pirp"
    NARRATIVE = "narrative"
    KAP_PREPARATION = "kap_preparation"
    KAP_DOSING = "kap_dosing"
    KAP_INTEGRATION = "kap_integration"
    TEMPLATE = "template"
    """Its sections are those of a template of the clinic."""


class NoteState(StrEnum):
    """The life of a note. Source: clinical.md section 2.2."""

    DRAFT = "draft"
    PENDING_COSIGN = "pending_cosign"
    SIGNED = "signed"
    AMENDED = "amended"
    ENTERED_IN_ERROR = "entered_in_error"
    FILED_UNSIGNED = "filed_unsigned"


class SharingState(StrEnum):
    """Whether the patient sees a note once it is signed."""

    SHARED = "shared"
    WITHHELD = "withheld"


class WithholdReason(StrEnum):
    """Why a signed note is kept from the patient for a time. Source: clinical.md section 2.4."""

    DANGER_TO_LIFE = "danger_to_life"
    DANGER_TO_ANOTHER = "danger_to_another"
    REQUESTED_BY_PATIENT = "requested_by_patient"
    LITIGATION = "litigation"
    OTHER_LEGAL = "other_legal"


class SignedFacts(SQLModel):
    """The signer of a content, when, with name and credential as they were then; the same of a co-signer."""

    content_sha256: str | None = Field(default=None, max_length=64)
    signed_at: datetime | None = None
    signed_by_id: UUID | None = None
    signer_name: str | None = Field(default=None, sa_type=EncryptedText)
    signer_credential: str | None = Field(default=None, sa_type=EncryptedText)
    attestation: str | None = Field(default=None, max_length=200)
    cosigned_at: datetime | None = None
    cosigned_by_id: UUID | None = None
    cosigner_name: str | None = Field(default=None, sa_type=EncryptedText)
    cosigner_credential: str | None = Field(default=None, sa_type=EncryptedText)
    cosigner_attestation: str | None = Field(default=None, max_length=200)


class NoteRow(SignedFacts, VersionedRow):
    """One note. `content_version` counts what was finally signed, `service_at` is what lateness counts from."""

    patient_id: UUID
    session_id: UUID
    format: NoteFormat = Field(sa_type=enum_type(NoteFormat))
    state: NoteState = Field(sa_type=enum_type(NoteState))
    sections: dict[str, str] = Field(sa_type=EncryptedJson)
    author_id: UUID
    captured_at: datetime | None = None
    happened_at: datetime
    needs_cosign: bool
    returns: list[dict[str, str]] = Field(sa_type=EncryptedJson)
    content_version: int = 0
    service_at: datetime | None = None
    is_late_entry: bool = False
    late_entry_reason: str | None = Field(default=None, sa_type=EncryptedText)
    entered_in_error_at: datetime | None = None
    error_reason: str | None = Field(default=None, sa_type=EncryptedText)
    filed_at: datetime | None = None
    filed_by_id: UUID | None = None
    filed_reason: str | None = Field(default=None, sa_type=EncryptedText)
    sharing: SharingState = Field(sa_type=enum_type(SharingState))
    withhold_reason: WithholdReason | None = Field(default=None, sa_type=enum_type(WithholdReason))
    withheld_until: datetime | None = None
    addenda_count: int = 0
    deleted_at: datetime | None = None
    conflict_of_id: UUID | None = None
    disagreements: list[dict[str, str]] | None = Field(default=None, sa_type=EncryptedJson)
    source: dict[str, JsonValue] | None = Field(default=None, sa_type=EncryptedJson)
    carried_from_id: UUID | None = None
    imported_at: datetime | None = None
    imported_proof: dict[str, JsonValue] | None = Field(default=None, sa_type=EncryptedJson)
    template_id: UUID | None = None
    """The version of the template that decides its sections; null for the formats of the product."""


class NoteSeen(NoteRow):
    """A note, and whose it is: the actor's, or left to the actor as a supervisor of the team.

    Besides, what decides which steps the actor's account may take: its supervision and its licence.
    """

    is_mine: bool
    is_left: bool
    is_supervised: bool
    licence_ends_on: date | None
    clinic_time_zone: str


class NoteToAdd(NoteSeen):
    """A note that is added to or amended, and the group that its session is part of."""

    group_session_id: UUID | None


class NoteTable(NoteRow, table=True):
    """Listed by chart, newest first. The CHECKs hold a note to its signature: none is signed in part, or deleted."""

    __tablename__ = "notes"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"], ["sessions.clinic_id", "sessions.patient_id", "sessions.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "signed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "cosigned_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.ForeignKeyConstraint(["clinic_id", "filed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint(
            "(state = 'draft' OR filed_at IS NOT NULL) = (content_sha256 IS NULL)", name="signed_content"
        ),
        sa.CheckConstraint(
            "(state IN ('filed_unsigned', 'entered_in_error') AND content_sha256 IS NULL) = (filed_at IS NOT NULL)",
            name="filed",
        ),
        sa.CheckConstraint("(filed_at IS NULL) = (filed_by_id IS NULL)", name="filed_by"),
        sa.CheckConstraint("(content_sha256 IS NULL) = (signed_at IS NULL)", name="signed_at"),
        sa.CheckConstraint("(content_sha256 IS NULL) = (signed_by_id IS NULL)", name="signed_by"),
        sa.CheckConstraint("(cosigned_at IS NULL) = (cosigned_by_id IS NULL)", name="cosigned_by"),
        sa.CheckConstraint("cosigned_by_id NOT IN (author_id, signed_by_id)", name="cosigner"),
        sa.CheckConstraint(
            "(state IN ('draft', 'pending_cosign') OR filed_at IS NOT NULL) = (content_version = 0)",
            name="content_version",
        ),
        sa.CheckConstraint("is_late_entry = (late_entry_reason IS NOT NULL)", name="late_entry"),
        sa.CheckConstraint("(state = 'entered_in_error') = (entered_in_error_at IS NOT NULL)", name="in_error"),
        sa.CheckConstraint("(sharing = 'withheld') = (withhold_reason IS NOT NULL)", name="withhold_reason_given"),
        sa.CheckConstraint("(sharing = 'withheld') = (withheld_until IS NOT NULL)", name="withheld_until"),
        sa.CheckConstraint("addenda_count BETWEEN 0 AND 100", name="addenda_count"),
        sa.CheckConstraint("deleted_at IS NULL OR state = 'draft'", name="deleted_drafts"),
        sa.Index("ix_notes_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_notes_clinic", "clinic_id", "happened_at", "id"),
        sa.Index("ix_notes_session", "clinic_id", "session_id"),
    )


def _of_note(*constraints: SchemaItem) -> tuple[object, ...]:
    """`__table_args__` of a table whose rows belong to one note."""
    return chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "note_id"], ["notes.clinic_id", "notes.patient_id", "notes.id"]
        ),
        *constraints,
    )


class NoteAddendumRow(ClinicRow):
    """An addition to a signed note by somebody of the team. It never changes."""

    created_at: datetime
    patient_id: UUID
    note_id: UUID
    text: str = Field(sa_type=EncryptedText)
    text_sha256: str = Field(max_length=64)
    author_id: UUID
    author_name: str | None = Field(default=None, sa_type=EncryptedText)
    author_credential: str | None = Field(default=None, sa_type=EncryptedText)


class NoteAddendumTable(NoteAddendumRow, table=True):
    """Read by note, oldest first."""

    __tablename__ = "note_addenda"
    __table_args__ = _of_note(
        sa.ForeignKeyConstraint(["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_note_addenda_note", "clinic_id", "patient_id", "note_id", "created_at", "id"),
        sa.Index("ix_note_addenda_chart", "clinic_id", "patient_id", "created_at", "id"),
    )


class NoteVersionRow(SignedFacts, ClinicRow):
    """One content of a note as it was finally signed. It never changes; an amendment adds the next."""

    created_at: datetime
    patient_id: UUID
    note_id: UUID
    number: int
    sections: dict[str, str] = Field(sa_type=EncryptedJson)
    reason: str | None = Field(default=None, sa_type=EncryptedText)
    created_by_id: UUID


class NoteVersionTable(NoteVersionRow, table=True):
    """Read by note, newest first; numbered from 1."""

    __tablename__ = "note_versions"
    __table_args__ = _of_note(
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "note_id", "number"),
        sa.CheckConstraint(
            "content_sha256 IS NOT NULL AND signed_at IS NOT NULL AND signed_by_id IS NOT NULL", name="signed"
        ),
        sa.CheckConstraint("(number = 1) = (reason IS NULL)", name="reason"),
        sa.Index("ix_note_versions_note", "clinic_id", "patient_id", "note_id", "created_at", "id"),
    )


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
    """One attachment. Its bytes are objects, sealed under a key of its own (base64), which is encrypted here."""

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
    """The ids of its parts in order, 16 bytes each."""


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
