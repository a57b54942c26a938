"""Statements of channels, as people and the clinic's admins use them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable
from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic, insert_for_clinic, key_stands
from integration_api.resources.attention.notifications.rules import NotificationKind
from integration_api.resources.attention.notifications.tables import NotificationState, NotificationTable
from integration_api.resources.delivery.channels.rules import MAX_CHANNELS
from integration_api.resources.delivery.channels.tables import ChannelRow, ChannelTable, TryError, TryMeans, TryTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_channels, _tries = table_of(ChannelTable), table_of(TryTable)
_notifications, _accounts = table_of(NotificationTable), table_of(AccountTable)
_ME = sa.bindparam("actor_id", type_=sa.Uuid())
_mine = _channels.c.account_id == _ME

LIST_CHANNELS = Read(
    "list_notification_channels",
    clinic_rows(ChannelTable)
    .where(_mine)
    .order_by(_channels.c.created_at.desc(), _channels.c.id.desc())
    .limit(MAX_CHANNELS),
    ChannelRow,
    Scope.CLINIC,
)
INSERT_CHANNEL = Change(
    "insert_notification_channel",
    insert_for_clinic(
        ChannelTable,
        param("account_id", _channels.c.account_id) == _ME,
        key_stands(param("owner_id", _channels.c.owner_id)),
    ),
    Scope.CLINIC,
)
DELETE_CHANNEL = Change(
    "delete_notification_channel",
    sa.delete(_channels).where(
        in_clinic(_channels), actor_is_current(), _mine, _channels.c.id == param("id", _channels.c.id)
    ),
    Scope.CLINIC,
)


class LoggedNotification(BaseModel):
    """A notification, with the outcome of its last try; of a patient's, not whose it is."""

    id: UUID
    account_id: UUID | None
    kind: NotificationKind
    state: NotificationState
    attempts: int
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    last_means: TryMeans | None
    last_error: TryError | None
    last_status: int | None


def _last(name: str) -> sa.ColumnElement[Any]:
    """Return a column of the last try of a notification."""
    found = sa.select(_tries.c[name]).where(in_clinic(_tries), _tries.c.notification_id == _notifications.c.id)
    newest = found.order_by(_tries.c["at"].desc(), _tries.c.id.desc()).limit(1)
    return newest.correlate(_notifications).scalar_subquery().label(f"last_{name}")


_whose = (
    sa.select(_accounts.c.id)
    .where(in_clinic(_accounts), _accounts.c.id == _notifications.c.account_id, _accounts.c.patient_id.is_(None))
    .correlate(_notifications)
    .scalar_subquery()
    .label("account_id")
)
_logged: list[sa.ColumnElement[Any]] = [
    *(
        _notifications.c[name]
        for name in LoggedNotification.model_fields
        if name in _notifications.c and name != "account_id"
    ),
    _whose,
    *(_last(name) for name in ("means", "error", "status")),
]
_only_failed = sa.or_(
    _notifications.c.state == NotificationState.FAILED, sa.bindparam("failed", type_=sa.Boolean()) == sa.false()
)
LIST_NOTIFICATIONS = Read(
    "list_notifications",
    newest_first(
        sa.select(*_logged).where(in_clinic(_notifications), actor_is_current(), _only_failed),
        _notifications.c.created_at,
        _notifications.c.id,
    ),
    LoggedNotification,
    Scope.CLINIC,
    "the log tells kinds, states and times; of a patient's messages not whose they are",
)
