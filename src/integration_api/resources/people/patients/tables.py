"""A patient's row and the keyed index of name parts. Direct identifiers are encrypted under the patient's own key."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class HoldReason(StrEnum):
    """The kinds of matters that keep a chart from being erased."""

    LITIGATION = "litigation"
    COURT_ORDER = "court_order"
    INVESTIGATION = "investigation"
    COMPLAINT = "complaint"
    AUDIT = "audit"
    OTHER = "other"


class PatientRow(VersionedRow):
    """A chart. A legal hold is part of it, so that whatever ends the chart meets it at the same version."""

    name: str = Field(sa_type=EncryptedText)
    preferred_name: str | None = Field(default=None, sa_type=EncryptedText)
    birth_on: str | None = Field(default=None, sa_type=EncryptedText)
    email: str | None = Field(default=None, sa_type=EncryptedText)
    phone: str | None = Field(default=None, sa_type=EncryptedText)
    emergency_contact: str | None = Field(default=None, sa_type=EncryptedText)
    time_zone: str = Field(max_length=64)
    language: str | None = Field(default=None, max_length=35)
    created_by_id: UUID
    hold_reason: HoldReason | None = Field(default=None, sa_type=enum_type(HoldReason))
    hold_reference: str | None = Field(default=None, sa_type=EncryptedText)
    hold_note: str | None = Field(default=None, sa_type=EncryptedText)
    held_at: datetime | None = None
    held_by_id: UUID | None = None
    erased_at: datetime | None = None
    attachments_announced: int | None = 0
    """The files that were ever announced in this chart. It stands beside the version; null in older rows, for none."""


class PatientTable(PatientRow, table=True):
    """Listed newest first."""

    __tablename__ = "patients"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.CheckConstraint(
            "(held_at IS NULL) = (hold_reason IS NULL) AND (held_at IS NULL) = (held_by_id IS NULL)",
            name="hold_is_whole",
        ),
        sa.CheckConstraint("held_at IS NULL OR erased_at IS NULL", name="held_is_not_erased"),
        sa.Index("ix_patients_list", "clinic_id", "created_at", "id"),
        sa.Index(
            "ix_patients_erased",
            "clinic_id",
            "id",
            postgresql_where=sa.text("erased_at IS NOT NULL"),
            sqlite_where=sa.text("erased_at IS NOT NULL"),
        ),
        {"info": {"key_owner": "id"}},
    )


class NamePartRow(ClinicRow):
    """One part of a patient's name, as a keyed digest: equal parts are found, nothing can be read."""

    patient_id: UUID
    part_index: bytes


class NamePartTable(NamePartRow, table=True):
    """Found by the digest."""

    __tablename__ = "patient_name_parts"
    __table_args__ = chart_args(
        sa.UniqueConstraint("clinic_id", "part_index", "patient_id", name="uq_patient_name_parts_part_index"),
        sa.Index("ix_patient_name_parts_patient", "clinic_id", "patient_id"),
    )


class KeptKind(StrEnum):
    """The kinds of things of which a legal hold keeps each content before it is overwritten."""

    REFLECTION = "reflection"
    NOTE = "note"
    PLAN = "plan"
    STRATEGY = "strategy"
    COURSE = "course"
    MEDICINE = "medicine"
    READINESS = "readiness"
    GOAL = "goal"
    MEASURE_RESPONSE = "measure_response"


class KeptRow(ClinicRow):
    """A content that was overwritten while a legal hold stood. It never changes, and only its author reads it."""

    patient_id: UUID
    kind: KeptKind = Field(sa_type=enum_type(KeptKind))
    subject_id: UUID
    author_id: UUID
    kept_at: datetime
    content: dict[str, JsonValue] = Field(sa_type=EncryptedJson)


class KeptTable(KeptRow, table=True):
    """Read by chart and author, newest first."""

    __tablename__ = "kept_contents"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_kept_contents_chart", "clinic_id", "patient_id", "author_id", "kept_at", "id"),
    )


UNIQUE_NUMBER = "uq_safety_plans_number"
"""Safety plans are written by `journal/safety_plans`. Their table is here, since every call for help reads a step."""


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
