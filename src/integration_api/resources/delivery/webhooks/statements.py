"""Statements of webhooks, as an admin of the clinic uses them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable
from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
)
from integration_api.ledger.tables import ChangeTable
from integration_api.resources.delivery.webhooks.tables import (
    DeliveryState,
    DeliveryTable,
    WebhookRow,
    WebhookTable,
)
from integration_api.storage.statements import (
    Change,
    Read,
    Scope,
    next_version,
    param,
)
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_webhooks, _deliveries = table_of(WebhookTable), table_of(DeliveryTable)
_accounts, _changes = table_of(AccountTable), table_of(ChangeTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_NOW = sa.bindparam("now", type_=_deliveries.c.due_at.type)
_JOB = "run by the job that delivers: it sends ids of what the program's scopes name, and the log shows no thing"

_of_clinic = clinic_rows(WebhookTable)
_by_id = _webhooks.c.id == param("id", _webhooks.c.id)
READ_WEBHOOK = Read("read_webhook", _of_clinic.where(_by_id), WebhookRow, Scope.CLINIC)
LIST_WEBHOOKS = Read(
    "list_webhooks", newest_first(_of_clinic, _webhooks.c.created_at, _webhooks.c.id), WebhookRow, Scope.CLINIC
)
INSERT_WEBHOOK = Change("insert_webhook", insert_for_clinic(WebhookTable), Scope.CLINIC)
UPDATE_WEBHOOK = Change(
    "update_webhook",
    sa.update(_webhooks)
    .where(in_clinic(_webhooks), actor_is_current(), *at_version(WebhookTable))
    .values(
        next_version(
            _webhooks, ("account_id", "kinds", "state", "off_reason", "failing_since", "previous_secret_ends_at")
        )
    ),
    Scope.CLINIC,
)
REPLAY_WEBHOOK = Change(
    "replay_webhook",
    sa.update(_webhooks)
    .where(
        in_clinic(_webhooks),
        actor_is_current(),
        _by_id,
        _webhooks.c.position >= param("position", _webhooks.c.position),
    )
    .values(position=param("position", _webhooks.c.position)),
    Scope.CLINIC,
)
INSERT_TEST_DELIVERY = Change(
    "insert_test_delivery",
    insert_for_clinic(DeliveryTable),
    Scope.CLINIC,
    "a test event names no chart, and nothing in one",
)


class LoggedDelivery(BaseModel):
    """A message, without what it was about."""

    id: UUID
    event_id: UUID
    ordinal: int
    position: int
    kind: str
    state: DeliveryState
    attempts: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    last_status: int | None
    last_error: str | None


LIST_DELIVERIES = Read(
    "list_webhook_deliveries",
    newest_first(
        sa.select(*(_deliveries.c[name] for name in LoggedDelivery.model_fields)).where(
            in_clinic(_deliveries),
            actor_is_current(),
            _deliveries.c.webhook_id == param("webhook_id", _deliveries.c.webhook_id),
            _deliveries.c.created_at >= param("kept_since", _deliveries.c.created_at),
        ),
        _deliveries.c.created_at,
        _deliveries.c.id,
    ),
    LoggedDelivery,
    Scope.CLINIC,
    "the log tells kinds, states and times; neither the thing nor its chart",
)
