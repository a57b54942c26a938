"""A session's row."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type


class Phase(StrEnum):
    """The purpose of a session. Source: clinical.md section 1.1."""

    SCREENING = "screening"
    PREPARATION = "preparation"
    DOSING = "dosing"
    INTEGRATION = "integration"
    FOLLOW_UP = "follow_up"


class SessionState(StrEnum):
    """The life of a session."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Modality(StrEnum):
    """The place of the people: in one room, or connected."""

    IN_PERSON = "in_person"
    TELEHEALTH = "telehealth"


class PersonRole(StrEnum):
    """The part of somebody in the room. Source: clinical.md section 1.6."""

    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"
    SUPPORT_PERSON = "support_person"
    INTERPRETER = "interpreter"
    MONITOR = "monitor"
    OTHER = "other"


class SessionRow(VersionedRow):
    """One meeting."""

    patient_id: UUID
    course_id: UUID | None = None
    phase: Phase = Field(sa_type=enum_type(Phase))
    state: SessionState = Field(sa_type=enum_type(SessionState))
    modality: Modality = Field(sa_type=enum_type(Modality))
    planned_start_at: datetime
    planned_end_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    claimed_started_at: datetime | None = None
    claimed_ended_at: datetime | None = None
    people: list[dict[str, str | None]] = Field(sa_type=EncryptedJson)
    intention: str | None = Field(default=None, sa_type=EncryptedText)
    set_and_setting: dict[str, JsonValue] | None = Field(default=None, sa_type=EncryptedJson)
    end_reason: str | None = Field(default=None, sa_type=EncryptedText)
    created_by_id: UUID
    corrected_at: datetime | None = None
    corrected_by_id: UUID | None = None
    correction_reason: str | None = Field(default=None, sa_type=EncryptedText)
    no_dose_reason: str | None = Field(default=None, sa_type=EncryptedText)
    doses_recorded: int | None = 0
    """The number of its doses that were not withdrawn, counted beside the version; null in older rows, for none."""
    discharge_settled_at: datetime | None = None
    """When its discharge lacked nothing, or was overridden; null since a later dose. It stands beside the version."""
    remote_settled_at: datetime | None = None
    """When its remote record lacked nothing; null if it lacks something, or there is none. Beside the version."""
    video_lost_at: datetime | None = None
    """Since when the video is lost; null if it is not. It stands beside the version, as the next."""
    observer_lost_at: datetime | None = None
    """Since when the observer cannot be reached."""
    links_noted: int | None = 0
    """The number of times that its links were noted, beside the version; null in older rows, for none."""
    remote_written_at: datetime | None = None
    """When its remote record was written last; null if there is none. Beside the version."""
    observer_left_at: datetime | None = None
    """When staff ended the token of its observer; null if they did not, or issued another since. Beside the version."""
    patient_left_at: datetime | None = None
    """When the patient left, as its discharge says. It stands beside the version."""
    first_dose_at: datetime | None = None
    """When the first of its doses that stand was given; null if there is none. It stands beside the version."""
    group_session_id: UUID | None = None
    """The group session that it is this patient's part of."""


class SessionTable(SessionRow, table=True):
    """Listed by chart and as a calendar, latest planned start first. What belongs to one names its patient too."""

    __tablename__ = "sessions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "course_id"], ["courses.clinic_id", "courses.patient_id", "courses.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("planned_end_at IS NULL OR planned_end_at > planned_start_at", name="planned_times"),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="actual_times"),
        sa.ForeignKeyConstraint(["clinic_id", "corrected_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(corrected_at IS NULL) = (corrected_by_id IS NULL)", name="corrected_by"),
        sa.Index("ix_sessions_chart", "clinic_id", "patient_id", "planned_start_at", "id"),
        sa.Index("ix_sessions_calendar", "clinic_id", "planned_start_at", "id"),
        sa.Index("ix_sessions_group", "clinic_id", "group_session_id", "patient_id"),
    )


class SessionVersionRow(SessionRow):
    """A session as it was before a change. It never changes."""

    session_id: UUID
    kept_at: datetime


class SessionVersionTable(SessionVersionRow, table=True):
    """Read by session, newest first."""

    __tablename__ = "session_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_session_versions_session",
        ),
        sa.UniqueConstraint("clinic_id", "session_id", "version"),
        sa.Index("ix_session_versions_session", "clinic_id", "patient_id", "session_id", "kept_at", "id"),
    )
