"""Rows of readiness checks and dose holds."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.readiness.rules import Answer, HoldState, ReadinessState
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type


class ReadinessRow(VersionedRow):
    """The readiness check of one dosing session; its id is the session's."""

    patient_id: UUID
    state: ReadinessState = Field(sa_type=enum_type(ReadinessState))
    items: dict[str, Answer] = Field(sa_type=EncryptedJson)
    contraindications: dict[str, Answer] = Field(sa_type=EncryptedJson)
    unmet: list[str] = Field(sa_type=EncryptedJson)
    updated_by_id: UUID


class GovernedSessionRow(SessionRow):
    """A session, the policies of its clinic, and the patient's consent to treatment."""

    policies: dict[str, int]
    consent_permits: bool
    consent_is_asked: bool
    consent_withdrawn_at: datetime | None


class ReadinessTable(ReadinessRow, table=True):
    """Found by the session."""

    __tablename__ = "readiness_checks"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_readiness_checks_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "updated_by_id"], ["accounts.clinic_id", "accounts.id"]),
    )


class ReadinessVersionRow(ReadinessRow):
    """A check as it was before a change. It never changes."""

    session_id: UUID
    kept_at: datetime


class ReadinessVersionTable(ReadinessVersionRow, table=True):
    """Read by session, newest first."""

    __tablename__ = "readiness_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_readiness_versions_session",
        ),
        sa.UniqueConstraint("clinic_id", "session_id", "version", name="uq_readiness_versions_version"),
        sa.Index("ix_readiness_versions_session", "clinic_id", "patient_id", "session_id", "kept_at", "id"),
    )


class HoldRow(VersionedRow):
    """One reason for which no dose starts in a session."""

    patient_id: UUID
    session_id: UUID
    item: str = Field(max_length=32)
    rule: str = Field(max_length=8)
    state: HoldState = Field(sa_type=enum_type(HoldState))
    decided_at: datetime | None = None
    decided_by_id: UUID | None = None
    reason: str | None = Field(default=None, sa_type=EncryptedText)


class HoldTable(HoldRow, table=True):
    """Listed by session, newest first; at most one is open for each item and rule."""

    __tablename__ = "dose_holds"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_dose_holds_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "decided_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        sa.CheckConstraint(
            "state <> 'released' OR (decided_by_id IS NOT NULL AND reason IS NOT NULL)", name="released"
        ),
        sa.Index("ix_dose_holds_session", "clinic_id", "patient_id", "session_id", "created_at", "id"),
        sa.Index(
            "uq_dose_holds_open",
            "clinic_id",
            "session_id",
            "item",
            "rule",
            unique=True,
            postgresql_where=sa.text("state = 'open'"),
            sqlite_where=sa.text("state = 'open'"),
        ),
    )
