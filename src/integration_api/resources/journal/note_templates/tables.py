"""Rows of note templates: one for each version. Nothing but its state ever changes, since notes are pinned to it."""

from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field

from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type

UNIQUE_NUMBER = "uq_note_templates_number"


class NoteTemplateState(StrEnum):
    """The life of a version. New notes take an active one; notes that have another keep it."""

    ACTIVE = "active"
    REPLACED = "replaced"
    RETIRED = "retired"


class NoteTemplateRow(VersionedRow):
    """One version of a template. Its text is encrypted under the clinic's key."""

    family_id: UUID
    """The first version, for all versions of a template."""
    number: int
    replaces_id: UUID | None = None
    state: NoteTemplateState = Field(sa_type=enum_type(NoteTemplateState))
    title: str = Field(sa_type=EncryptedText)
    sections: list[dict[str, JsonValue]] = Field(sa_type=EncryptedJson)
    created_by_id: UUID


class NoteTemplateTable(NoteTemplateRow, table=True):
    """Listed by clinic, newest first; numbered from 1 within a family."""

    __tablename__ = "note_templates"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "family_id", "number", name=UNIQUE_NUMBER),
        sa.CheckConstraint("(number = 1) = (replaces_id IS NULL)", name="replaces"),
        sa.Index("ix_note_templates_list", "clinic_id", "created_at", "id"),
    )
