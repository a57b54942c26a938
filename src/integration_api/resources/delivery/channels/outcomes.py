"""Claiming a notification, and marking what became of a try: each one unit of work of the job."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.attention.notifications.rules import CODES, URGENT, NotificationKind, next_try
from integration_api.resources.attention.notifications.tables import NotificationRow, NotificationState
from integration_api.resources.delivery.channels import courier_statements as sql
from integration_api.resources.delivery.channels import operations
from integration_api.resources.delivery.channels.courier_statements import DueNotification
from integration_api.resources.delivery.channels.escalations import pass_on, tell_once
from integration_api.resources.delivery.channels.recipients import Recipient, recipient_of
from integration_api.resources.delivery.channels.tables import TryError, TryRow

CLAIM = timedelta(minutes=1)
"""Longer than a try may take."""
_GONE = frozenset({404, 410})
"""The answers of a push service, or of a webhook, that is gone. Source: RFC 8030, 7.3."""
MAX_OPENED = 100


class Claimed(StartAgain):
    """Another process has claimed it, or it was claimed in the turn before."""


async def due_notifications(work: Work, clinic: UUID, rows: int, *, is_urgent: bool) -> list[DueNotification]:
    """Return what is due of a clinic, either what is urgent or the rest, the longest due first."""
    if is_urgent:
        return await work.part(sql.DUE_URGENT, clinic_id=clinic, page_rows=rows)
    return await work.part(sql.DUE_NOTIFICATIONS, clinic_id=clinic, page_rows=rows)


async def claim(work: Work, one: DueNotification) -> None:
    """Claim a notification for a minute. Raises Claimed, when applied."""
    work.change(
        sql.CLAIM_NOTIFICATION, missed=Claimed, clinic_id=one.clinic_id, id=one.id, claimed_until=work.now + CLAIM
    )


async def decide(work: Work, one: DueNotification) -> tuple[NotificationRow, Recipient] | None:
    """Return how to tell the person now. If they are not to be told, or not now, collect that, and return None.

    Somebody on call whose account has ended is not reached: the next are told at once. Raises Moved, when applied.
    """
    row = await work.one(sql.READ_NOTIFICATION, clinic_id=one.clinic_id, id=one.id)
    if row is None:
        return None
    recipient = await recipient_of(work, row)
    if recipient is None:
        _end(work, row, NotificationState.NOT_TOLD)
        if row.kind in URGENT:
            await pass_on(work, row)
        return None
    if recipient.quiet_until is not None:
        work.change(
            sql.PUT_OFF_NOTIFICATION,
            rows=None,
            clinic_id=row.clinic_id,
            id=row.id,
            attempts=row.attempts,
            due_at=recipient.quiet_until,
        )
        return None
    return row, recipient


async def mark(work: Work, row: NotificationRow, tries: Sequence[TryRow]) -> None:
    """Keep what became of each means. One that arrived is enough; a receiver that is gone is asked no more.

    The first failure of something urgent is an incident and is passed on, in the same step. Raises Moved, when applied.
    """
    for one in tries:
        work.change(sql.INSERT_TRY, one)
        if one.channel_id is not None and one.status in _GONE and one.error is not None:
            work.change(sql.CHANNEL_GONE, rows=None, clinic_id=row.clinic_id, id=one.channel_id)
            work.record(one.channel_id, clinic_id=row.clinic_id, event=operations.CHANNEL_GONE)
    if any(one.error is None for one in tries):
        _end(work, row, NotificationState.DELIVERED)
        return
    again_at = next_try(row.kind, row.attempts, work.now)
    if again_at is None or (row.kind in CODES and tries[0].error is TryError.NO_CHANNEL):
        _end(work, row, NotificationState.FAILED)
    else:
        work.change(
            sql.END_TRY,
            rows=None,
            clinic_id=row.clinic_id,
            id=row.id,
            attempts=row.attempts,
            state=NotificationState.PENDING,
            ended_at=None,
            due_at=again_at,
        )
    if row.kind in URGENT:
        await pass_on(work, row)


async def tell_of_windows(work: Work, clinic: UUID, last: UUID) -> UUID | None:
    """Make a notification of a check-in that has opened, for accounts after `last`; return the last of them."""
    found = await work.part(sql.OPENED_WINDOWS, clinic_id=clinic, last_id=last, page_rows=MAX_OPENED)
    for window in found:
        if window.id is not None:
            tell_once(work, clinic, window.account_id, NotificationKind.CHECK_IN_OPEN, window.id)
    return found[-1].account_id if found else None


def _end(work: Work, row: NotificationRow, state: NotificationState) -> None:
    work.change(
        sql.END_TRY,
        rows=None,
        clinic_id=row.clinic_id,
        id=row.id,
        attempts=row.attempts,
        state=state,
        ended_at=work.now,
        due_at=row.due_at,
    )
