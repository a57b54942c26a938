"""The Statements of what a patient is told, each with what a row of a screen shows."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable
from integration_api.access.visible import in_clinic, to_key
from integration_api.resources.attention.inbox.statements import OF_CHART
from integration_api.resources.attention.inbox.tables import InboxKind, InboxRow, InboxTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.tables import ReflectionTable, ReplyTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import MAX_LIMIT, newest_first

_items, _plans, _accounts = table_of(InboxTable), table_of(PlanTable), table_of(AccountTable)
_replies, _reflections = table_of(ReplyTable), table_of(ReflectionTable)
_is_unread = _items.c.read_at.is_(None)
MAX_COUNTED = 100


class ShownItem(InboxRow):
    """An item of the inbox, the title of its plan or the content of its reflection, and how many are unread."""

    title: str | None
    content: Content | None
    unread: int


class Sender(BaseModel):
    """The author of the latest reply of staff that an item tells of."""

    item_id: UUID
    name: str | None


_unread = sa.select(_items.c.id).where(*OF_CHART, _is_unread).limit(MAX_COUNTED).subquery()


def _shown(*guards: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    found = (
        sa.select(
            *_items.c,
            sa.select(sa.func.count()).select_from(_unread).scalar_subquery().label("unread"),
            VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
            *(_plans.c[name].label(f"plan_{name}") for name in ("clinic_id", "id", "patient_id", "version")),
            _plans.c.title,
            *(_reflections.c[name].label(f"entry_{name}") for name in ("clinic_id", "id", "patient_id", "version")),
            _reflections.c.content,
        )
        .select_from(_items)
        .outerjoin(VAULT_KEYS, sa.and_(in_clinic(VAULT_KEYS), VAULT_KEYS.c.id == _items.c.patient_id))
        .outerjoin(
            _plans,
            sa.and_(
                _plans.c.clinic_id == VAULT_KEYS.c.clinic_id,
                _plans.c.patient_id == VAULT_KEYS.c.id,
                _plans.c.id == _items.c.subject_id,
                plans.readable(_plans),
            ),
        )
        .outerjoin(
            _reflections,
            sa.and_(
                _items.c.kind == InboxKind.REPLY_TO_READ,
                _reflections.c.clinic_id == VAULT_KEYS.c.clinic_id,
                _reflections.c.patient_id == VAULT_KEYS.c.id,
                _reflections.c.id == _items.c.subject_id,
                reflections.readable(_reflections),
            ),
        )
        .where(*OF_CHART, *guards)
    )
    return newest_first(found, _items.c.opened_at, _items.c.id)


LIST_INBOX = Read("list_inbox", _shown(), ShownItem, Scope.OWNER)
UNREAD_INBOX = Read("unread_inbox", _shown(_is_unread), ShownItem, Scope.OWNER)

_latest_author = (
    sa.select(_replies.c.author_id)
    .where(
        in_clinic(_replies),
        _replies.c.patient_id == _items.c.patient_id,
        _replies.c.reflection_id == _items.c.subject_id,
        ~_replies.c.is_patient,
    )
    .order_by(_replies.c.created_at.desc(), _replies.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_position = sa.tuple_(_items.c.opened_at, _items.c.id)
INBOX_SENDERS = Read(
    "inbox_senders",
    sa.select(
        _items.c.id.label("item_id"),
        VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
        *(_accounts.c[name].label(f"account_{name}") for name in ("clinic_id", "id", "version")),
        _accounts.c.name,
    )
    .select_from(_items)
    .join(_accounts, sa.and_(in_clinic(_accounts), _accounts.c.id == _latest_author))
    .join(*to_key(_accounts))
    .where(
        *OF_CHART,
        _items.c.kind == InboxKind.REPLY_TO_READ,
        _position <= sa.tuple_(param("newest_at", _items.c.opened_at), param("newest_id", _items.c.id)),
        _position >= sa.tuple_(param("oldest_at", _items.c.opened_at), param("oldest_id", _items.c.id)),
    )
    .limit(MAX_LIMIT),
    Sender,
    Scope.OWNER,
)
"""Of the items of one page: the names are encrypted with the key of the clinic, not with that of the chart."""
