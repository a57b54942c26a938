"""Rows of consent documents, and of the consents that patients give by them.

Consents are here too, since rooms that come before doses ask for them. `care/consents` signs and withdraws them.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field
from typing_extensions import TypedDict

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedJson, JsonText, VersionedRow, enum_type

UNIQUE_NUMBER = "uq_consent_documents_number"
UNIQUE_ORDINAL = "uq_consents_ordinal"


class ConsentPurpose(StrEnum):
    """A purpose that a patient consents to. Source: clinical.md sections 1.1 and 2.4."""

    TREATMENT = "treatment"
    SHARING = "sharing"
    """Showing the chart to programs and to others outside the clinic."""
    RESEARCH = "research"
    """Counting the patient in numbers over the clinic, and exporting structured data under a pseudonym."""


class ConsentMode(StrEnum):
    """The way in which a consent was signed."""

    SIGNED_IN = "signed_in"
    """By the patient, signed in."""
    PAPER = "paper"
    """On paper, as a clinician has recorded."""


class StoredText(TypedDict):
    """The document in one language."""

    language: str
    title: str
    text: str


class ConsentDocumentFactsRow(VersionedRow):
    """A version of a document without its texts. `digests` are the SHA-256 of its texts by language."""

    purpose: ConsentPurpose = Field(sa_type=enum_type(ConsentPurpose))
    number: int
    needs_new_signature: bool
    valid_from: int
    """The lowest number whose signatures still count once this version is in force."""
    digests: dict[str, str] = Field(sa_type=JsonText)
    published_by_id: UUID
    imported_number: int | None = None
    """Of a version of another clinic, which came with a chart: its number there. It is never in force here."""
    retired_at: datetime | None = None
    retired_by_id: UUID | None = None


class ConsentDocumentRow(ConsentDocumentFactsRow):
    """A whole version. Its texts never change."""

    texts: list[StoredText] = Field(sa_type=EncryptedJson)


class ConsentDocumentTable(ConsentDocumentRow, table=True):
    """Listed newest first. A purpose has at most one version in force: publishing one retires the one before."""

    __tablename__ = "consent_documents"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "published_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "purpose", "number", name=UNIQUE_NUMBER),
        sa.CheckConstraint("number >= 1 AND valid_from BETWEEN 1 AND number", name="number"),
        sa.CheckConstraint("(retired_at IS NULL) = (retired_by_id IS NULL)", name="retired_by"),
        sa.Index("ix_consent_documents_list", "clinic_id", "created_at", "id"),
    )


class ConsentRow(VersionedRow):
    """One signature of a patient. It never changes, but for its withdrawal; the last of its purpose counts."""

    patient_id: UUID
    document_id: UUID
    purpose: ConsentPurpose = Field(sa_type=enum_type(ConsentPurpose))
    number: int
    ordinal: int
    language: str = Field(sa_type=sa.String(35))
    text_sha256: str = Field(sa_type=sa.String(64))
    mode: ConsentMode = Field(sa_type=enum_type(ConsentMode))
    signed_at: datetime
    created_by_id: UUID
    imported_at: datetime | None = None
    """When it came with its chart from elsewhere. It was given to another clinic, so it permits nothing here."""
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None


class ConsentTable(ConsentRow, table=True):
    """Listed by chart, the latest first. `ordinal` counts the signatures of one patient for one purpose."""

    __tablename__ = "consents"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "document_id"],
            ["consent_documents.clinic_id", "consent_documents.id"],
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "purpose", "ordinal", name=UNIQUE_ORDINAL),
        sa.CheckConstraint("ordinal >= 1 AND number >= 1", name="ordinal"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.Index("ix_consents_chart", "clinic_id", "patient_id", "signed_at", "id"),
        sa.Index("ix_consents_clinic", "clinic_id", "signed_at", "id"),
        sa.Index(
            "ix_consents_withdrawn",
            "clinic_id",
            "purpose",
            postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
            sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
        ),
    )
