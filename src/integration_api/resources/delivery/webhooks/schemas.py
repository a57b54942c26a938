"""Webhooks on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import MISSING, Field, StringConstraints

from integration_api.core.ids import Id
from integration_api.resources.delivery.webhooks.rules import WebhookKind
from integration_api.resources.delivery.webhooks.tables import DeliveryError, DeliveryState, OffReason, WebhookState
from integration_api.web.schemas import CreateSchema, ReadSchema, Resource, Schema, example

_URL = "https://hooks.example.org/journal"
Url = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000),
    Field(description="Its address: https, by a public name.", examples=[_URL]),
]
Kinds = Annotated[
    list[WebhookKind],
    Field(
        min_length=1,
        max_length=9,
        description="The kinds of changes; the program needs the scope `changes:…` of each.",
        examples=[["session"]],
    ),
]


class WebhookFacts(Schema):
    """A program's address, and the kinds that it is told of."""

    account_id: Id = Field(description="The service account.", examples=["019ab0de-0000-7000-8000-000000000012"])
    url: Url
    kinds: Kinds


class Webhook(WebhookFacts, Resource):
    """A webhook."""

    state: WebhookState = Field(description="`off`: nothing is sent.", examples=["active"])
    off_reason: OffReason | None = Field(description="Why it is off.", examples=[None])
    failing_since: datetime | None = Field(description="Since when no message has arrived (UTC).", examples=[None])
    previous_secret_ends_at: datetime | None = Field(
        description="Until when messages are signed with the secret before, too (UTC).", examples=[None]
    )


class WebhookSecret(Webhook):
    """A webhook with a new secret. It is shown only here."""

    secret: str = Field(
        description="The key of the signatures.", examples=["whsec_c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXM="]
    )


class WebhookCreate(WebhookFacts, CreateSchema):
    """A new webhook."""


class WebhookUpdate(Schema):
    """The fields that an admin can change."""

    model_config = example({"state": "off"})

    url: Url | MISSING = MISSING
    kinds: Kinds | MISSING = MISSING
    state: WebhookState | MISSING = Field(default=MISSING, description="Turn it off, or on again.")


class WebhookReplay(Schema):
    """From where to send again."""

    position: int = Field(
        ge=0, le=2**53, description="All after this `position` of the log is sent again.", examples=[12]
    )


class Delivery(ReadSchema):
    """One message, without its body."""

    id: UUID = Field(description="Its id in this log.", examples=["019ab0de-0000-7000-8000-00000000002a"])
    message_id: str = Field(description="Its `webhook-id`.", examples=["019ab0de-0000-7000-8000-00000000002b"])
    position: int = Field(description="Its position in the ledger.", examples=[13])
    kind: str = Field(description="The kind of thing; `webhook` for a test.", examples=["session"])
    state: DeliveryState = Field(
        description="`not_told`: when it was to be sent, the program might not be told of it.", examples=["delivered"]
    )
    attempts: int = Field(description="The number of tries.", examples=[1])
    created_at: datetime = Field(description="When it was made (UTC).", examples=["2026-11-20T15:00:00Z"])
    due_at: datetime = Field(
        description="When it is tried next (UTC), if it is `pending`.", examples=["2026-11-20T15:00:00Z"]
    )
    ended_at: datetime | None = Field(description="When it ended (UTC).", examples=["2026-11-20T15:00:01Z"])
    last_status: int | None = Field(description="The last answer's status.", examples=[204])
    last_error: DeliveryError | None = Field(description="Why the last try failed.", examples=[None])
