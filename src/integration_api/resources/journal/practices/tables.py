"""A practice's row."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class SkippedReason(StrEnum):
    """Why a strategy was not used. None of them is a failure."""

    FORGOT = "forgot"
    NO_TIME = "no_time"
    TOO_DISTRESSED = "too_distressed"
    TOO_TIRED = "too_tired"
    DID_NOT_WANT_TO = "did_not_want_to"
    NOT_NEEDED = "not_needed"
    OBSTACLE = "obstacle"
    OTHER = "other"


class PracticeState(StrEnum):
    """Whether an entry counts, or is only kept: another took its place, or its patient took it back."""

    LOGGED = "logged"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class PracticeRow(VersionedRow):
    """One use of a strategy, or one skip. Of its columns only `state` changes. `used_at` is what the device claimed."""

    patient_id: UUID
    plan_id: UUID
    strategy_id: UUID
    state: PracticeState = Field(default=PracticeState.LOGGED, sa_type=enum_type(PracticeState))
    replaces_id: UUID | None = None
    used_at: datetime
    happened_at: datetime
    context: str | None = Field(default=None, sa_type=EncryptedText)
    distress_before: int | None = None
    distress_after: int | None = None
    helpfulness: int | None = None
    would_use_again: bool | None = None
    skipped_reason: SkippedReason | None = Field(default=None, sa_type=enum_type(SkippedReason))


class PracticeTable(PracticeRow, table=True):
    """Listed by chart, plan or strategy, newest use first. Ratings are plain, because SQL sums them up."""

    __tablename__ = "practices"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "plan_id", "strategy_id"],
            ["strategies.clinic_id", "strategies.patient_id", "strategies.plan_id", "strategies.id"],
            name="fk_practices_strategy",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "replaces_id"], ["practices.clinic_id", "practices.patient_id", "practices.id"]
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("distress_before BETWEEN 0 AND 10", name="distress_before"),
        sa.CheckConstraint("distress_after BETWEEN 0 AND 10", name="distress_after"),
        sa.CheckConstraint("helpfulness BETWEEN 0 AND 4", name="helpfulness"),
        sa.CheckConstraint(
            "skipped_reason IS NULL OR COALESCE(distress_before, distress_after, helpfulness) IS NULL",
            name="skip_has_no_ratings",
        ),
        sa.CheckConstraint("skipped_reason IS NULL OR would_use_again IS NULL", name="skip_has_no_verdict"),
        sa.Index("ix_practices_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_practices_clinic", "clinic_id", "happened_at", "id"),
        sa.Index("ix_practices_plan", "clinic_id", "patient_id", "plan_id", "happened_at", "id"),
        sa.Index("ix_practices_strategy", "clinic_id", "patient_id", "strategy_id", "happened_at", "id"),
    )
