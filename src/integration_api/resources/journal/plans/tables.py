"""The rows of plans, their strategies, and what plans were before."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class PlanState(StrEnum):
    """The life of a plan."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class PlanSide(StrEnum):
    """The two who must agree: the patient, and the clinicians of the care team."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class PlanRow(VersionedRow):
    """One plan. `revision` counts its contents, `version` every change of it or of its strategies.

    Content that was agreed to never changes. A plan that is to take its place names it in `replaces_id`.
    """

    patient_id: UUID
    course_id: UUID | None = None
    insight_id: UUID | None = None
    replaces_id: UUID | None = None
    is_shared: bool = False
    """Whether it was ever proposed or shown; until then it is for its author alone."""
    state: PlanState = Field(sa_type=enum_type(PlanState))
    title: str = Field(sa_type=EncryptedText)
    aim: str = Field(sa_type=EncryptedText)
    review_on: date | None = None
    revision: int = 1
    strategy_count: int = 0
    proposed_by: PlanSide | None = Field(default=None, sa_type=enum_type(PlanSide))
    proposed_by_id: UUID | None = None
    proposed_at: datetime | None = None
    agreed_revision: int | None = None
    agreed_at: datetime | None = None
    agreed_by_id: UUID | None = None
    resumed_at: datetime | None = None
    declined_at: datetime | None = None
    decline_reason: str | None = Field(default=None, sa_type=EncryptedText)
    created_by_id: UUID


class PlanTable(PlanRow, table=True):
    """Listed by chart, newest first. No plan is active, paused or completed in a revision nobody agreed to."""

    __tablename__ = "plans"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"], ["courses.clinic_id", "courses.patient_id", "courses.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "proposed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "agreed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "replaces_id"], ["plans.clinic_id", "plans.patient_id", "plans.id"]
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("is_shared OR state IN ('draft', 'archived')", name="private"),
        sa.CheckConstraint("replaces_id <> id", name="replaces"),
        sa.CheckConstraint("strategy_count BETWEEN 0 AND 50", name="strategy_count"),
        sa.CheckConstraint("revision >= 1 AND COALESCE(agreed_revision, 1) BETWEEN 1 AND revision", name="revision"),
        sa.CheckConstraint(
            "state NOT IN ('active', 'paused', 'completed') OR COALESCE(agreed_revision, 0) = revision", name="agreed"
        ),
        sa.CheckConstraint(
            "(agreed_revision IS NULL) = (agreed_at IS NULL) AND (agreed_at IS NULL) = (agreed_by_id IS NULL)",
            name="agreement",
        ),
        sa.CheckConstraint(
            "state <> 'proposed' OR proposed_by IS NOT NULL AND proposed_by_id IS NOT NULL AND proposed_at IS NOT NULL",
            name="proposal",
        ),
        sa.Index("ix_plans_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_plans_replaces", "clinic_id", "patient_id", "replaces_id"),
        sa.Index("ix_plans_clinic", "clinic_id", "created_at", "id"),
    )


class StrategyRow(VersionedRow):
    """One strategy of a plan. A removed one stays, because practices refer to it."""

    patient_id: UUID
    plan_id: UUID
    category: StrategyCategory = Field(sa_type=enum_type(StrategyCategory))
    title: str = Field(sa_type=EncryptedText)
    description: str | None = Field(default=None, sa_type=EncryptedText)
    if_cue: str | None = Field(default=None, sa_type=EncryptedText)
    then_action: str | None = Field(default=None, sa_type=EncryptedText)
    schedule: str | None = Field(default=None, max_length=200)
    starts_on: date | None = None
    duration_minutes: int | None = None
    barriers: list[dict[str, str | None]] = Field(sa_type=EncryptedJson)
    supports: list[str] = Field(sa_type=EncryptedJson)
    confidence: int | None = None
    importance: int | None = None
    library_id: UUID | None = None
    insight_id: UUID | None = None
    goal_id: UUID | None = None
    continues_id: UUID | None = None
    rehearsed_at: datetime | None = None
    rehearsal_happened_at: datetime | None = None
    removed_at: datetime | None = None
    created_by_id: UUID


class StrategyTable(StrategyRow, table=True):
    """Read by plan, in the order they were added. A practice names plan and strategy together."""

    __tablename__ = "strategies"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "plan_id"], ["plans.clinic_id", "plans.patient_id", "plans.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "plan_id", "id"),
        sa.CheckConstraint("schedule IS NULL OR starts_on IS NOT NULL", name="schedule_starts"),
        sa.CheckConstraint("duration_minutes BETWEEN 1 AND 480", name="duration_minutes"),
        sa.CheckConstraint("confidence BETWEEN 0 AND 10", name="confidence"),
        sa.CheckConstraint("importance BETWEEN 0 AND 10", name="importance"),
        sa.Index("ix_strategies_plan", "clinic_id", "patient_id", "plan_id", "created_at", "id"),
        sa.Index("ix_strategies_chart", "clinic_id", "patient_id", "created_at", "id"),
    )


class PlanVersionRow(ClinicRow):
    """A revision that the other side was shown, as it was when it was declined or changed."""

    created_at: datetime
    patient_id: UUID
    plan_id: UUID
    revision: int
    content: dict[str, JsonValue] = Field(sa_type=EncryptedJson)
    proposed_by: PlanSide = Field(sa_type=enum_type(PlanSide))
    proposed_by_id: UUID
    proposed_at: datetime
    declined_at: datetime | None = None
    decline_reason: str | None = Field(default=None, sa_type=EncryptedText)


class PlanVersionTable(PlanVersionRow, table=True):
    """Listed by plan, newest first. Never changed."""

    __tablename__ = "plan_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "plan_id"], ["plans.clinic_id", "plans.patient_id", "plans.id"]
        ),
        sa.UniqueConstraint("clinic_id", "plan_id", "revision"),
        sa.Index("ix_plan_versions_plan", "clinic_id", "patient_id", "plan_id", "created_at", "id"),
    )
