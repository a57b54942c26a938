"""One row for each thing that a patient is told, opened and settled in the step that changes the thing itself."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import ClinicRow, enum_type

UNIQUE_ITEM = "uq_inbox_items_subject"


class InboxKind(StrEnum):
    """The kinds of things that a patient is told."""

    PLAN_TO_ANSWER = "plan_to_answer"
    PLAN_SHARED = "plan_shared"
    PLAN_ACCEPTED = "plan_accepted"
    PLAN_DECLINED = "plan_declined"
    PLAN_PAUSED = "plan_paused"
    PLAN_RESUMED = "plan_resumed"
    PLAN_ENDED = "plan_ended"
    REPLY_TO_READ = "reply_to_read"
    NOTE_WITHDRAWN = "note_withdrawn"
    SAFETY_PLAN_TO_CONFIRM = "safety_plan_to_confirm"
    AMENDMENT_REQUEST_ANSWERED = "amendment_request_answered"
    REFILL_DECIDED = "refill_decided"
    RECORD_REQUEST_ANSWERED = "record_request_answered"
    SUMMARY_TO_READ = "summary_to_read"


class InboxRow(ClinicRow):
    """One thing that the patient of a chart is told, whoever reads it for them; it needs no account yet."""

    patient_id: UUID
    kind: InboxKind = Field(sa_type=enum_type(InboxKind))
    subject_id: UUID
    opened_at: datetime
    read_at: datetime | None = None


class InboxTable(InboxRow, table=True):
    """Read by chart, the newest first."""

    __tablename__ = "inbox_items"
    __table_args__ = chart_args(
        sa.UniqueConstraint("clinic_id", "patient_id", "subject_id", "kind", name=UNIQUE_ITEM),
        sa.Index("ix_inbox_items_chart", "clinic_id", "patient_id", "opened_at", "id"),
    )
