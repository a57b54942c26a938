"""The job that makes messages of what has changed, and delivers them. Any number of processes run it side by side."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
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
from integration_api.resources.delivery.webhooks.memory_statements import FORGET_DELIVERIES
from integration_api.resources.delivery.webhooks.messages import body_of, headers_of
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.storage.database import DatabaseDown

MAX_SENDING = 32
"""Messages that one process sends at the same time."""
MAX_OF_ONE = 4
"""Of these, of one webhook, so that a slow receiver leaves room for the others."""
MAX_DUE = 100
"""Messages of one webhook that are looked up together, to be sent one after the other."""
MAX_WEBHOOKS = 100
"""Of one clinic, that messages are made for."""
END_SECONDS = 2.0
_FORGET_EVERY = timedelta(hours=1)
_FIRST = UUID(int=0)


@dataclass(slots=True)
class _Served:
    """A webhook whose messages are being sent: at how many places, and what these take next."""

    places: int = 0
    waiting: deque[DueDelivery] = field(default_factory=deque)


class Job:
    """The job of one process."""

    def __init__(self, runtime: Runtime, sender: Sender) -> None:
        """Start nothing yet."""
        self._jobs, self._sender, self._clock = Jobs(runtime, operations.DELIVER), sender, runtime.clock
        self.pool = Pool(MAX_SENDING)
        self._served: dict[UUID, _Served] = {}
        self._forgot_at = runtime.clock()

    async def turn(self) -> int:
        """Make messages, begin to send what is due, and return at how many places. Raises DatabaseDown."""
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
        """Begin to send what is due of a webhook, and return at how many places."""
        served = self._served.get(webhook.id) or _Served()
        room = min(self.pool.room, MAX_OF_ONE - served.places)
        if room <= 0:
            return 0
        if not served.waiting:
            served.waiting.extend(await self._jobs.unit(partial(_due, webhook=webhook)))
        begun = min(room, len(served.waiting))
        for _ in range(begun):
            self._served[webhook.id] = served
            served.places += 1
            self.pool.start(self._send_each(webhook, served))
        return begun

    async def _send_each(self, webhook: ActiveWebhook, served: _Served) -> None:
        """Send one message after the other, until none waits."""
        try:
            while served.waiting:
                await self._deliver(served.waiting.popleft())
        except deliveries.TurnedOff:
            served.waiting.clear()
        except DatabaseDown as error:
            served.waiting.clear()
            logs.event("webhook_not_marked", logs.WARNING, failed=error)
        finally:
            served.places -= 1
            if not served.places:
                del self._served[webhook.id]

    async def _deliver(self, one: DueDelivery) -> None:
        """Claim one message, send it, and mark what became of it."""
        try:
            await self._jobs.unit(partial(deliveries.claim, one=one))
            message = await self._jobs.unit(partial(deliveries.decide, one=one))
            if message is None:
                return
            to, row = message.webhook, message.row
            body = body_of(row, message.word)
            sent = await self._sender.send(to.url, headers_of(to, row, body, self._clock()), body)
            await self._jobs.unit(partial(deliveries.mark, message=message, sent=sent))
        except deliveries.Claimed:
            return
        except (deliveries.TurnedOff, DatabaseDown):
            raise
        except Exception as error:  # noqa: BLE001  one message must not end the job; it is due again after its claim
            logs.event("webhook_failed", logs.ERROR, failed=error)

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds`, and at once while there is more to send, until `ending`.

        What is being sent at the end is cut off, and sent again after its claim.
        """
        while not ending.is_set():
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("webhook_turn_failed", logs.WARNING, failed=error)
            if self._served:
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


async def _due(work: Work, webhook: ActiveWebhook) -> list[DueDelivery]:
    return await work.part(sql.DUE_DELIVERIES, clinic_id=webhook.clinic_id, webhook_id=webhook.id, page_rows=MAX_DUE)


async def _forget(work: Work, webhook: ActiveWebhook) -> None:
    work.change(
        FORGET_DELIVERIES,
        rows=None,
        clinic_id=webhook.clinic_id,
        webhook_id=webhook.id,
        kept_since=work.now - rules.KEPT_FOR,
    )
