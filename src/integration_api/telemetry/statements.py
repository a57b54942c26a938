"""Statements of the state that is watched: numbers and times of one clinic, and nothing of a chart."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.ledger.tables import LedgerTable, PlaceTable
from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable
from integration_api.resources.delivery.webhooks.tables import DeliveryState, DeliveryTable, WebhookState, WebhookTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

MAX_COUNTED = 10_000
"""Of one kind in one clinic: there are as many or more if so many are told."""
_ledger, _places, _tasks = table_of(LedgerTable), table_of(PlaceTable), table_of(TaskTable)
_webhooks, _deliveries = table_of(WebhookTable), table_of(DeliveryTable)
_NUMBERS = "run by the product to be watched: numbers and times of what waits, of nobody in particular"
_CLINIC = param("clinic_id", _ledger.c.clinic_id)
_NOW = sa.bindparam("now", type_=_tasks.c.due_at.type)


class WaitingState(BaseModel):
    """A number of things that wait, and the time of the oldest; null if none does."""

    waiting: int
    oldest: datetime | None


def _waiting(name: str, rows: sa.Select[Any], column: sa.ColumnElement[Any]) -> Read[WaitingState]:
    found = rows.with_only_columns(column.label("at")).limit(MAX_COUNTED).subquery()
    oldest: sa.ColumnElement[Any] = sa.func.min(found.c["at"], type_=column.type).label("oldest")
    number: sa.ColumnElement[Any] = sa.func.count().label("waiting")
    return Read(
        name,
        sa.select(number, oldest).select_from(found),
        WaitingState,
        Scope.SYSTEM,
        _NUMBERS,
    )


UNSEALED_STATE = _waiting(
    "unsealed_state",
    sa.select(_ledger).where(
        _ledger.c.clinic_id == _CLINIC,
        _ledger.c["at"] > param("since", _ledger.c["at"]),
        sa.select(_places.c.position)
        .where(_places.c.clinic_id == _CLINIC, _places.c.id == _ledger.c.id)
        .scalar_subquery()
        .is_(None),
    ),
    _ledger.c["at"],
)
"""Rows of the ledger without a place, from a time on that the sealer has not passed for long."""
OVERDUE_STATE = _waiting(
    "overdue_state",
    sa.select(_tasks).where(
        _tasks.c.clinic_id == _CLINIC,
        _tasks.c.kind.in_([sa.literal(kind, _tasks.c.kind.type) for kind in TaskKind]),
        _tasks.c.due_at < _NOW,
    ),
    _tasks.c.due_at,
)
"""Tasks that wait for somebody and are past their time. Every kind is named, so that an index is entered by it."""
UNDELIVERED_STATE = _waiting(
    "undelivered_state",
    sa.select(_deliveries)
    .select_from(
        _webhooks.join(
            _deliveries,
            sa.and_(_deliveries.c.clinic_id == _CLINIC, _deliveries.c.webhook_id == _webhooks.c.id),
        )
    )
    .where(
        _webhooks.c.clinic_id == _CLINIC,
        _webhooks.c.state == WebhookState.ACTIVE,
        _deliveries.c.state == DeliveryState.PENDING,
        _deliveries.c.due_at < _NOW,
    ),
    _deliveries.c.created_at,
)
"""Messages of webhooks that are due and not delivered, by when they were made."""
