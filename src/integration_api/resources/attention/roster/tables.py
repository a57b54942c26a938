"""Shifts, calls along the roster, and incidents of the chain itself. Nothing here has content."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.resources.attention.roster.rules import RosterRank
from integration_api.storage.tables import ClinicRow, VersionedRow, enum_type


class ShiftRow(VersionedRow):
    """A weekly pattern of one person on call, from one day until another. It never changes, but is withdrawn."""

    account_id: UUID
    rank: RosterRank = Field(sa_type=enum_type(RosterRank))
    first_on: date
    last_on: date
    """The last day on which it begins; the end of time if it goes on."""
    weekdays: int = Field(sa_type=sa.SmallInteger)
    from_minute: int = Field(sa_type=sa.SmallInteger)
    until_minute: int = Field(sa_type=sa.SmallInteger)
    """Minutes of the local day. If it ends no later than it begins, it ends on the next day."""
    time_zone: str = Field(max_length=64)
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None


class ShiftTable(ShiftRow, table=True):
    """Listed newest first; those that stand are found by their last day."""

    __tablename__ = "shifts"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("first_on <= last_on", name="days"),
        sa.CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays"),
        sa.CheckConstraint("from_minute BETWEEN 0 AND 1439 AND until_minute BETWEEN 0 AND 1439", name="minutes"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.Index("ix_shifts_list", "clinic_id", "created_at", "id"),
        sa.Index("ix_shifts_standing", "clinic_id", "last_on", "id"),
    )


class CallState(StrEnum):
    """The life of a call."""

    OPEN = "open"
    SETTLED = "settled"
    """Its task was done."""
    EXHAUSTED = "exhausted"
    """Everybody was told, and nobody took it."""


class RosterCallRow(ClinicRow):
    """Something urgent that goes along the roster, until its task is done."""

    subject_id: UUID
    """The subject of the task."""
    created_at: datetime
    due_at: datetime
    """When the next on the roster are told; at once for the first."""
    answer_by: datetime
    """When the first who were told mean to have taken it."""
    told: int = Field(default=0, sa_type=sa.SmallInteger)
    """The steps of the chain that were told."""
    state: CallState = Field(default=CallState.OPEN, sa_type=enum_type(CallState))
    ended_at: datetime | None = None


class RosterCallTable(RosterCallRow, table=True):
    """Found by when the next are told, and by what it is about."""

    __tablename__ = "roster_calls"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.Index("ix_roster_calls_due", "clinic_id", "state", "due_at", "id"),
        sa.Index("ix_roster_calls_subject", "clinic_id", "subject_id", "state"),
    )


class IncidentKind(StrEnum):
    """The failures of the chain itself (R36), and gaps ahead."""

    NOBODY_ON_CALL = "nobody_on_call"
    NOBODY_ANSWERED = "nobody_answered"
    DELIVERY_FAILED = "delivery_failed"
    DELIVERY_LATE = "delivery_late"
    GAP_AHEAD = "gap_ahead"


class IncidentRow(ClinicRow):
    """One failure of the chain; its id follows from what failed, so that it is told once."""

    kind: IncidentKind = Field(sa_type=enum_type(IncidentKind))
    subject_id: UUID | None = None
    """The call or the notification; none for a gap."""
    at: datetime
    starts_at: datetime | None = None
    """When a gap begins."""


class IncidentTable(IncidentRow, table=True):
    """Listed newest first."""

    __tablename__ = "roster_incidents"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.Index("ix_roster_incidents_list", "clinic_id", "at", "id"),
    )
