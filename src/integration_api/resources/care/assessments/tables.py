"""Rows of assessments."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.assessments.rules import AssessmentDecision
from integration_api.storage.tables import EncryptedJson, VersionedRow, enum_type


class AssessmentRow(VersionedRow):
    """The therapist's assessment of one dosing session; its id is the session's."""

    patient_id: UUID
    decision: AssessmentDecision | None = Field(sa_type=enum_type(AssessmentDecision), nullable=False)
    """None only for one that nobody wrote yet, which is not stored."""
    reasons: list[str] = Field(sa_type=EncryptedJson)
    updated_by_id: UUID


class AssessmentTable(AssessmentRow, table=True):
    """Found by the session."""

    __tablename__ = "assessments"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_assessments_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "updated_by_id"], ["accounts.clinic_id", "accounts.id"]),
    )


class AssessmentVersionRow(AssessmentRow):
    """An assessment as it was before a change. It never changes."""

    session_id: UUID
    kept_at: datetime


class AssessmentVersionTable(AssessmentVersionRow, table=True):
    """Read by session, newest first."""

    __tablename__ = "assessment_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_assessment_versions_session",
        ),
        sa.UniqueConstraint("clinic_id", "session_id", "version", name="uq_assessment_versions_version"),
        sa.Index("ix_assessment_versions_session", "clinic_id", "patient_id", "session_id", "kept_at", "id"),
    )
