"""Memory of webhooks: of the messages that were sent, the last about each thing is kept for ever."""

from typing import Any

import sqlalchemy as sa

from integration_api.resources.delivery.webhooks.tables import DeliveryState, DeliveryTable
from integration_api.storage.statements import Change, Scope, any_for_row, param
from integration_api.storage.tables import table_of

_deliveries = table_of(DeliveryTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


def was_sent(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a message that was sent, whatever came of it: it has the answer of its last try, or why there was none."""
    return sa.or_(table.c.last_status.is_not(None), table.c.last_error.is_not(None))


_later = _deliveries.alias("later_delivery")
_is_memory = sa.and_(
    was_sent(_deliveries),
    sa.not_(
        any_for_row(
            sa.select(_ONE).where(
                _later.c.clinic_id == _deliveries.c.clinic_id,
                _later.c.webhook_id == _deliveries.c.webhook_id,
                _later.c.thing_id == _deliveries.c.thing_id,
                was_sent(_later),
                sa.tuple_(_later.c.created_at, _later.c.id) > sa.tuple_(_deliveries.c.created_at, _deliveries.c.id),
            )
        )
    ),
)
"""Matches the last message about a thing that was sent: it alone knows that the program is to be told of its end."""
FORGET_DELIVERIES = Change(
    "forget_webhook_deliveries",
    sa.delete(_deliveries).where(
        _deliveries.c.clinic_id == param("clinic_id", _deliveries.c.clinic_id),
        _deliveries.c.webhook_id == param("webhook_id", _deliveries.c.webhook_id),
        _deliveries.c.created_at < param("kept_since", _deliveries.c.created_at),
        _deliveries.c.state != DeliveryState.PENDING,
        sa.not_(_is_memory),
    ),
    Scope.SYSTEM,
    "run by the job that delivers: the log is kept for thirty days, and what a program was told of for ever",
)
