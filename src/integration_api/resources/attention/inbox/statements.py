"""Statements of the inbox."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.audience import declare
from integration_api.access.visible import delete_in_chart, in_clinic, insert_for_chart, optional, visible
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.attention.inbox.tables import InboxRow, InboxTable
from integration_api.storage.statements import Change, Scope, param
from integration_api.storage.tables import table_of

_items = table_of(InboxTable)
OF_CHART = (
    in_clinic(_items),
    visible(_items.c.patient_id),
    _items.c.patient_id == param("patient_id", _items.c.patient_id),
)

MARK_INBOX_READ = Change(
    "mark_inbox_read",
    sa.update(_items)
    .where(*OF_CHART, _items.c.id == param("id", _items.c.id))
    .values(read_at=sa.func.coalesce(_items.c.read_at, param("now", _items.c.read_at))),
    Scope.OWNER,
)
"""The first mark counts."""

_KIND = sa.cast(param("kind", _items.c.kind), sa.String)  # one type wherever the parameter stands
RENEW_ITEM = Change(
    "renew_inbox_item",
    sa.update(_items)
    .where(
        *OF_CHART,
        _items.c.subject_id == param("subject_id", _items.c.subject_id),
        _items.c.kind == _KIND,
    )
    .values(opened_at=param("opened_at", _items.c.opened_at), read_at=sa.null()),
    Scope.OWNER,
)
"""An item that was told before comes again, as unread."""

_same = _items.alias("same_item")
INSERT_ITEM = Change(
    "insert_inbox_item",
    insert_for_chart(
        InboxTable,
        ~(
            sa.select(sa.literal_column("1"))
            .where(
                in_clinic(_same),
                _same.c.patient_id == param("patient_id", _same.c.patient_id),
                _same.c.subject_id == param("subject_id", _same.c.subject_id),
                _same.c.kind == _KIND,
            )
            .exists()
        ),
    ),
    Scope.OWNER,
)

DELETE_ITEMS = Change(
    "delete_inbox_items",
    delete_in_chart(
        InboxTable,
        _items.c.subject_id == param("subject_id", _items.c.subject_id),
        optional(_items.c.kind, "only_kind"),
    ),
    Scope.OWNER,
)


def inbox_of(patient_id: UUID) -> Changed:
    """Return what a patient is told of when anything in the inbox changes."""
    return Changed("inbox", patient_id, Channel.PATIENT, patient_id)


def _audience(row: InboxRow, _: object) -> Iterator[Changed]:
    yield inbox_of(row.patient_id)


declare(InboxTable, _audience)
