"""The job that makes messages of what has changed, and delivers them. Any number of processes run it side by side."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import UUID

from integration_api.access.jobs import Jobs
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.core.tasks import Pool
from integration_api.resources.delivery.webhooks import deliveries, operations, rules
from integration_api.resources.delivery.webhooks import job_statements as sql
from integration_api.resources.delivery.webhooks.backlog import MadeMeanwhile, make_messages
from integration_api.resources.delivery.webhooks.job_statements import ActiveWebhook, DueDelivery
from integration_api.resources.delivery.webhooks.messages import body_of, headers_of
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.storage.database import DatabaseDown

MAX_SENDING = 32
"""Messages that one process sends at the same time."""
MAX_OF_ONE = 4
"""Of these, of one webhook, so that a slow receiver leaves room for the others."""
MAX_WEBHOOKS = 100
"""Of one clinic, that messages are made for."""
END_SECONDS = 2.0
_FORGET_EVERY = timedelta(hours=1)
_FIRST = UUID(int=0)


class Job:
    """The job of one process."""

    def __init__(self, runtime: Runtime, sender: Sender) -> None:
        """Start nothing yet."""
        self._jobs, self._sender, self._clock = Jobs(runtime, operations.DELIVER), sender, runtime.clock
        self.pool = Pool(MAX_SENDING)
        self._of_webhook: Counter[UUID] = Counter()
        self._forgot_at = runtime.clock()

    async def turn(self) -> int:
        """Make messages, begin to send what is due, and return how many were begun. Raises DatabaseDown."""
        begun = 0
        is_time_to_forget = self._clock() - self._forgot_at >= _FORGET_EVERY
        last = _FIRST
        while (clinic := await self._jobs.unit(partial(_next_clinic, last=last))) is not None:
            last = clinic
            with time_of(clinic):
                begun += await self._serve(clinic, is_time_to_forget=is_time_to_forget)
        if is_time_to_forget:
            self._forgot_at = self._clock()
        return begun

    async def _serve(self, clinic: UUID, *, is_time_to_forget: bool) -> int:
        begun = 0
        for webhook in await self._jobs.unit(partial(_active, clinic_id=clinic)):
            await self._make(webhook)
            begun += await self._begin(webhook)
            if is_time_to_forget:
                await self._jobs.unit(partial(_forget, webhook=webhook))
        return begun

    async def make(self) -> None:
        """Make the messages of every webhook, and send none."""
        last = _FIRST
        while (clinic := await self._jobs.unit(partial(_next_clinic, last=last))) is not None:
            last = clinic
            with time_of(clinic):
                for webhook in await self._jobs.unit(partial(_active, clinic_id=clinic)):
                    await self._make(webhook)

    async def _make(self, webhook: ActiveWebhook) -> None:
        with suppress(MadeMeanwhile):
            while await self._jobs.unit(partial(make_messages, webhook=webhook)):
                pass

    async def _begin(self, webhook: ActiveWebhook) -> int:
        """Claim what is due of a webhook, and begin to send it."""
        room = min(self.pool.room, MAX_OF_ONE - self._of_webhook[webhook.id])
        if room <= 0:
            return 0
        begun = 0
        for one in await self._jobs.unit(partial(_due, webhook=webhook, room=room)):
            with suppress(deliveries.Claimed):
                await self._jobs.unit(partial(deliveries.claim, one=one))
                self._of_webhook[webhook.id] += 1
                self.pool.start(self._deliver(one))
                begun += 1
        return begun

    async def _deliver(self, one: DueDelivery) -> None:
        """Send one claimed message, and mark what became of it."""
        try:
            message = await self._jobs.unit(partial(deliveries.decide, one=one))
            if message is None:
                return
            webhook, row = message.webhook, message.row
            body = body_of(row, message.word)
            sent = await self._sender.send(webhook.url, headers_of(webhook, row, body, self._clock()), body)
            await self._jobs.unit(partial(deliveries.mark, message=message, sent=sent))
        except DatabaseDown as error:
            logs.event("webhook_not_marked", logs.WARNING, failed=error)
        except Exception as error:  # noqa: BLE001  one message must not end the job; it is due again after its claim
            logs.event("webhook_failed", logs.ERROR, failed=error)
        finally:
            self._of_webhook[one.webhook_id] -= 1
            self._of_webhook += Counter()  # drops what is zero

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds`, and at once while there is more to send, until `ending`.

        What is being sent at the end is cut off, and sent again after its claim.
        """
        while not ending.is_set():
            begun = 0
            try:
                begun = await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("webhook_turn_failed", logs.WARNING, failed=error)
            if begun:
                await self.pool.any_ended(seconds)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(ending.wait(), seconds)
        self.pool.cancel()
        await self.pool.all_ended()


async def _next_clinic(work: Work, last: UUID) -> UUID | None:
    found = await work.one(sql.NEXT_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _active(work: Work, clinic_id: UUID) -> list[ActiveWebhook]:
    return await work.part(sql.ACTIVE_WEBHOOKS, clinic_id=clinic_id, page_rows=MAX_WEBHOOKS)


async def _due(work: Work, webhook: ActiveWebhook, room: int) -> list[DueDelivery]:
    return await work.part(sql.DUE_DELIVERIES, clinic_id=webhook.clinic_id, webhook_id=webhook.id, page_rows=room)


async def _forget(work: Work, webhook: ActiveWebhook) -> None:
    work.change(
        sql.FORGET_DELIVERIES,
        rows=None,
        clinic_id=webhook.clinic_id,
        webhook_id=webhook.id,
        kept_since=work.now - rules.KEPT_FOR,
    )
