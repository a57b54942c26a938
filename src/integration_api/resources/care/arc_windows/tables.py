"""Rows of protocols and of windows of the integration arc."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind, ArcStep
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.storage.tables import EncryptedJson, VersionedRow, enum_type

UNIQUE_VERSION = "uq_arc_protocols_version"
UNIQUE_STEP = "uq_arc_windows_step"


class ArcProtocolRow(VersionedRow):
    """One version of a clinic's protocol. It never changes; the newest counts for what opens from now on."""

    steps: list[ArcStep] = Field(sa_type=EncryptedJson)
    created_by_id: UUID


class ArcProtocolTable(ArcProtocolRow, table=True):
    """Found by the clinic, the newest version first."""

    __tablename__ = "arc_protocols"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "version", name=UNIQUE_VERSION),
    )


class ArcWindowRow(VersionedRow):
    """A time in which a patient is asked something after a dose. It keeps its step as it was when it opened."""

    patient_id: UUID
    session_id: UUID
    step_id: str = Field(sa_type=sa.String(8))
    kind: ArcKind = Field(sa_type=enum_type(ArcKind))
    step: ArcStep = Field(sa_type=EncryptedJson)
    protocol_version: int
    dose_at: datetime
    """The first dose that stands, from which its times are counted."""
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    state: ArcState = Field(sa_type=enum_type(ArcState))
    settled_at: datetime | None = None
    """When it was answered, cancelled or superseded; null if it is open."""


class ArcWindowTable(ArcWindowRow, table=True):
    """Listed by chart, the latest due first. A session has each step once, so that none is asked twice."""

    __tablename__ = "arc_windows"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_arc_windows_session",
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.UniqueConstraint("clinic_id", "session_id", "step_id", name=UNIQUE_STEP),
        sa.CheckConstraint("opens_at <= due_at AND due_at < closes_at", name="times"),
        sa.CheckConstraint("state <> 'missed'", name="by_the_clock"),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        sa.Index("ix_arc_windows_chart", "clinic_id", "patient_id", "due_at", "id"),
        sa.Index("ix_arc_windows_clinic", "clinic_id", "due_at", "id"),
    )
