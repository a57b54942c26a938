"""Rows of adverse events."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.adverse_events.kinds import (
    AdverseEventKind,
    EventOutcome,
    EventReporter,
    EventSeverity,
    Relatedness,
)
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type


class AdverseEventRow(VersionedRow):
    """One adverse event of a chart."""

    patient_id: UUID
    session_id: UUID
    kind: AdverseEventKind = Field(sa_type=enum_type(AdverseEventKind))
    onset_at: datetime
    ended_at: datetime | None = None
    known_at: datetime
    severity: EventSeverity = Field(sa_type=enum_type(EventSeverity))
    serious_because: list[str] = Field(sa_type=EncryptedJson)
    is_expected: bool | None = None
    relatedness: Relatedness = Field(sa_type=enum_type(Relatedness))
    outcome: EventOutcome = Field(sa_type=enum_type(EventOutcome))
    text: str | None = Field(default=None, sa_type=EncryptedText)
    action: str | None = Field(default=None, sa_type=EncryptedText)
    treatment: str | None = Field(default=None, sa_type=EncryptedText)
    reporter: EventReporter = Field(sa_type=enum_type(EventReporter))
    reported_to: list[str] = Field(sa_type=EncryptedJson)
    review_due_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by_id: UUID | None = None
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class AdverseEventTable(AdverseEventRow, table=True):
    """Listed by chart, the latest onset first."""

    __tablename__ = "adverse_events"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_adverse_events_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= onset_at", name="times"),
        sa.CheckConstraint("(severity = 'fatal') = (outcome = 'fatal')", name="death"),
        sa.CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name="reviewed_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_adverse_events_chart", "clinic_id", "patient_id", "onset_at", "id"),
        sa.Index("ix_adverse_events_clinic", "clinic_id", "onset_at", "id"),
    )


class AdverseEventVersionRow(AdverseEventRow):
    """An adverse event as it was before a change. It never changes."""

    adverse_event_id: UUID
    kept_at: datetime


class AdverseEventVersionTable(AdverseEventVersionRow, table=True):
    """Read by adverse event, newest first."""

    __tablename__ = "adverse_event_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "adverse_event_id"],
            ["adverse_events.clinic_id", "adverse_events.patient_id", "adverse_events.id"],
            name="fk_adverse_event_versions_adverse_event",
        ),
        sa.UniqueConstraint("clinic_id", "adverse_event_id", "version", name="uq_adverse_event_versions_version"),
        sa.Index("ix_adverse_event_versions_one", "clinic_id", "patient_id", "adverse_event_id", "kept_at", "id"),
    )
