"""Rows of reflections, their versions, and replies to them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from integration_api.access.tables import chart_args
from integration_api.resources.journal.reflections.contents import Content, Outline
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class ReflectionKind(StrEnum):
    """The form of a reflection: free text, answers to prompts, or a moment that is captured in a tap or two."""

    TEXT = "text"
    PROMPTED = "prompted"
    FRAGMENT = "fragment"


class ReflectionState(StrEnum):
    """The state of a reflection."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class Sharing(StrEnum):
    """The readers: the patient alone, or the care team too (once it is released)."""

    PRIVATE = "private"
    SHARED = "shared"


class ReflectionFactsRow(VersionedRow):
    """The facts of one reflection of a patient. A reply counts itself here; that raises no version."""

    patient_id: UUID
    session_id: UUID | None = None
    kind: ReflectionKind = Field(sa_type=enum_type(ReflectionKind))
    state: ReflectionState = Field(sa_type=enum_type(ReflectionState))
    sharing: Sharing = Field(sa_type=enum_type(Sharing))
    release_at: datetime | None = None
    captured_at: datetime | None = None
    happened_at: datetime
    submitted_at: datetime | None = None
    shared_at: datetime | None = None
    promised_at: datetime | None = None
    review_due_at: datetime | None = None
    """Until when a reply is promised; null if nobody of the team could be told."""
    next_due_at: datetime | None = None
    """The time that is promised next, once that is missed."""
    answered_at: datetime | None = None
    """When staff replied or reviewed first since the promise; written beside the version."""
    first_read_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by_id: UUID | None = None
    edited_at: datetime | None = None
    content_number: int = 0
    reply_count: int = 0
    last_reply_at: datetime | None = None
    conflict_of_id: UUID | None = None
    capture_link_id: UUID | None = None
    """The capture link by which it was written; null if its writer was signed in."""
    elaborates_id: UUID | None = None
    """The earlier entry that this one says more about. As it is read: null to who may not read that one now."""


class DosedRow(SQLModel):
    """The facts of a reflection that follow from the doses that stand. They are read, never stored.

    They are not known in the answer to a create, which reads nothing.
    """

    last_dose_at: datetime | None = None
    """When the last dose before it was given."""
    in_altered_state: bool | None = None
    held_until: datetime | None = None
    """When the window ends that is open now."""


class ReflectionSummaryRow(ReflectionFactsRow, DosedRow):
    """A reflection without its text."""

    outline: Outline = Field(sa_type=EncryptedJson)


class ShownReflectionRow(ReflectionFactsRow):
    """A whole reflection, to be shown. `monitoring` is the latest statement to the patient; null if there is none."""

    content: Content = Field(sa_type=EncryptedJson)
    monitoring: Monitoring | None = Field(default=None, sa_type=EncryptedJson)


class ReflectionRow(ShownReflectionRow):
    """A whole reflection, to be changed: the outline is encrypted anew with each change."""

    outline: Outline = Field(sa_type=EncryptedJson)


class ListedReflectionRow(ShownReflectionRow, DosedRow):
    """A whole reflection of a list."""


class LoadedReflectionRow(ReflectionRow, DosedRow):
    """A whole reflection, as it is read to be changed."""


class ReflectionTable(ReflectionRow, table=True):
    """Reflections, with indexes for lists by chart and by clinic."""

    __tablename__ = "reflections"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"], ["sessions.clinic_id", "sessions.patient_id", "sessions.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "reviewed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"),
        sa.CheckConstraint("sharing = 'private' OR state = 'submitted'", name="shared_is_submitted"),
        sa.CheckConstraint("(sharing = 'shared') = (shared_at IS NOT NULL)", name="shared_at"),
        sa.CheckConstraint("sharing = 'shared' OR release_at IS NULL", name="release_is_shared"),
        sa.CheckConstraint("sharing = 'shared' OR first_read_at IS NULL", name="read_is_shared"),
        sa.CheckConstraint("first_read_at IS NOT NULL OR reviewed_at IS NULL", name="reviewed_is_read"),
        sa.CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name="reviewed_by"),
        sa.CheckConstraint("(reply_count = 0) = (last_reply_at IS NULL)", name="replies"),
        sa.Index("ix_reflections_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_reflections_clinic", "clinic_id", "happened_at", "id"),
    )


class TagRow(ClinicRow):
    """A tag in the present content of a reflection, as a blind index under the key of its chart."""

    patient_id: UUID
    reflection_id: UUID
    happened_at: datetime
    token: bytes


class TagTable(TagRow, table=True):
    """Listed by tag of a chart, as reflections are. Once the chart is erased, the tokens say nothing."""

    __tablename__ = "reflection_tags"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_reflection_tags_reflection",
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "reflection_id", "token", name="uq_reflection_tags_reflection"),
        sa.Index("ix_reflection_tags_token", "clinic_id", "patient_id", "token", "happened_at", "reflection_id"),
    )


class InsightRow(ClinicRow):
    """The id of a statement in the present content of a reflection, so that what points to it can be checked."""

    patient_id: UUID
    reflection_id: UUID
    insight_id: UUID


class InsightTable(InsightRow, table=True):
    """Written with the content, whose text stays encrypted."""

    __tablename__ = "insights"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_insights_reflection",
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "reflection_id", "insight_id", name="uq_insights_reflection"),
        sa.Index("ix_insights_insight", "clinic_id", "patient_id", "insight_id"),
    )


class ReflectionVersionRow(ClinicRow):
    """One version of a submitted reflection, with the monitoring statement that its patient was given then."""

    patient_id: UUID
    reflection_id: UUID
    number: int
    saved_at: datetime
    content: Content = Field(sa_type=EncryptedJson)
    monitoring: Monitoring = Field(sa_type=EncryptedJson)


class ReflectionVersionTable(ReflectionVersionRow, table=True):
    """Append-only. Rows are deleted together with their reflection."""

    __tablename__ = "reflection_versions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_reflection_versions_reflection",
        ),
        sa.UniqueConstraint("clinic_id", "reflection_id", "number", name="uq_reflection_versions_number"),
        sa.Index("ix_reflection_versions_reflection", "clinic_id", "patient_id", "reflection_id", "saved_at", "id"),
    )


class ReplyRow(ClinicRow):
    """A reply to a shared reflection, from its patient or from a clinician."""

    patient_id: UUID
    reflection_id: UUID
    created_at: datetime
    author_id: UUID
    is_patient: bool
    text: str = Field(sa_type=EncryptedText)


class ReplyTable(ReplyRow, table=True):
    """Append-only. Rows are deleted together with their reflection."""

    __tablename__ = "reflection_replies"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "reflection_id"],
            ["reflections.clinic_id", "reflections.patient_id", "reflections.id"],
            name="fk_reflection_replies_reflection",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "author_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_reflection_replies_reflection", "clinic_id", "patient_id", "reflection_id", "created_at", "id"),
        sa.Index("ix_reflection_replies_chart", "clinic_id", "patient_id", "created_at", "id"),
    )
