"""Rows of answers to instruments, and of their scores."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.measures.instruments.scores import Answer
from integration_api.resources.measures.measure_responses.rules import Respondent, ResponseMode, ResponseState
from integration_api.resources.measures.measure_responses.score_parts import ScoreThere
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class MeasureResponseRow(VersionedRow):
    """The answers of one person to one instrument at one time. Once completed, they never change."""

    patient_id: UUID
    session_id: UUID | None = None
    instrument_id: str = Field(sa_type=sa.String(40))
    instrument_version: int = Field(sa_type=sa.SmallInteger)
    state: ResponseState = Field(sa_type=enum_type(ResponseState))
    respondent: Respondent = Field(sa_type=enum_type(Respondent))
    mode: ResponseMode = Field(sa_type=enum_type(ResponseMode))
    language: str | None = Field(default=None, sa_type=sa.String(35))
    answers: dict[str, Answer | None] = Field(sa_type=EncryptedJson)
    scores: list[ScoreThere] = Field(sa_type=EncryptedJson)
    is_off_window: bool = False
    completed_at: datetime | None = None
    """When, by the clock of the device; null in a draft."""
    happened_at: datetime
    """When, as far as that is credible; of a draft, when it was begun."""
    created_by_id: UUID
    corrects_id: UUID | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class MeasureResponseTable(MeasureResponseRow, table=True):
    """Listed by chart, the latest first. Nothing of what was completed changes but its withdrawal."""

    __tablename__ = "measure_responses"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_measure_responses_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "corrects_id"],
            ["measure_responses.clinic_id", "measure_responses.patient_id", "measure_responses.id"],
            name="fk_measure_responses_corrects",
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.UniqueConstraint("clinic_id", "corrects_id"),
        sa.CheckConstraint("(state = 'completed') = (completed_at IS NOT NULL)", name="completed"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.CheckConstraint("withdrawn_at IS NULL OR state = 'completed'", name="withdrawn_completed"),
        sa.Index("ix_measure_responses_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_measure_responses_clinic", "clinic_id", "happened_at", "id"),
        sa.Index("ix_measure_responses_corrects", "clinic_id", "patient_id", "corrects_id"),
        sa.Index("ix_measure_responses_instrument", "clinic_id", "patient_id", "instrument_id", "happened_at", "id"),
    )


class MeasureScoreRow(ClinicRow):
    """One score of completed answers, as a number that series and sums are made of."""

    patient_id: UUID
    response_id: UUID
    instrument_id: str = Field(sa_type=sa.String(40))
    score_id: str = Field(sa_type=sa.String(40))
    happened_at: datetime
    value: float = Field(sa_type=sa.Double)
    ceiling: float | None = Field(default=None, sa_type=sa.Double)
    max_possible: int | None = None


class MeasureScoreTable(MeasureScoreRow, table=True):
    """Append-only. Scores are plain, because series are made of them; answers are not."""

    __tablename__ = "measure_scores"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "response_id"],
            ["measure_responses.clinic_id", "measure_responses.patient_id", "measure_responses.id"],
            name="fk_measure_scores_response",
        ),
        sa.Index("ix_measure_scores_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_measure_scores_response", "clinic_id", "patient_id", "response_id"),
    )
