"""Statements of the job that makes and delivers messages. It has no actor, and names the clinic itself."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import SQLModel

from integration_api.access.bindings import BOUND_ACCOUNT, BoundAccount
from integration_api.access.tables import AccountState, AccountTable
from integration_api.access.visible import (
    in_clinic,
    to_key,
)
from integration_api.ledger.changes import MAX_CHANGES
from integration_api.ledger.statements import next_clinic
from integration_api.ledger.tables import ChangeTable
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.care.medicines.tables import MedicineTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.delivery.webhooks.memory_statements import was_sent
from integration_api.resources.delivery.webhooks.tables import (
    DeliveryRow,
    DeliveryState,
    DeliveryTable,
    WebhookRow,
    WebhookState,
    WebhookTable,
)
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import NoteTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanState, PlanTable
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.resources.people.consent_documents.purpose_statements import permits
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import (
    VAULT_KEYS,
    Change,
    Read,
    Scope,
    any_for_row,
    insert_rows,
    param,
    row_key,
)
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_webhooks, _deliveries = table_of(WebhookTable), table_of(DeliveryTable)
_accounts, _changes = table_of(AccountTable), table_of(ChangeTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_NOW = sa.bindparam("now", type_=_deliveries.c.due_at.type)
_JOB = "run by the job that delivers: it sends ids of what the program's scopes name, and the log shows no thing"
NEXT_CLINIC = next_clinic(_webhooks)
"""Clinics with webhooks, one after the other."""


class ActiveWebhook(BaseModel):
    """A webhook that messages are made for."""

    clinic_id: UUID
    id: UUID
    account_id: UUID
    kinds: list[str]
    position: int


ACTIVE_WEBHOOKS = Read(
    "active_webhooks",
    sa.select(*(_webhooks.c[name] for name in ActiveWebhook.model_fields))
    .where(
        _webhooks.c.clinic_id == param("clinic_id", _webhooks.c.clinic_id),
        _webhooks.c.state == WebhookState.ACTIVE,
    )
    .order_by(_webhooks.c.id)
    .limit(PAGE_ROWS),
    ActiveWebhook,
    Scope.SYSTEM,
    _JOB,
)
ACCOUNT_OF_WEBHOOK = Read(
    "account_of_webhook",
    sa.select(*BOUND_ACCOUNT).where(row_key(_accounts), _accounts.c.state == AccountState.ACTIVE),
    BoundAccount,
    Scope.SYSTEM,
    "run by the job that delivers: the scopes that the program has now",
)


class Waiting(BaseModel):
    """A number of messages."""

    waiting: int


_of_webhook = (
    _deliveries.c.clinic_id == param("clinic_id", _deliveries.c.clinic_id),
    _deliveries.c.webhook_id == param("webhook_id", _deliveries.c.webhook_id),
)
COUNT_WAITING = Read(
    "count_waiting_deliveries",
    sa.select(sa.func.count().label("waiting"))
    .select_from(_deliveries)
    .where(*_of_webhook, _deliveries.c.state == DeliveryState.PENDING),
    Waiting,
    Scope.SYSTEM,
    _JOB,
)
MOVE_WEBHOOK = Change(
    "move_webhook",
    sa.update(_webhooks)
    .where(row_key(_webhooks), _webhooks.c.position == param("expected_position", _webhooks.c.position))
    .values(position=param("position", _webhooks.c.position)),
    Scope.SYSTEM,
    _JOB,
)
"""Of two processes that make the same messages, the second finds another position."""
INSERT_DELIVERY = Change("insert_webhook_delivery", insert_rows(DeliveryTable), Scope.SYSTEM, _JOB)


# ── delivering ──


class DueDelivery(BaseModel):
    """A message that is due."""

    clinic_id: UUID
    id: UUID
    webhook_id: UUID


DUE_DELIVERIES = Read(
    "due_webhook_deliveries",
    sa.select(*(_deliveries.c[name] for name in DueDelivery.model_fields))
    .where(*_of_webhook, _deliveries.c.state == DeliveryState.PENDING, _deliveries.c.due_at <= _NOW)
    .order_by(_deliveries.c.due_at, _deliveries.c.id)
    .limit(PAGE_ROWS),
    DueDelivery,
    Scope.SYSTEM,
    _JOB,
)

CLAIM_DELIVERY = Change(
    "claim_webhook_delivery",
    sa.update(_deliveries)
    .where(
        row_key(_deliveries),
        _deliveries.c.state == DeliveryState.PENDING,
        _deliveries.c.due_at <= _NOW,
    )
    .values(attempts=_deliveries.c.attempts + 1, due_at=param("claimed_until", _deliveries.c.due_at)),
    Scope.SYSTEM,
    _JOB,
)
"""One process gets it. If that process ends before it says what became of it, it is due again after its claim."""


class Deliverable(DeliveryRow):
    """A claimed message, and whether a program may be told of its thing."""

    is_readable: bool
    was_readable: bool


Readable = Callable[[Any], sa.ColumnElement[bool]]


def _thing(model: type[SQLModel], readable: Readable | None = None) -> sa.ColumnElement[bool]:
    """Match if the message's thing is there in its chart, and everybody who may see that chart may read it."""
    table = table_of(model).alias(f"told_{table_of(model).name}")
    found = sa.select(_ONE).where(
        in_clinic(table), table.c.id == _deliveries.c.thing_id, table.c.patient_id == _deliveries.c.patient_id
    )
    return (found if readable is None else found.where(readable(table))).exists()


def _agreed(table: sa.Table) -> sa.ColumnElement[bool]:
    """Match a readable plan that is no draft: of drafts, programs are told nothing, although both sides see them."""
    return sa.and_(plans.readable(table), table.c.state != PlanState.DRAFT)


_key_stands = (
    sa.select(_ONE)
    .where(
        VAULT_KEYS.c.clinic_id == sa.bindparam("actor_clinic_id", type_=sa.Uuid()),
        VAULT_KEYS.c.id == _deliveries.c.patient_id,
    )
    .exists()
)
_RULES: Mapping[str, sa.ColumnElement[bool]] = {
    "patient": _key_stands,
    "care_team": _key_stands,
    "course": _thing(CourseTable),
    "session": _thing(SessionTable),
    "medicine": _thing(MedicineTable),
    "note": _thing(NoteTable, notes.readable),
    "reflection": _thing(ReflectionTable, reflections.readable),
    "plan": _thing(PlanTable, _agreed),
    "practice": _thing(PracticeTable),
}
"""The lists' own rules, as for a member of every care team who has written nothing and supervises nobody."""
_is_permitted = permits(_deliveries.c.patient_id, ConsentPurpose.SHARING)
"""A patient who does not permit sharing, or does no more, is told of to no program: not that a thing is gone either."""
_is_readable = sa.and_(
    _is_permitted,
    sa.or_(_changes.c.visible_from <= _changes.c["at"], _changes.c.visible_from <= _NOW),
    sa.case(*((_deliveries.c.kind == kind, rule) for kind, rule in _RULES.items()), else_=sa.false()),
)
_earlier = _deliveries.alias("earlier_delivery")
_was_told = any_for_row(
    sa.select(_ONE).where(
        in_clinic(_earlier),
        _earlier.c.webhook_id == _deliveries.c.webhook_id,
        _earlier.c.thing_id == _deliveries.c.thing_id,
        was_sent(_earlier),
    )
)
"""Matches if the webhook has a message about the thing that was sent, this one included: an answer may be lost."""
_is_news = _changes.c.sequence >= _deliveries.c.position * sa.literal(MAX_CHANGES, _changes.c.sequence.type)
"""Matches unless the thing was taken back before this change: what stays hidden has no word."""
_was_readable = sa.and_(_is_permitted, _is_news, _was_told)
READ_DELIVERABLE = Read(
    "read_deliverable",
    sa.select(
        *_deliveries.c,
        sa.func.coalesce(_is_readable, sa.false()).label("is_readable"),
        sa.func.coalesce(_was_readable, sa.false()).label("was_readable"),
    )
    .select_from(
        _deliveries.outerjoin(
            _changes,
            sa.and_(_changes.c.clinic_id == _deliveries.c.clinic_id, _changes.c.id == _deliveries.c.change_id),
        )
    )
    .where(in_clinic(_deliveries), _deliveries.c.id == param("id", _deliveries.c.id)),
    Deliverable,
    Scope.SYSTEM,
    _JOB,
)
ADDRESS_OF_WEBHOOK = Read(
    "address_of_webhook",
    sa.select(*_webhooks.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
    .join(*to_key(_webhooks))
    .where(row_key(_webhooks), _webhooks.c.state == WebhookState.ACTIVE),
    WebhookRow,
    Scope.SYSTEM,
    _JOB,
)
END_DELIVERY = Change(
    "end_webhook_delivery",
    sa.update(_deliveries)
    .where(row_key(_deliveries), _deliveries.c.attempts == param("attempts", _deliveries.c.attempts))
    .values(
        {
            name: param(name, _deliveries.c[name])
            for name in ("state", "ended_at", "due_at", "last_status", "last_error")
        }
    ),
    Scope.SYSTEM,
    _JOB,
)
"""The outcome of a try; that of a later one is not overwritten."""
WEBHOOK_ANSWERS = Change(
    "webhook_answers",
    sa.update(_webhooks).where(row_key(_webhooks)).values(failing_since=None),
    Scope.SYSTEM,
    _JOB,
)
WEBHOOK_FAILS = Change(
    "webhook_fails",
    sa.update(_webhooks).where(row_key(_webhooks), _webhooks.c.failing_since.is_(None)).values(failing_since=_NOW),
    Scope.SYSTEM,
    _JOB,
)
TURN_OFF_WEBHOOK = Change(
    "turn_off_webhook",
    sa.update(_webhooks)
    .where(row_key(_webhooks), _webhooks.c.state == WebhookState.ACTIVE)
    .values(state=WebhookState.OFF, off_reason=param("off_reason", _webhooks.c.off_reason)),
    Scope.SYSTEM,
    _JOB,
)
