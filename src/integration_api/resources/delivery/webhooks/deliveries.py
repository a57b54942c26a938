"""Delivering one message: claim it, decide whether the program may be told of it now, and mark what became of it.

A guarded change claims it for a minute. If a process ends between sending and marking, the message is due again after
that minute. It is sent again, with the same `webhook-id`.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from integration_api.access import alarms
from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.delivery.webhooks import job_statements as sql
from integration_api.resources.delivery.webhooks import operations, rules
from integration_api.resources.delivery.webhooks.job_statements import Deliverable, DueDelivery
from integration_api.resources.delivery.webhooks.messages import TEST_KIND, TEST_WORD
from integration_api.resources.delivery.webhooks.sender import Sent
from integration_api.resources.delivery.webhooks.tables import DeliveryState, OffReason, WebhookRow

CLAIM = timedelta(minutes=1)
"""Longer than a try may take."""
_GONE = 410


class Claimed(StartAgain):
    """Another process has claimed it."""


class TurnedOff(StartAgain):
    """The webhook was turned off meanwhile: its messages wait."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that may be sent: to whom, about what, and the word for it."""

    webhook: WebhookRow
    row: Deliverable
    word: str


async def claim(work: Work, one: DueDelivery) -> None:
    """Claim a message. Raises Claimed, when applied."""
    work.change(
        sql.CLAIM_DELIVERY,
        missed=Claimed,
        clinic_id=one.clinic_id,
        id=one.id,
        claimed_until=work.now + CLAIM,
    )


async def decide(work: Work, one: DueDelivery) -> Message | None:
    """Return what to send; None if the program may not be told of it. Raises TurnedOff."""
    to = await work.one(sql.ADDRESS_OF_WEBHOOK, clinic_id=one.clinic_id, id=one.webhook_id)
    if to is None:
        raise TurnedOff
    row = await work.one(
        sql.READ_DELIVERABLE,
        id=one.id,
        actor_clinic_id=one.clinic_id,
        actor_id=to.account_id,
        actor_is_supervisor=False,
        scope_clinic=True,
        scope_patient_id=None,
    )
    if row is None:
        return None
    word = await _word(work, to, row)
    if word is None:
        _end(work, row, DeliveryState.NOT_TOLD, None, None)
        return None
    return Message(to, row, word)


async def _word(work: Work, webhook: WebhookRow, row: Deliverable) -> str | None:
    """Return what the program is told, by the scopes that it has now."""
    if row.kind == TEST_KIND:
        return TEST_WORD
    account = await work.one(sql.ACCOUNT_OF_WEBHOOK, clinic_id=row.clinic_id, id=webhook.account_id)
    if account is None or not await alarms.is_bound(work, "accounts", account):
        return None
    if row.kind not in webhook.kinds or rules.SCOPE_PREFIX + row.kind not in (account.scopes or ()):
        return None
    return rules.word_of(is_readable=row.is_readable, was_readable=row.was_readable)


async def mark(work: Work, message: Message, sent: Sent) -> None:
    """Mark what became of a message; a webhook that is gone, or has failed for long, is turned off."""
    webhook, row = message.webhook, message.row
    if sent.error is None:
        if webhook.failing_since is not None:
            work.change(sql.WEBHOOK_ANSWERS, rows=None, clinic_id=row.clinic_id, id=webhook.id)
        return _end(work, row, DeliveryState.DELIVERED, sent, None)
    if sent.status == _GONE:
        _turn_off(work, webhook, OffReason.GONE)
    elif webhook.failing_since is None:
        work.change(sql.WEBHOOK_FAILS, rows=None, clinic_id=row.clinic_id, id=webhook.id)
    elif work.now - webhook.failing_since >= rules.FAILING_FOR:
        _turn_off(work, webhook, OffReason.FAILING)
    again_at = rules.next_try(row.attempts, work.now, row.created_at, random.random())  # noqa: S311  no secret
    state = DeliveryState.FAILED if again_at is None else DeliveryState.PENDING
    return _end(work, row, state, sent, again_at)


def _turn_off(work: Work, webhook: WebhookRow, reason: OffReason) -> None:
    """Turn a webhook off, and tell the clinic's admins."""
    clinic_id = webhook.clinic_id
    work.change(sql.TURN_OFF_WEBHOOK, rows=None, clinic_id=clinic_id, id=webhook.id, off_reason=reason)
    work.record(webhook.id, clinic_id=clinic_id, reason=reason.value)
    tell_role(work, Role.CLINIC_ADMIN, operations.WEBHOOK_TURNED_OFF, webhook.id, clinic_id=clinic_id)


def _end(work: Work, row: Deliverable, state: DeliveryState, sent: Sent | None, again_at: datetime | None) -> None:
    """Collect what became of this try. If a later try has begun, its word counts."""
    work.change(
        sql.END_DELIVERY,
        rows=None,
        clinic_id=row.clinic_id,
        id=row.id,
        attempts=row.attempts,
        state=state,
        ended_at=None if state is DeliveryState.PENDING else work.now,
        due_at=again_at or row.due_at,
        last_status=sent.status if sent else None,
        last_error=sent.error if sent else None,
    )
