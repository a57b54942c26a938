"""Rows of psychotherapy notes, and of the grants by which an author lets a supervisor read one."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type

_NOTE_IS = ("patient_id", "session_id", "author_id", "state", "signed_at")
_GRANT_IS = ("note_id", "author_id", "account_id", "created_at", "ends_at", "revoked_at")
"""The columns that text is bound to: whose it is, and who may read it. A row that was edited opens nothing."""


def domain_args(bound: tuple[str, ...], *constraints: SchemaItem) -> tuple[object, ...]:
    """Return `__table_args__` of a table whose text is encrypted under the key of psychotherapy notes (`domain_id`)."""
    return (*constraints, {"info": {"key_owner": "domain_id", "bound": bound}})


class PsychotherapyNoteState(StrEnum):
    """The state of a psychotherapy note."""

    DRAFT = "draft"
    SIGNED = "signed"


class PsychotherapyNoteFactsRow(VersionedRow):
    """A psychotherapy note without its text. `domain_id` is the owner of its key, which no chart shares."""

    patient_id: UUID
    session_id: UUID | None = None
    author_id: UUID
    domain_id: UUID
    state: PsychotherapyNoteState = Field(
        default=PsychotherapyNoteState.DRAFT, sa_type=enum_type(PsychotherapyNoteState)
    )
    signed_at: datetime | None = None


class PsychotherapyNoteRow(PsychotherapyNoteFactsRow):
    """A whole psychotherapy note."""

    text: str = Field(sa_type=EncryptedText)


class PsychotherapyNoteTable(PsychotherapyNoteRow, table=True):
    """Listed by author, newest first."""

    __tablename__ = "psychotherapy_notes"
    __table_args__ = domain_args(
        _NOTE_IS,
        sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_psychotherapy_notes_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed_at"),
        sa.Index("ix_psychotherapy_notes_author", "clinic_id", "author_id", "created_at", "id"),
        sa.Index("ix_psychotherapy_notes_of_patient", "clinic_id", "author_id", "patient_id", "created_at", "id"),
        sa.Index("ix_psychotherapy_notes_patient", "clinic_id", "patient_id", "id", "author_id"),
    )


class PsychotherapyGrantRow(ClinicRow):
    """An author's permission for one supervisor to read one note until `ends_at`.

    `terms` hold the reason. They are encrypted, and bound to who may read what until when; each read decrypts them.
    """

    note_id: UUID
    author_id: UUID
    account_id: UUID
    domain_id: UUID
    ordinal: int
    created_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None
    terms: dict[str, str] = Field(sa_type=EncryptedJson)


class PsychotherapyGrantTable(PsychotherapyGrantRow, table=True):
    """`ordinal` counts the grants of one note: of two made at once, one starts over, and counts again."""

    __tablename__ = "psychotherapy_grants"
    __table_args__ = domain_args(
        _GRANT_IS,
        sa.ForeignKeyConstraint(
            ["clinic_id", "note_id"],
            ["psychotherapy_notes.clinic_id", "psychotherapy_notes.id"],
        ),
        sa.ForeignKeyConstraint(["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "note_id", "ordinal", name="uq_psychotherapy_grants_ordinal"),
        sa.CheckConstraint("ordinal > 0", name="ordinal"),
        sa.CheckConstraint("account_id <> author_id", name="another"),
        sa.Index("ix_psychotherapy_grants_account", "clinic_id", "account_id", "created_at", "id"),
        sa.Index("ix_psychotherapy_grants_note", "clinic_id", "note_id", "created_at", "id"),
    )
