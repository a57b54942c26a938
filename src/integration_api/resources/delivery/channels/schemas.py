"""Channels and the log of notifications on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.tables import NotificationState
from integration_api.resources.delivery.channels.tables import ChannelKind, TryError, TryMeans
from integration_api.web.schemas import ReadSchema, Resource, Schema, example, example_with

_URL = "https://push.example.org/send/4f2b9c"
_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
_CREATE = {"kind": "web_push", "url": _URL, "p256dh": _KEY, "auth": _AUTH}
_Short = StringConstraints(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")


class NotificationChannelFacts(Schema):
    """The address of a person's device or service."""

    kind: ChannelKind = Field(
        description="`web_push`: a browser's subscription. `webhook`: a service that takes signed messages.",
        examples=["web_push"],
    )
    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(
        description="The subscription's endpoint, or the webhook's address: https, by a public name.", examples=[_URL]
    )


class NotificationChannelCreate(NotificationChannelFacts):
    """A new channel of your own. A subscription brings both of its keys, a webhook none."""

    model_config = example(_CREATE)

    p256dh: Annotated[str, _Short] | None = Field(default=None, description="The subscription's key `p256dh`.")
    auth: Annotated[str, _Short] | None = Field(default=None, description="The subscription's key `auth`.")


class NotificationChannel(NotificationChannelFacts, Resource):
    """A channel of your own."""

    gone_at: datetime | None = Field(
        description="When its receiver said that it is gone (UTC); nothing is sent to it any more.", examples=[None]
    )


class NotificationChannelMade(NotificationChannel):
    """A new channel. The secret is shown only here."""

    model_config = example_with({"kind": "webhook", "url": "https://hooks.example.org/page"})

    secret: str | None = Field(
        description="The key of a webhook's signatures; null for a subscription.",
        examples=["whsec_c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXM="],
    )


class NotificationChannels(ReadSchema):
    """Your channels."""

    items: list[NotificationChannel] = Field(description="Newest first, at most ten.")


class Notification(ReadSchema):
    """One thing that somebody was told, or is to be: its kind and what became of it, never content."""

    id: UUID = Field(description="Its id in this log.", examples=["019ab0de-0000-7000-8000-000000000063"])
    account_id: UUID | None = Field(
        description="The member of staff; null for a patient.", examples=["019ab0de-0000-7000-8000-000000000002"]
    )
    kind: NotificationKind = Field(description="The kind of thing.", examples=["urgent_task"])
    state: NotificationState = Field(
        description="`not_told`: when it was to be sent, it was over, or not wanted any more.", examples=["delivered"]
    )
    attempts: int = Field(description="The number of tries.", examples=[1])
    created_at: datetime = Field(description="When it was made (UTC).", examples=["2026-11-20T15:00:00Z"])
    due_at: datetime = Field(
        description="When it is tried next (UTC), if it is `pending`.", examples=["2026-11-20T15:00:00Z"]
    )
    ended_at: datetime | None = Field(description="When it ended (UTC).", examples=["2026-11-20T15:00:01Z"])
    last_means: TryMeans | None = Field(description="The means of the last try.", examples=["email"])
    last_error: TryError | None = Field(description="Why the last try failed; null if it did not.", examples=[None])
    last_status: int | None = Field(description="The last answer's status.", examples=[250])


@dataclass(frozen=True)
class NotificationFilter:
    """Which notifications a list shows."""

    failed: Annotated[bool, Query(description="Only those that were given up.")] = False
