"""The choices of people about being told, and notifications that wait to be sent. Nothing here has content."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.storage.tables import ClinicRow, JsonText, VersionedRow, enum_type

UNIQUE_CHOICES = "pk_notification_choices"


class NotificationState(StrEnum):
    """The life of a notification."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_TOLD = "not_told"
    """When it was to be sent, the person did not want it any more, or it was over."""


class ChoicesRow(VersionedRow):
    """One person's choices; `id` is the account's."""

    kinds: list[str] = Field(sa_type=JsonText)
    by_email: bool
    quiet_from: int | None = Field(default=None, sa_type=sa.SmallInteger)
    quiet_until: int | None = Field(default=None, sa_type=sa.SmallInteger)
    time_zone: str | None = Field(default=None, max_length=64)
    """The zone of the quiet hours; null: the patient's own, or the clinic's."""


class ChoicesTable(ChoicesRow, table=True):
    """At most one row an account."""

    __tablename__ = "notification_choices"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet"),
        sa.CheckConstraint("quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439", name="minutes"),
    )


class NotificationRow(ClinicRow):
    """One thing that one person is told: its kind, never what it is about."""

    account_id: UUID
    kind: NotificationKind = Field(sa_type=enum_type(NotificationKind))
    subject_id: UUID | None = None
    """The thing that decides whether it still counts: a window, an invitation, a call of the roster."""
    created_at: datetime
    due_at: datetime
    state: NotificationState = Field(default=NotificationState.PENDING, sa_type=enum_type(NotificationState))
    attempts: int = Field(default=0, sa_type=sa.SmallInteger)
    ended_at: datetime | None = None


class NotificationTable(NotificationRow, table=True):
    """Found by when it is due; listed newest first."""

    __tablename__ = "notifications"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_notifications_due", "clinic_id", "state", "due_at", "id"),
        sa.Index("ix_notifications_subject", "clinic_id", "subject_id", "kind"),
        sa.Index("ix_notifications_list", "clinic_id", "created_at", "id"),
    )
