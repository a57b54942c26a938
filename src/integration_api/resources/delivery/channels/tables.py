"""A person's channels, and each try to send by one. A try never changes, and says nothing of what was sent."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field
from typing_extensions import TypedDict

from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type


class ChannelKind(StrEnum):
    """The kinds of channels that a person enters."""

    WEB_PUSH = "web_push"
    WEBHOOK = "webhook"


class ChannelAddress(TypedDict):
    """The receiver: its URL, and for Web Push the public key and the secret of the browser."""

    url: str
    p256dh: str | None
    auth: str | None


class ChannelRow(VersionedRow):
    """One channel of one person, encrypted under the key of its patient, or of the clinic for staff."""

    account_id: UUID
    owner_id: UUID
    kind: ChannelKind = Field(sa_type=enum_type(ChannelKind))
    address: ChannelAddress = Field(sa_type=EncryptedJson)
    secret: str | None = Field(default=None, sa_type=EncryptedText)
    """The key that signs messages of a webhook."""
    gone_at: datetime | None = None
    """When its receiver said that it is gone."""


class ChannelTable(ChannelRow, table=True):
    """Listed by account, newest first."""

    __tablename__ = "notification_channels"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(kind = 'webhook') = (secret IS NOT NULL)", name="webhook_signs"),
        sa.Index("ix_notification_channels_account", "clinic_id", "account_id", "created_at", "id"),
        {"info": {"key_owner": "owner_id"}},
    )


class TryMeans(StrEnum):
    """The means by which something was sent."""

    CONSOLE = "console"
    EMAIL = "email"
    WEB_PUSH = "web_push"
    WEBHOOK = "webhook"


class TryError(StrEnum):
    """Why a try failed."""

    ADDRESS_REFUSED = "address_refused"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    STATUS = "status"
    """The receiver's answer was no yes."""
    NO_CHANNEL = "no_channel"
    """The person has none that this installation can use."""


class TryRow(ClinicRow):
    """One try by one means, and what became of it."""

    notification_id: UUID
    at: datetime
    means: TryMeans | None = Field(default=None, sa_type=enum_type(TryMeans))
    channel_id: UUID | None = None
    error: TryError | None = Field(default=None, sa_type=enum_type(TryError))
    status: int | None = Field(default=None, sa_type=sa.SmallInteger)


class TryTable(TryRow, table=True):
    """Found by notification."""

    __tablename__ = "notification_tries"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "notification_id"], ["notifications.clinic_id", "notifications.id"]),
        sa.CheckConstraint("means IS NOT NULL OR error = 'no_channel'", name="has_means"),
        sa.Index("ix_notification_tries_of", "clinic_id", "notification_id", "at", "id"),
    )
