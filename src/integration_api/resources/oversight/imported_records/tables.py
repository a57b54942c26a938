"""Rows of imported records: where a thing of a chart came from."""

from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type


class ImportedKind(StrEnum):
    """The kinds of things that are imported. A `score_total` is a number without answers, kept here alone."""

    PATIENT = "patient"
    SESSION = "session"
    NOTE = "note"
    MEASURE_RESPONSE = "measure_response"
    SCORE_TOTAL = "score_total"
    REFLECTION = "reflection"
    PLAN = "plan"
    GOAL = "goal"


class ImportedFor(StrEnum):
    """The readers: everybody who sees the chart, its staff alone, or the patient alone."""

    CHART = "chart"
    TEAM = "team"
    PATIENT = "patient"


class ImportedRecordRow(VersionedRow):
    """One record of a file of another system. It never changes; `created_at` is when it was imported."""

    patient_id: UUID
    kind: ImportedKind = Field(sa_type=enum_type(ImportedKind))
    shown_to: ImportedFor = Field(sa_type=enum_type(ImportedFor))
    subject_id: UUID | None = None
    """The thing that was made of it; null for a total, which is here."""
    source: str = Field(sa_type=EncryptedText)
    identifier: str = Field(sa_type=EncryptedText)
    """Its identifier there."""
    file_sha256: str = Field(sa_type=EncryptedText)
    content_sha256: str = Field(sa_type=EncryptedText)
    """Of what was taken from it, so that the same record is known again."""
    imported_by: str = Field(sa_type=EncryptedText)
    """The person who ran the command, as the command was told."""
    total: dict[str, JsonValue] | None = Field(default=None, sa_type=EncryptedJson)


class ImportedRecordTable(ImportedRecordRow, table=True):
    """Listed by chart, the latest import first."""

    __tablename__ = "imported_records"
    __table_args__ = chart_args(
        sa.CheckConstraint("(kind = 'score_total') = (subject_id IS NULL)", name="subject"),
        sa.CheckConstraint("(kind = 'score_total') = (total IS NOT NULL)", name="total"),
        sa.Index("ix_imported_records_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_imported_records_clinic", "clinic_id", "created_at", "id"),
    )
