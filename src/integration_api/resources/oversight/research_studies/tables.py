"""Rows of research studies, and of their exports.

Exports are here too, since erasing a chart ends them. `research_exports` asks for them and makes them.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type

_MAKING, _DUE = sa.text("state = 'making'"), sa.text("due_at IS NOT NULL")


class ResearchFailure(StrEnum):
    """Why a research export was not made."""

    SIGN_IN_ENDED = "sign_in_ended"
    """The sign-in that asked ended before it was ready, or the account changed."""
    TOO_FEW_PATIENTS = "too_few_patients"
    """So many withdrew meanwhile that too few are left."""
    NOT_POSSIBLE = "not_possible"


class ResearchStudyRow(VersionedRow):
    """One study. Without its key nobody can tell whose a pseudonym is, nor make the same one again."""

    name: str = Field(sa_type=EncryptedText)
    pseudonym_key: str | None = Field(default=None, sa_type=EncryptedText)
    """32 random bytes in base64; null once the study is closed."""
    created_by_id: UUID
    closed_at: datetime | None = None
    closed_by_id: UUID | None = None


class ResearchStudyTable(ResearchStudyRow, table=True):
    """Listed newest first."""

    __tablename__ = "research_studies"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by"),
        sa.CheckConstraint("(closed_at IS NULL) = (pseudonym_key IS NOT NULL)", name="key"),
        sa.Index("ix_research_studies_list", "clinic_id", "created_at", "id"),
    )


class ResearchExportRow(VersionedRow):
    """One export for a study: who asked by which sign-in, how far the job is, and the sealed parts of the file."""

    study_id: UUID
    account_id: UUID
    sign_in_id: UUID
    epoch: int
    state: ExportState = Field(sa_type=enum_type(ExportState))
    kept_days: int
    attempts: int = 0
    claim_number: int = 0
    """That of the last claim. An erasure makes it another one, so that whoever has the claim loses it."""
    due_at: datetime | None = None
    """When the job looks at it next: to make it, to take it over, or to let it expire."""
    consent_mark: int | None = None
    """The withdrawals and the changes of the document that the clinic had when consents were read."""
    chart_count: int | None = None
    size_bytes: int | None = Field(default=None, sa_type=sa.BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    content_key: str | None = Field(default=None, sa_type=EncryptedText)
    objects: bytes = b""
    """The ids of its parts in the store, one after the other."""
    failure: ResearchFailure | None = Field(default=None, sa_type=enum_type(ResearchFailure))
    ready_at: datetime | None = None
    expires_at: datetime | None = None


class ResearchExportTable(ResearchExportRow, table=True):
    """Of one study, one at a time is made."""

    __tablename__ = "research_exports"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "study_id"], ["research_studies.clinic_id", "research_studies.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint(
            "state <> 'ready' OR (size_bytes IS NOT NULL AND sha256 IS NOT NULL AND content_key IS NOT NULL "
            "AND consent_mark IS NOT NULL AND chart_count IS NOT NULL "
            "AND ready_at IS NOT NULL AND expires_at IS NOT NULL)",
            name="ready",
        ),
        sa.CheckConstraint("(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name="due"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        sa.CheckConstraint("kept_days >= 1", name="kept_days"),
        sa.Index("ix_research_exports_study", "clinic_id", "study_id", "created_at", "id"),
        sa.Index(
            "uq_research_exports_making",
            "clinic_id",
            "study_id",
            unique=True,
            postgresql_where=_MAKING,
            sqlite_where=_MAKING,
        ),
        sa.Index("ix_research_exports_due", "clinic_id", "due_at", "id", postgresql_where=_DUE, sqlite_where=_DUE),
    )
