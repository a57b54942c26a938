"""Rows of shared summaries and of their earlier revisions."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from integration_api.access.tables import chart_args
from integration_api.resources.journal.plans.tables import PlanSide
from integration_api.storage.tables import ClinicRow, EncryptedText, VersionedRow, enum_type

_BY = ("patient", "clinician")


class EndorsedText(SQLModel):
    """One revision of a text, who wrote it, and who stands behind it."""

    covers_from: date | None = None
    covers_until: date | None = None
    title: str = Field(sa_type=EncryptedText)
    text: str = Field(sa_type=EncryptedText)
    revision: int
    written_by: PlanSide = Field(sa_type=enum_type(PlanSide))
    written_by_id: UUID
    written_at: datetime
    patient_endorsed_at: datetime | None = None
    patient_endorsed_by_id: UUID | None = None
    clinician_endorsed_at: datetime | None = None
    clinician_endorsed_by_id: UUID | None = None


class SharedSummaryRow(EndorsedText, VersionedRow):
    """The present revision of a summary: of one session, or of a part of a course."""

    patient_id: UUID
    session_id: UUID | None = None
    course_id: UUID | None = None
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class SummaryToChange(SharedSummaryRow):
    """A summary, and whether the actor may change it: its patient, or somebody of the care team."""

    is_of_a_side: bool


def _by(column: str, name: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["clinic_id", column], ["accounts.clinic_id", "accounts.id"], name=name)


def _endorsed() -> tuple[sa.CheckConstraint, ...]:
    """Return the CHECKs that whoever endorsed is named."""
    return tuple(
        sa.CheckConstraint(f"({side}_endorsed_at IS NULL) = ({side}_endorsed_by_id IS NULL)", name=f"{side}_endorsed")
        for side in _BY
    )


class SharedSummaryTable(SharedSummaryRow, table=True):
    """Listed by chart, newest first."""

    __tablename__ = "shared_summaries"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"],
            ["courses.clinic_id", "courses.patient_id", "courses.id"],
            name="fk_shared_summaries_course",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_shared_summaries_session",
        ),
        *map(_by, ("created_by_id", "written_by_id")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("(session_id IS NULL) <> (course_id IS NULL)", name="about"),
        sa.CheckConstraint("covers_from <= covers_until", name="covers"),
        *_endorsed(),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_shared_summaries_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_shared_summaries_clinic", "clinic_id", "created_at", "id"),
        sa.Index("ix_shared_summaries_session", "clinic_id", "session_id"),
    )


class SharedSummaryVersionRow(EndorsedText, ClinicRow):
    """A revision as it was when it was changed, with the endorsements that it had."""

    created_at: datetime
    patient_id: UUID
    summary_id: UUID


class SharedSummaryVersionTable(SharedSummaryVersionRow, table=True):
    """Listed by summary, newest first. Never changed."""

    __tablename__ = "shared_summary_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "summary_id"],
            ["shared_summaries.clinic_id", "shared_summaries.patient_id", "shared_summaries.id"],
            name="fk_shared_summary_versions_summary",
        ),
        _by("written_by_id", name="fk_shared_summary_versions_writer"),
        sa.UniqueConstraint("clinic_id", "summary_id", "revision", name="uq_shared_summary_versions_revision"),
        *_endorsed(),
        sa.Index("ix_shared_summary_versions_summary", "clinic_id", "patient_id", "summary_id", "created_at", "id"),
    )
