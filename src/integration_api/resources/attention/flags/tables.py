"""Rows of flags, and of their history."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field
from typing_extensions import TypedDict

from integration_api.access.tables import chart_args
from integration_api.resources.attention.flags.assessment_words import FlagAssessed
from integration_api.resources.attention.flags.rules import (
    ContactChannel,
    ContactResult,
    FlagDisposition,
    FlagEventKind,
    FlagOrigin,
    FlagState,
    HoldUntil,
)
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type

UNIQUE_FLAG = "uq_flags_rule_source"
UNIQUE_DESIGNATION = "uq_safeguarding_designations_version"
_DESIGNATION_IS = ("lead_id", "deputy_id")
"""The columns that the words of a designation are bound to: one that was edited in the database opens to nobody."""
HOLDS = "dose_hold IS NOT NULL AND hold_ended_at IS NULL"
"""Matches flags that hold doses now."""


class DesignationTerms(TypedDict):
    """The words of a designation; each may be absent."""

    introduction: str | None
    outside_contact: str | None


class DesignationRow(VersionedRow):
    """One version of who safeguarding is told to: reports that come from then on, and flags of R33. It never changes.

    It is declared here, since a flag is told to the lead. Its operations are those of the safeguarding reports.
    """

    lead_id: UUID | None = None
    deputy_id: UUID | None = None
    terms: DesignationTerms = Field(sa_type=EncryptedJson)
    created_by_id: UUID


class DesignationTable(DesignationRow, table=True):
    """Found by the clinic, the newest version first."""

    __tablename__ = "safeguarding_designations"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "lead_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "deputy_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(
            ["clinic_id", "created_by_id"],
            ["accounts.clinic_id", "accounts.id"],
            name="fk_safeguarding_designations_created_by",
        ),
        sa.UniqueConstraint("clinic_id", "version", name=UNIQUE_DESIGNATION),
        sa.CheckConstraint("lead_id <> deputy_id", name="another"),
        {"info": {"bound": _DESIGNATION_IS}},
    )


class FlagRow(VersionedRow):
    """One safety signal. Its words are in its history, encrypted."""

    patient_id: UUID
    rule: str = Field(max_length=8)
    rule_version: str = Field(max_length=16)
    origin: FlagOrigin = Field(sa_type=enum_type(FlagOrigin))
    source_id: UUID
    """The thing that raised it; with rule and chart it is unique, so that a retry raises nothing."""
    episode_id: UUID
    """The session, or else the source: flags of one rule and episode belong together."""
    severity_rank: int = Field(sa_type=sa.SmallInteger)
    state: FlagState = Field(sa_type=enum_type(FlagState))
    alerted_at: datetime
    """When its clock started: when it was raised, or became worse."""
    acknowledge_due_at: datetime
    contact_due_at: datetime
    escalate_at: datetime | None
    """When the clock tells the next; null if nobody is left, or nothing is overdue any more."""
    escalations: int = Field(default=0, sa_type=sa.SmallInteger)
    raised_by_id: UUID | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by_id: UUID | None = None
    contacted_at: datetime | None = None
    """When the patient, or somebody for them, was first reached."""
    disposition: FlagDisposition | None = Field(default=None, sa_type=enum_type(FlagDisposition))
    is_false: bool | None = None
    """Whether it is to be closed as a false positive; null as long as nobody proposed an end."""
    proposed_at: datetime | None = None
    proposed_by_id: UUID | None = None
    closed_at: datetime | None = None
    closed_by_id: UUID | None = None
    dose_hold: HoldUntil | None = Field(default=None, sa_type=enum_type(HoldUntil))
    """Until what it holds doses of the chart; null if it holds none."""
    hold_ended_at: datetime | None = None


def _account(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["clinic_id", column], ["accounts.clinic_id", "accounts.id"])


class FlagTable(FlagRow, table=True):
    """Listed by chart, newest first. Severity never falls, and nothing here is deleted."""

    __tablename__ = "flags"
    __table_args__ = chart_args(
        *map(_account, ("raised_by_id", "acknowledged_by_id", "proposed_by_id", "closed_by_id")),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.UniqueConstraint("clinic_id", "patient_id", "rule", "source_id", name=UNIQUE_FLAG),
        sa.CheckConstraint("severity_rank BETWEEN 0 AND 3", name="severity_rank"),
        sa.CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by_id IS NULL)", name="acknowledged_by"),
        sa.CheckConstraint("(proposed_at IS NULL) = (proposed_by_id IS NULL)", name="proposed_by"),
        sa.CheckConstraint("(proposed_at IS NULL) = (is_false IS NULL)", name="proposed_end"),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by"),
        sa.CheckConstraint("(state IN ('resolved', 'false_positive')) = (closed_at IS NOT NULL)", name="closed"),
        sa.CheckConstraint("closed_at IS NULL OR escalate_at IS NULL", name="closed_is_quiet"),
        sa.Index("ix_flags_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_flags_clinic", "clinic_id", "created_at", "id"),
        sa.Index("ix_flags_source", "clinic_id", "patient_id", "source_id"),
        sa.Index("ix_flags_episode", "clinic_id", "patient_id", "episode_id", "rule", "created_at", "id"),
        sa.Index("ix_flags_overdue", "clinic_id", "escalate_at", "id"),
        sa.Index(
            "ix_flags_holding",
            "clinic_id",
            "patient_id",
            "alerted_at",
            "id",
            postgresql_where=sa.text(HOLDS),
            sqlite_where=sa.text(HOLDS),
        ),
    )


class FlagEventRow(ClinicRow):
    """One entry in the history of a flag."""

    patient_id: UUID
    flag_id: UUID
    at: datetime
    kind: FlagEventKind = Field(sa_type=enum_type(FlagEventKind))
    severity_rank: int = Field(sa_type=sa.SmallInteger)
    by_id: UUID | None = None
    channel: ContactChannel | None = Field(default=None, sa_type=enum_type(ContactChannel))
    reached: ContactResult | None = Field(default=None, sa_type=enum_type(ContactResult))
    disposition: FlagDisposition | None = Field(default=None, sa_type=enum_type(FlagDisposition))
    happened_at: datetime
    text: str | None = Field(default=None, sa_type=EncryptedText)
    assessment: FlagAssessed | None = Field(default=None, sa_type=EncryptedJson)


class FlagEventTable(FlagEventRow, table=True):
    """Append-only, read newest first."""

    __tablename__ = "flag_events"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "flag_id"], ["flags.clinic_id", "flags.patient_id", "flags.id"]
        ),
        _account("by_id"),
        sa.CheckConstraint("severity_rank BETWEEN 0 AND 3", name="severity_rank"),
        sa.CheckConstraint("(channel IS NULL) = (reached IS NULL)", name="contact"),
        sa.CheckConstraint("(kind = 'contact') = (channel IS NOT NULL)", name="of_contact"),
        sa.CheckConstraint("(kind = 'assessed') = (assessment IS NOT NULL)", name="of_assessment"),
        sa.Index("ix_flag_events_flag", "clinic_id", "patient_id", "flag_id", "at", "id"),
    )
