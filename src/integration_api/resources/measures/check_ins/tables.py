"""Rows of check-ins."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.measures.check_ins.alarm_rules import CheckInAlarm, CheckInAnswer
from integration_api.resources.measures.measure_responses.rules import ResponseMode
from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type


class CheckInRow(VersionedRow):
    """The answers of a patient to check-in items at one time. They never change."""

    patient_id: UUID
    arc_window_id: UUID | None = None
    """The window that they answer; null if they came outside of every window."""
    item_version: int = Field(sa_type=sa.SmallInteger)
    answers: dict[str, CheckInAnswer] = Field(sa_type=EncryptedJson)
    contact_me: bool
    ignored: list[str] = Field(sa_type=EncryptedJson)
    """The items whose answer is none that they take: they are left out, so that no call for help waits for them."""
    alarms: list[CheckInAlarm] = Field(sa_type=EncryptedJson)
    mode: ResponseMode = Field(sa_type=enum_type(ResponseMode))
    is_off_window: bool
    completed_at: datetime
    """When, by the clock of the device."""
    happened_at: datetime
    """When, as far as that is credible."""
    created_by_id: UUID
    corrects_id: UUID | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class CheckInTable(CheckInRow, table=True):
    """Listed by chart, the latest first. Nothing changes but that a correction takes its place."""

    __tablename__ = "check_ins"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "arc_window_id"],
            ["arc_windows.clinic_id", "arc_windows.patient_id", "arc_windows.id"],
            name="fk_check_ins_window",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "corrects_id"],
            ["check_ins.clinic_id", "check_ins.patient_id", "check_ins.id"],
            name="fk_check_ins_corrects",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.UniqueConstraint("clinic_id", "corrects_id"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.CheckConstraint("is_off_window = (arc_window_id IS NULL)", name="off_window"),
        sa.Index("ix_check_ins_chart", "clinic_id", "patient_id", "happened_at", "id"),
        sa.Index("ix_check_ins_clinic", "clinic_id", "happened_at", "id"),
        sa.Index("ix_check_ins_window", "clinic_id", "patient_id", "arc_window_id"),
        sa.Index("ix_check_ins_corrects", "clinic_id", "patient_id", "corrects_id"),
    )
