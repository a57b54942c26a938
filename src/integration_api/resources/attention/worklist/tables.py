"""One row for each clinician a thing waits for, so that a worklist costs the same in any clinic."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import ClinicRow, enum_type


class TaskKind(StrEnum):
    """The kinds of things that wait for a clinician."""

    REFLECTION_TO_REVIEW = "reflection_to_review"
    NOTE_TO_SIGN = "note_to_sign"
    NOTE_TO_COSIGN = "note_to_cosign"
    PLAN_TO_ANSWER = "plan_to_answer"
    PLAN_TO_READ = "plan_to_read"
    REPLY_TO_READ = "reply_to_read"
    PRACTICE_TO_READ = "practice_to_read"
    MEDICINES_TO_READ = "medicines_to_read"
    HELP_ASKED = "help_asked"
    WITHHOLDING_TO_REVIEW = "withholding_to_review"
    PLAN_TO_FINISH = "plan_to_finish"
    SAFETY_PLAN_TO_READ = "safety_plan_to_read"
    ADVERSE_EVENT_TO_REVIEW = "adverse_event_to_review"
    REMS_FORM_TO_SEND = "rems_form_to_send"
    DISAGREEMENT_TO_READ = "disagreement_to_read"
    AMENDMENT_REQUEST_TO_ANSWER = "amendment_request_to_answer"
    REPLY_MISSED = "reply_missed"
    READINESS_TO_CHECK = "readiness_to_check"
    SESSION_TO_DOCUMENT = "session_to_document"
    OBSERVER_CHECK_MISSED = "observer_check_missed"
    OBSERVER_ALARM = "observer_alarm"
    LINK_LOST = "link_lost"
    HOME_COUNT_TO_READ = "home_count_to_read"
    REFILL_TO_DECIDE = "refill_to_decide"
    GOAL_TO_READ = "goal_to_read"
    MEASURE_RESPONSE_TO_READ = "measure_response_to_read"
    CHECK_IN_MISSED = "check_in_missed"
    CHECK_IN_TO_READ = "check_in_to_read"
    FLAG_RAISED = "flag_raised"
    FLAG_TO_FOLLOW = "flag_to_follow"
    FLAG_TO_REVIEW = "flag_to_review"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    REMS_FORM_REMINDER = "rems_form_reminder"
    REMS_FORM_OVERDUE = "rems_form_overdue"
    RECORD_REQUEST_TO_ANSWER = "record_request_to_answer"
    MONITORING_GAP = "monitoring_gap"
    PRESSURE_MISSED = "pressure_missed"
    OXYGEN_MISSED = "oxygen_missed"
    SEDATION_NOT_GONE = "sedation_not_gone"
    DISSOCIATION_NOT_GONE = "dissociation_not_gone"
    SUMMARY_TO_READ = "summary_to_read"
    CHECK_IN_CLOSING = "check_in_closing"


OF_READINGS = (
    TaskKind.MONITORING_GAP,
    TaskKind.PRESSURE_MISSED,
    TaskKind.OXYGEN_MISSED,
    TaskKind.SEDATION_NOT_GONE,
    TaskKind.DISSOCIATION_NOT_GONE,
)
"""The kinds that wait for a reading of a dosing session (R12, R25)."""
OF_DOSED_SESSION = (TaskKind.OBSERVER_CHECK_MISSED, TaskKind.LINK_LOST, *OF_READINGS)
"""The kinds by which the clock watches a session after its first dose; they end when the patient leaves."""


OF_PROSE = (
    TaskKind.REFLECTION_TO_REVIEW,
    TaskKind.REPLY_TO_READ,
    TaskKind.DISAGREEMENT_TO_READ,
    TaskKind.AMENDMENT_REQUEST_TO_ANSWER,
)
"""Tasks about texts that a prescriber of the team may not read (POLICY `prescribers_read_prose`)."""
ENDED_BY_CLOCK = (TaskKind.CHECK_IN_CLOSING,)
"""The kinds that are over at their due time, without anybody's step."""


class Urgency(StrEnum):
    """The urgency of a task, the most urgent first. Source: clinical.md section 5."""

    CRITICAL = "critical"
    HIGH = "high"
    MODERATE = "moderate"
    ROUTINE = "routine"


RANKS = tuple(Urgency)
"""The urgencies in the order of a worklist; a row keeps the place in it, so that an index sorts by it."""


class TaskRow(ClinicRow):
    """One thing that waits for one account, or (null) for whoever joins a care team that has nobody now."""

    account_id: UUID | None
    patient_id: UUID
    kind: TaskKind = Field(sa_type=enum_type(TaskKind))
    subject_id: UUID
    urgency_rank: int = Field(sa_type=sa.SmallInteger)
    is_beyond_team: bool = False
    """Whether it fell to somebody who is not on the team, because nobody was."""
    opened_at: datetime
    due_at: datetime


class TaskTable(TaskRow, table=True):
    """Read by account, by urgency, then what closes first."""

    __tablename__ = "tasks"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "account_id", "kind", "subject_id"),
        sa.CheckConstraint("urgency_rank BETWEEN 0 AND 3", name="urgency_rank"),
        sa.Index("ix_tasks_account", "clinic_id", "account_id", "urgency_rank", "due_at", "id"),
        sa.Index("ix_tasks_subject", "clinic_id", "subject_id"),
        sa.Index("ix_tasks_chart", "clinic_id", "patient_id", "urgency_rank", "due_at", "id"),
        sa.Index("ix_tasks_kind", "clinic_id", "kind", "opened_at", "id"),
    )
