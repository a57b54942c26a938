"""Rows of safety plans: one for each version."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type

UNIQUE_NUMBER = "uq_safety_plans_number"


class SafetyPlanState(StrEnum):
    """The life of one version."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


class SafetyPlanSide(StrEnum):
    """The side that wrote a version."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class SafetyPlanRow(VersionedRow):
    """One version of a patient's safety plan. Its text never changes; `number` counts the versions of a chart."""

    patient_id: UUID
    number: int
    state: SafetyPlanState = Field(sa_type=enum_type(SafetyPlanState))
    warning_signs: list[str] = Field(sa_type=EncryptedJson)
    internal_coping: list[str] = Field(sa_type=EncryptedJson)
    distraction: list[dict[str, str | None]] = Field(sa_type=EncryptedJson)
    people_to_ask: list[dict[str, str | None]] = Field(sa_type=EncryptedJson)
    professionals: list[dict[str, str | None]] = Field(sa_type=EncryptedJson)
    means_safety: list[str] = Field(sa_type=EncryptedJson)
    reason_for_living: str | None = Field(default=None, sa_type=EncryptedText)
    review_on: date | None = None
    written_by: SafetyPlanSide = Field(sa_type=enum_type(SafetyPlanSide))
    written_by_id: UUID
    confirmed_at: datetime | None = None
    confirmed_by_id: UUID | None = None


class SafetyPlanTable(SafetyPlanRow, table=True):
    """Listed by chart, newest first. Nothing is in force that the patient did not confirm."""

    __tablename__ = "safety_plans"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "written_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "confirmed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "number", name=UNIQUE_NUMBER),
        sa.CheckConstraint("number >= 1", name="number"),
        sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_by"),
        sa.CheckConstraint("state <> 'in_force' OR confirmed_at IS NOT NULL", name="in_force"),
        sa.CheckConstraint("state <> 'draft' OR confirmed_at IS NULL", name="draft"),
        sa.Index("ix_safety_plans_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_safety_plans_clinic", "clinic_id", "created_at", "id"),
        sa.Index("ix_safety_plans_current", "clinic_id", "patient_id", "state", "id"),
    )
