"""Messages by Standard Webhooks: the body, and the headers that sign it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from standardwebhooks.webhooks import Webhook

from integration_api.resources.delivery.webhooks.tables import DeliveryRow, WebhookRow

TEST_KIND = "webhook"
TEST_WORD = "test"


def body_of(row: DeliveryRow, word: str) -> bytes:
    """Return the body of a message: what changed, by ids and words."""
    return json.dumps(
        {
            "type": f"{row.kind}.{word}",
            "timestamp": row.at.isoformat().replace("+00:00", "Z"),
            "data": {
                "kind": row.kind,
                "id": str(row.thing_id),
                "patient_id": str(row.patient_id) if row.patient_id else None,
                "change": word,
            },
        },
        separators=(",", ":"),
    ).encode()


def message_id(event_id: object, ordinal: int) -> str:
    """Return the `webhook-id`: the same on every try. It is the ledger row's, with a number if that names several."""
    return f"{event_id}-{ordinal}" if ordinal else str(event_id)


def headers_of(webhook: WebhookRow, row: DeliveryRow, body: bytes, now: datetime) -> Mapping[str, str]:
    """Return the headers of a message, signed with each secret that counts now."""
    return signed_headers(message_id(row.event_id, row.ordinal), _secrets(webhook, now), body, now)


def signed_headers(name: str, secrets: Iterable[str], body: bytes, now: datetime) -> Mapping[str, str]:
    """Return the headers of any message of this name, signed with each of these secrets. Source: Standard Webhooks."""
    signatures = [Webhook(secret).sign(name, now, body.decode()) for secret in secrets]
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
        "content-type": "application/json",
        "user-agent": "integration-journal-api",
    }


def _secrets(webhook: WebhookRow, now: datetime) -> Iterator[str]:
    yield webhook.secret
    ends_at = webhook.previous_secret_ends_at
    if webhook.previous_secret is not None and ends_at is not None and now < ends_at:
        yield webhook.previous_secret
