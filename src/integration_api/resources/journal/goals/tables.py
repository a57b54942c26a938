"""Rows of goals and of their ratings."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.journal.goals.rules import GoalSide
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class GoalRow(VersionedRow):
    """One goal of a chart. Once it is rated, its scale stays as it is."""

    patient_id: UUID
    course_id: UUID | None = None
    insight_id: UUID | None = None
    title: str = Field(sa_type=EncryptedText)
    levels: list[str] = Field(sa_type=EncryptedJson)
    baseline_level: int = Field(sa_type=sa.SmallInteger)
    weight: int = Field(sa_type=sa.SmallInteger)
    first_rated_at: datetime | None = None
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class GoalTable(GoalRow, table=True):
    """Listed by chart, newest first. `levels` are the words from -2 to +2."""

    __tablename__ = "goals"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"], ["courses.clinic_id", "courses.patient_id", "courses.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("baseline_level BETWEEN -2 AND 2", name="baseline_level"),
        sa.CheckConstraint("weight BETWEEN 1 AND 9", name="weight"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_goals_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_goals_clinic", "clinic_id", "created_at", "id"),
    )


class GoalRatingRow(ClinicRow):
    """One rating of a goal, by one side. `rated_at` is what the device claimed."""

    patient_id: UUID
    goal_id: UUID
    created_at: datetime
    rated_at: datetime
    happened_at: datetime
    level: int = Field(sa_type=sa.SmallInteger)
    side: GoalSide = Field(sa_type=enum_type(GoalSide))
    rated_by_id: UUID
    remark: str | None = Field(default=None, sa_type=EncryptedText)


class GoalRatingTable(GoalRatingRow, table=True):
    """Append-only. Levels are plain, because scores are made of them."""

    __tablename__ = "goal_ratings"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "goal_id"], ["goals.clinic_id", "goals.patient_id", "goals.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "rated_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("level BETWEEN -2 AND 2", name="level"),
        sa.Index("ix_goal_ratings_goal", "clinic_id", "patient_id", "goal_id", "happened_at", "id"),
        sa.Index("ix_goal_ratings_chart", "clinic_id", "patient_id", "happened_at", "id"),
    )
