"""The job that sends notifications and goes along the roster. Any number of processes run it side by side.

A guarded change claims a notification for a minute. If a process ends between sending and marking, it is sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from integration_api.access.jobs import Jobs
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.core.tasks import Pool
from integration_api.resources.attention.notifications.rules import URGENT
from integration_api.resources.attention.roster.incidents import Moved, open_if_late
from integration_api.resources.delivery.channels import courier_statements as sql
from integration_api.resources.delivery.channels import escalation_statements as chain_sql
from integration_api.resources.delivery.channels import escalations, operations, outcomes
from integration_api.resources.delivery.channels.courier_statements import DueNotification
from integration_api.resources.delivery.channels.outcomes import Claimed
from integration_api.resources.delivery.channels.postings import Posting
from integration_api.storage.database import DatabaseDown

MAX_SENDING = 16
"""Notifications that one process sends at the same time, of each kind: what is urgent has room of its own."""
MAX_DUE = 50
_LOOK_EVERY = timedelta(minutes=1)
"""For check-ins that have opened, and for gaps."""
END_SECONDS = 2.0
_FIRST = UUID(int=0)


class _NextClinic(Protocol):
    """Finds the next clinic after one, by its id."""

    def __call__(self, work: Work, *, last: UUID) -> Awaitable[UUID | None]: ...


class Courier:
    """The job of one process."""

    def __init__(self, runtime: Runtime, posting: Posting) -> None:
        """Start nothing yet."""
        self._jobs, self._posting = Jobs(runtime, operations.SEND_NOTIFICATIONS), posting
        self._clock = runtime.clock
        self._urgent, self._others = Pool(MAX_SENDING), Pool(MAX_SENDING)
        self._looked_at = runtime.clock() - _LOOK_EVERY

    async def turn(self) -> int:
        """Go along the roster, send what is due, and return how many were begun. Raises DatabaseDown."""
        if self._clock() - self._looked_at >= _LOOK_EVERY:
            self._looked_at = self._clock()
            await self._each(_next_choosing, self._look_for_check_ins)
            await self._each(_next_with_shifts, self._look_for_gaps)
        await self._each(_next_calling, self._go_along)
        return await self._each(_next_told, self._send_due)

    async def serve(self, clinic: UUID) -> int:
        """Do for one clinic all that turns do for each; return how many were begun."""
        with time_of(clinic):
            await self._look_for_check_ins(clinic)
            await self._look_for_gaps(clinic)
            await self._go_along(clinic)
            return await self._send_due(clinic)

    async def all_ended(self) -> None:
        """Wait until all that was begun has ended."""
        await self._urgent.all_ended()
        await self._others.all_ended()

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`. What is being sent then is cut off, and sent after its claim."""
        while not ending.is_set():
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event("notification_turn_failed", logs.WARNING, failed=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)
        await self.stop()

    async def stop(self) -> None:
        """Cut off what is being sent."""
        self._urgent.cancel()
        self._others.cancel()
        await self.all_ended()

    async def _each(self, next_clinic: _NextClinic, serve: Callable[[UUID], Awaitable[int]]) -> int:
        """Serve each clinic that is found, by its own time; return the sum."""
        last, found = _FIRST, 0
        while (clinic := await self._jobs.unit(partial(next_clinic, last=last))) is not None:
            last = clinic
            try:
                with time_of(clinic):
                    found += await serve(clinic)
            except DatabaseDown:
                raise
            except Exception as error:  # noqa: BLE001  other clinics go on, and what is due is sent
                logs.event("notification_turn_failed", logs.WARNING, failed=error)
        return found

    async def _look_for_check_ins(self, clinic: UUID) -> int:
        last: UUID | None = _FIRST
        while last is not None:
            last = await self._jobs.unit(partial(outcomes.tell_of_windows, clinic=clinic, last=last))
        return 0

    async def _look_for_gaps(self, clinic: UUID) -> int:
        for starts_at in await self._jobs.unit(partial(escalations.gaps_ahead, clinic_id=clinic)):
            with suppress(Moved):
                await self._jobs.unit(partial(escalations.open_gap, clinic_id=clinic, starts_at=starts_at))
        return 0

    async def _go_along(self, clinic: UUID) -> int:
        calls = await self._jobs.unit(partial(escalations.due_calls, clinic_id=clinic))
        for call in calls:
            try:
                await self._jobs.unit(partial(escalations.take_step, call=call))
            except Moved:
                continue
            except DatabaseDown:
                raise
            except Exception as error:  # noqa: BLE001  other calls go on; this one is due again on the next turn
                logs.event("roster_call_failed", logs.ERROR, failed=error)
        return len(calls)

    async def _send_due(self, clinic: UUID) -> int:
        """Begin what is due, and first what is urgent: it waits neither behind the rest, nor for its receivers."""
        begun = await self._begin(clinic, self._urgent, is_urgent=True)
        return begun + await self._begin(clinic, self._others, is_urgent=False)

    async def _begin(self, clinic: UUID, pool: Pool, *, is_urgent: bool) -> int:
        rows = min(pool.room, MAX_DUE)
        if rows <= 0:
            return 0
        asked = partial(outcomes.due_notifications, clinic=clinic, rows=rows, is_urgent=is_urgent)
        due = await self._jobs.unit(asked)
        for one in due:
            pool.start(self._deliver(one))
        return len(due)

    async def _deliver(self, one: DueNotification) -> None:
        """Claim one notification, send it, and mark what became of it."""
        try:
            await self._jobs.unit(partial(outcomes.claim, one=one))
            decided = await self._jobs.unit(partial(outcomes.decide, one=one))
            if decided is None:
                return
            row, recipient = decided
            if row.kind in URGENT:
                await self._tell_if_late(one)
            tries = await self._posting.send(row, recipient, self._clock())
            await self._jobs.unit(partial(outcomes.mark, row=row, tries=tries))
        except (Claimed, Moved):
            return
        except DatabaseDown as error:
            logs.event("notification_not_marked", logs.WARNING, failed=error)
        except Exception as error:  # noqa: BLE001  one must not end the job; it is due again after its claim
            logs.event("notification_failed", logs.ERROR, failed=error)

    async def _tell_if_late(self, one: DueNotification) -> None:
        with suppress(Moved):
            await self._jobs.unit(partial(open_if_late, clinic_id=one.clinic_id, subject_id=one.id, due_at=one.due_at))


async def _next_choosing(work: Work, last: UUID) -> UUID | None:
    found = await work.one(sql.NEXT_CHOOSING_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _next_told(work: Work, last: UUID) -> UUID | None:
    found = await work.one(sql.NEXT_TOLD_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _next_with_shifts(work: Work, last: UUID) -> UUID | None:
    found = await work.one(chain_sql.NEXT_ROSTER_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None


async def _next_calling(work: Work, last: UUID) -> UUID | None:
    found = await work.one(chain_sql.NEXT_CALLING_CLINIC, last_clinic_id=last)
    return found.clinic_id if found else None
