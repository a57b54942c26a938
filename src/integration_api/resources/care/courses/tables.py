"""A course's row."""

from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class CourseState(StrEnum):
    """The life of a course."""

    PLANNED = "planned"
    ACTIVE = "active"
    COMPLETED = "completed"
    DISCONTINUED = "discontinued"


class CourseRow(VersionedRow):
    """One series of treatment."""

    patient_id: UUID
    state: CourseState = Field(sa_type=enum_type(CourseState))
    indication: str | None = Field(default=None, sa_type=EncryptedText)
    intention: str | None = Field(default=None, sa_type=EncryptedText)
    planned_dosing_sessions: int
    created_by_id: UUID


class CourseTable(CourseRow, table=True):
    """Listed by chart, newest first. Rows that belong to a course name its patient too."""

    __tablename__ = "courses"
    __table_args__ = chart_args(
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("planned_dosing_sessions BETWEEN 0 AND 60", name="planned_dosing_sessions"),
        sa.Index("ix_courses_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_courses_clinic", "clinic_id", "created_at", "id"),
    )
