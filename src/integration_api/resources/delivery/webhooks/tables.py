"""The addresses that a clinic's programs receive at, and what was sent there."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow, EncryptedText, JsonText, VersionedRow, enum_type


class WebhookState(StrEnum):
    """Whether messages are sent."""

    ACTIVE = "active"
    OFF = "off"


class OffReason(StrEnum):
    """Why nothing is sent."""

    BY_ADMIN = "by_admin"
    GONE = "gone"
    """The receiver answered 410."""
    FAILING = "failing"
    """No message arrived for five days."""


class DeliveryState(StrEnum):
    """The life of a message."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    NOT_TOLD = "not_told"
    """When it was to be sent, the program might not be told of it."""


class DeliveryError(StrEnum):
    """Why the last try failed."""

    ADDRESS_REFUSED = "address_refused"
    """The name does not lead to a public address."""
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    STATUS = "status"
    """The answer was no 2xx."""


class WebhookRow(VersionedRow):
    """One address of one program. `position` is the last one in the ledger whose messages were made."""

    account_id: UUID
    url: str = Field(sa_type=EncryptedText)
    secret: str = Field(sa_type=EncryptedText)
    previous_secret: str | None = Field(default=None, sa_type=EncryptedText)
    previous_secret_ends_at: datetime | None = None
    kinds: list[str] = Field(sa_type=JsonText)
    state: WebhookState = Field(default=WebhookState.ACTIVE, sa_type=enum_type(WebhookState))
    off_reason: OffReason | None = Field(default=None, sa_type=enum_type(OffReason))
    failing_since: datetime | None = None
    position: int = Field(sa_type=sa.BigInteger)


class WebhookTable(WebhookRow, table=True):
    """Listed by clinic, newest first."""

    __tablename__ = "webhooks"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(state = 'off') = (off_reason IS NOT NULL)", name="off_has_a_reason"),
        sa.Index("ix_webhooks_list", "clinic_id", "created_at", "id"),
        sa.Index("ix_webhooks_active", "clinic_id", "state", "id"),
    )


class DeliveryRow(ClinicRow):
    """One message of one webhook: what it is about by ids, never a body."""

    webhook_id: UUID
    event_id: UUID
    """The ledger row; a test event's own id."""
    ordinal: int
    """Which of the things that the ledger row names."""
    position: int = Field(sa_type=sa.BigInteger)
    kind: str = Field(max_length=32)
    thing_id: UUID
    patient_id: UUID | None = None
    change_id: UUID | None = None
    """The row of the thing in `changes`; none for a test event."""
    at: datetime
    created_at: datetime
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=enum_type(DeliveryState))
    attempts: int = 0
    due_at: datetime
    ended_at: datetime | None = None
    last_status: int | None = None
    last_error: DeliveryError | None = Field(default=None, sa_type=enum_type(DeliveryError))


class DeliveryTable(DeliveryRow, table=True):
    """Read by webhook: newest first, by when the next one is due, and by what it is about."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "webhook_id"], ["webhooks.clinic_id", "webhooks.id"]),
        sa.Index("ix_webhook_deliveries_list", "clinic_id", "webhook_id", "created_at", "id"),
        sa.Index("ix_webhook_deliveries_due", "clinic_id", "webhook_id", "state", "due_at", "id"),
        sa.Index("ix_webhook_deliveries_thing", "clinic_id", "webhook_id", "thing_id", "created_at", "id"),
    )
