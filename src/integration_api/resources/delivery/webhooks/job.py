"""The job that makes messages of what has changed, and delivers them. Any number of processes run it side by side.

Making: the rows that got their places since the webhook's position become messages, and the position moves, in one
step that is guarded by the position. Delivering: a guarded change claims a message for a minute; then it is decided
anew whether the program may be told, by the lists' own rules and the scopes that it has now. A process that ends
between sending and marking leaves a message that is sent again, with the same `webhook-id`.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

from integration_api.access import alarms
from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.ids import new_id
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.changes import Channel, channel_of, from_text, row_id_of
from integration_api.resources.delivery.changes.rules import ChangeWord
from integration_api.resources.delivery.webhooks import operations, rules
from integration_api.resources.delivery.webhooks import statements as sql
from integration_api.resources.delivery.webhooks.messages import TEST_KIND, TEST_WORD, body_of, headers_of
from integration_api.resources.delivery.webhooks.sender import Sender, Sent
from integration_api.resources.delivery.webhooks.tables import DeliveryRow, DeliveryState, OffReason, WebhookRow
from integration_api.storage.database import DatabaseDown, Duplicate, Missed, Step

MAX_SENDING = 32
"""Messages that one process sends at the same time."""
MAX_OF_ONE = 4
"""Of these, of one webhook."""
MAX_WAITING = 1000
"""Messages of one webhook. If so many wait, no more are made until some have ended: nothing is lost meanwhile."""
_ROWS = 200
_WEBHOOKS = 100
_CLAIM = timedelta(minutes=1)
"""Longer than a try may take."""
_GONE = 410
_CHANNELS = (Channel.CHART, Channel.TEAM)
"""What everybody sees who may see a chart, and what the care team sees: never what is one person's alone."""
_FIRST = UUID(int=0)
_END_SECONDS = 2.0


class Job:
    """The job of one process."""

    def __init__(self, runtime: Runtime, sender: Sender) -> None:
        """Nothing runs yet."""
        self._runtime, self._sender = runtime, sender
        self._sending: set[asyncio.Task[None]] = set()
        self._forgot_at = runtime.clock() - rules.KEPT_FOR

    @property
    def sending(self) -> frozenset[asyncio.Task[None]]:
        """Return what is being sent now."""
        return frozenset(self._sending)

    def _work(self) -> Work:
        return Work(self._runtime, operations.DELIVER, os.urandom(16).hex())

    async def turn(self) -> int:
        """Make messages, begin to send what is due, and return how many were begun. Raises DatabaseDown."""
        await self.make()
        await self._forget()
        return await self.begin()

    async def settle(self) -> None:
        """Wait for all that is being sent."""
        while self._sending:
            await asyncio.wait(self._sending)

    # ── making ──

    async def make(self) -> None:
        """Make the messages of all active webhooks."""
        last: tuple[UUID, UUID] = (_FIRST, _FIRST)
        ends: dict[UUID, int] = {}
        while True:
            work = self._work()
            page = await work.part(sql.ACTIVE_WEBHOOKS, last_clinic_id=last[0], last_id=last[1], page_rows=_WEBHOOKS)
            for webhook in page:
                if webhook.clinic_id not in ends:
                    seal = await work.one(ledger_sql.LAST_SEAL, clinic_id=webhook.clinic_id)
                    ends[webhook.clinic_id] = seal.first_position + seal.row_count - 1 if seal else 0
                if webhook.position < ends[webhook.clinic_id]:
                    await self._make(work, webhook)
            if len(page) < _WEBHOOKS:
                return
            last = page[-1].clinic_id, page[-1].id

    async def _make(self, work: Work, webhook: sql.ActiveWebhook) -> None:
        """Make the messages of the next rows of the ledger; another process may be first."""
        key = {"clinic_id": webhook.clinic_id}
        waiting = await work.one(sql.COUNT_WAITING, **key, webhook_id=webhook.id)
        if waiting is not None and waiting.waiting >= MAX_WAITING:
            return
        rows = await work.part(ledger_sql.PLACED_CHANGES, **key, position=webhook.position, page_rows=_ROWS)
        if not rows:
            return
        messages = [one.__dict__ for row in rows for one in _messages(work, webhook, row)]
        moved = {
            **key,
            "id": webhook.id,
            "expected_position": webhook.position,
            "position": rows[-1].position,
        }
        with suppress(Missed, Duplicate):
            await self._runtime.database.load(Step(sql.MOVE_WEBHOOK, moved), (sql.INSERT_DELIVERY, messages))

    # ── delivering ──

    async def begin(self) -> int:
        """Claim what is due and begin to send it."""
        room = MAX_SENDING - len(self._sending)
        if room <= 0:
            return 0
        work = self._work()
        due = await work.part(sql.DUE_DELIVERIES, page_rows=room, most_of_one=MAX_OF_ONE)
        claimed = await asyncio.gather(*(self._claim(one) for one in due))
        begun = [one for one, is_ours in zip(due, claimed, strict=True) if is_ours]
        for one in begun:
            task = asyncio.create_task(self._deliver(one))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        return len(begun)

    async def _claim(self, one: sql.DueDelivery) -> bool:
        work = self._work()
        work.change(
            sql.CLAIM_DELIVERY,
            missed=_Taken,
            clinic_id=one.clinic_id,
            id=one.id,
            attempts=one.attempts,
            claimed_until=work.now + _CLAIM,
        )
        try:
            await work.apply()
        except _Taken:
            return False
        return True

    async def _deliver(self, one: sql.DueDelivery) -> None:
        """Send one claimed message, and mark what became of it."""
        try:
            await self._try(one)
        except DatabaseDown as error:
            logs.event("webhook_not_marked", logs.WARNING, failed=error)
        except Exception as error:  # noqa: BLE001  one message must not end the job; it is due again after its claim
            logs.event("webhook_failed", logs.ERROR, failed=error)

    async def _try(self, one: sql.DueDelivery) -> None:
        work = self._work()
        webhook = await work.one(sql.ADDRESS_OF_WEBHOOK, clinic_id=one.clinic_id, id=one.webhook_id)
        if webhook is None:  # turned off meanwhile: it waits
            return None
        row = await work.one(
            sql.READ_DELIVERABLE,
            clinic_id=one.clinic_id,
            id=one.id,
            actor_clinic_id=one.clinic_id,
            actor_id=webhook.account_id,
            actor_is_supervisor=False,
            scope_patient_id=None,
        )
        if row is None:  # as above
            return None
        word = await self._word(work, row)
        if word is None:
            return await self._end(work, row, DeliveryState.NOT_TOLD, None)
        body = body_of(row, word)
        sent = await self._sender.send(webhook.url, headers_of(webhook, row, body, work.now), body)
        return await self._mark(row, webhook, sent)

    async def _word(self, work: Work, row: sql.Deliverable) -> str | None:
        """Return what the program is told now; None if nothing."""
        if row.kind == TEST_KIND:
            return TEST_WORD
        account = await work.one(sql.ACCOUNT_OF_WEBHOOK, clinic_id=row.clinic_id, id=row.account_id)
        if account is None or not await alarms.is_bound(work, "accounts", account):
            return None
        if row.kind not in row.kinds or rules.SCOPE_PREFIX + row.kind not in (account.scopes or ()):
            return None
        word: ChangeWord | None = rules.word_of(is_readable=row.is_readable, was_readable=row.was_readable)
        return word

    async def _mark(self, row: sql.Deliverable, webhook: WebhookRow, sent: Sent) -> None:
        work = self._work()
        if sent.error is None:
            if webhook.failing_since is not None:
                work.change(sql.WEBHOOK_ANSWERS, rows=None, clinic_id=row.clinic_id, id=webhook.id)
            return await self._end(work, row, DeliveryState.DELIVERED, sent)
        if sent.status == _GONE:
            self._turn_off(work, webhook, OffReason.GONE)
        elif webhook.failing_since is None:
            work.change(sql.WEBHOOK_FAILS, rows=None, clinic_id=row.clinic_id, id=webhook.id)
        elif work.now - webhook.failing_since >= rules.FAILING_FOR:
            self._turn_off(work, webhook, OffReason.FAILING)
        again_at = rules.next_try(row.attempts, work.now, row.created_at, random.random())  # noqa: S311  no secret
        state = DeliveryState.FAILED if again_at is None else DeliveryState.PENDING
        return await self._end(work, row, state, sent, again_at)

    def _turn_off(self, work: Work, webhook: WebhookRow, reason: OffReason) -> None:
        """Turn a webhook off, and tell the clinic's admins."""
        clinic_id = webhook.clinic_id
        work.change(sql.TURN_OFF_WEBHOOK, rows=None, clinic_id=clinic_id, id=webhook.id, off_reason=reason)
        work.record(webhook.id, clinic_id=clinic_id, reason=reason.value)
        tell_role(work, Role.CLINIC_ADMIN, operations.WEBHOOK_TURNED_OFF, webhook.id, clinic_id=clinic_id)

    async def _end(
        self, work: Work, row: DeliveryRow, state: DeliveryState, sent: Sent | None, again_at: object = None
    ) -> None:
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
        await work.apply()

    async def _forget(self) -> None:
        """Delete what is older than the log is kept, once an hour."""
        now = self._runtime.clock()
        if now - self._forgot_at < timedelta(hours=1):
            return
        self._forgot_at = now
        work = self._work()
        work.change(sql.FORGET_DELIVERIES, rows=None, kept_since=now - rules.KEPT_FOR)
        await work.apply()

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds`, and at once while there is more to send, until `ending`."""
        while not ending.is_set():
            begun = 0
            try:
                begun = await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("webhook_turn_failed", logs.WARNING, failed=error)
            if begun:
                await asyncio.wait(self._sending, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(ending.wait(), seconds)


class _Taken(StartAgain):
    """Another process has claimed it."""


def _messages(work: Work, webhook: sql.ActiveWebhook, row: ledger_sql.PlacedChange) -> Iterator[DeliveryRow]:
    """Yield one message for each thing of the webhook's kinds that a ledger row names."""
    if row.changed is None:
        return
    changed = {
        (one.kind, one.id): one
        for one in from_text(row.changed, row.subject_id, row.patient_id)
        if one.channel in _CHANNELS and one.kind in webhook.kinds
    }
    for ordinal, one in enumerate(changed.values()):
        yield DeliveryRow(
            clinic_id=webhook.clinic_id,
            id=new_id(),
            webhook_id=webhook.id,
            event_id=row.id,
            ordinal=ordinal,
            position=row.position,
            kind=one.kind,
            thing_id=one.id,
            patient_id=one.patient_id,
            change_id=row_id_of(one.channel, channel_of(one, webhook.clinic_id), one.kind, one.id),
            at=row.at,
            created_at=work.now,
            due_at=work.now,
        )


@asynccontextmanager
async def delivering(job: Job, seconds: float) -> AsyncIterator[None]:
    """Deliver in the background meanwhile, unless `seconds` is 0. On leaving, what is being sent is cut off.

    A message that was cut off is sent again after its claim, by this or another process.
    """
    if not seconds:
        yield
        return
    ending = asyncio.Event()
    task = asyncio.create_task(job.run(seconds, ending))
    try:
        yield
    finally:
        ending.set()
        tasks = {task, *job.sending}
        _, late = await asyncio.wait(tasks, timeout=_END_SECONDS)
        for one in late:
            one.cancel()
        await asyncio.gather(*late, return_exceptions=True)
