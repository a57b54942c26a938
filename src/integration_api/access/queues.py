"""Jobs that make what somebody asked for: any number of processes look at a queue, and one of them claims a row.

A process that ends meanwhile says nothing more, so its claim runs out and another one takes the row over.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from integration_api.access.actor import Actor
from integration_api.access.jobs import Jobs, asker
from integration_api.access.operations import Operation
from integration_api.access.queue_statements import Due, DueRow, Queue, Queued
from integration_api.access.reads import StartAgain
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.core.clock import time_of
from integration_api.storage.database import DatabaseDown, Missed
from integration_api.web.errors import Forbidden, NotFound, StaleVersion

CLAIMED_FOR = timedelta(minutes=2)
"""A process that has said nothing for so long has ended, and another one begins anew."""
SAID_EVERY = timedelta(seconds=20)
"""The interval at which a process says that it still writes: a sixth of its claim."""
MAX_ATTEMPTS = 5
"""A row that was begun so often, and never ended, has failed: what stops it would stop it again."""
RETRY_AFTER = timedelta(seconds=30)
"""Times the number of attempts."""
MAX_DUE = 20
"""Rows of one clinic that one turn looks at."""
END_SECONDS = 2.0
SIGN_IN_ENDED, NOT_POSSIBLE = "sign_in_ended", "not_possible"
"""Why a row fails: the sign-in that asked has ended or its account has changed; or too many attempts."""
_FIRST = UUID(int=0)
Made = TypeVar("Made")


class ClaimLost(StartAgain):
    """Another process has the row now, or it has ended."""


class NotMade(Exception):
    """A row cannot be made, and is not tried again; `failure` is the word that it fails with."""

    def __init__(self, failure: str) -> None:
        """Keep the word, which is one of the queue's failures."""
        super().__init__(failure)
        self.failure = str(failure)


class QueueJob(ABC, Generic[Due, Queued, Made]):
    """The job of one process. It makes one row at a time, so its memory does not grow with what waits."""

    def __init__(self, runtime: Runtime, operation: Operation, queue: Queue[Due, Queued]) -> None:
        """Start nothing yet. The steps of the job are recorded as of `operation`."""
        self._runtime, self._jobs, self._queue = runtime, Jobs(runtime, operation), queue

    @abstractmethod
    async def _make(self, row: Queued, actor: Actor) -> Made | None:
        """Make a row as the one who asked; None if it gives way to others, and goes on later. Raises NotMade."""

    @abstractmethod
    async def _finish(self, row: Queued, made: Made) -> None:
        """Mark the row as ready. Raises ClaimLost, Missed."""

    @abstractmethod
    def _ended(self, work: Work, due: Due, failure: str | None) -> None:
        """Record the end of a row, which failed or, if `failure` is null, expired; and what goes with it."""

    def _is_spent(self, due: Due) -> bool:
        """Return whether a row was begun too often."""
        return due.attempts >= MAX_ATTEMPTS

    async def run(self, seconds: float, ending: asyncio.Event) -> None:
        """Take a turn every `seconds` until `ending`. What is being made at the end goes on elsewhere."""
        while not ending.is_set():
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is tried again on the next turn
                logs.event(f"{self._queue.name}_turn_failed", logs.WARNING, failed=error)
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), seconds)

    async def turn(self) -> int:
        """Make what is due, forget what has expired, and return how many were made. Raises DatabaseDown."""
        made, last = 0, _FIRST
        while (clinic := await self._jobs.unit(partial(_next_clinic, queue=self._queue, last=last))) is not None:
            last = clinic
            with time_of(clinic):
                made += await self._serve(clinic)
        return made

    async def _serve(self, clinic: UUID) -> int:
        made = 0
        for due in await self._jobs.unit(partial(due_rows, queue=self._queue, clinic_id=clinic)):
            try:
                made += await self._attend(due)
            except (ClaimLost, StaleVersion, Missed):
                continue  # another process was faster, or the row has ended
            except DatabaseDown:
                raise
            except Exception as error:  # noqa: BLE001  one row must not keep the others waiting; it is due again
                logs.event(f"{self._queue.name}_failed", logs.ERROR, failed=error)
        return made

    async def _attend(self, due: Due) -> int:
        """Return 1 if it was made. Raises ClaimLost, StaleVersion, Missed."""
        is_over = due.state is not self._queue.states("making")
        if is_over or self._is_spent(due):
            return await self._over(due, None if is_over else NOT_POSSIBLE)
        claimed = await self._jobs.unit(partial(claim, queue=self._queue, due=due))
        try:
            row, actor = await self._jobs.unit(partial(_claimed, queue=self._queue, due=claimed))
            if row is None or actor is None:
                return await self._over(claimed, SIGN_IN_ENDED)
            made = await self._make(row, actor)
        except NotMade as error:
            return await self._over(claimed, error.failure)
        except ClaimLost:
            raise
        except (StartAgain, Forbidden, NotFound):
            return await self._over(claimed, SIGN_IN_ENDED)
        except Exception as error:  # noqa: BLE001  what stopped it may be over at the next try; they are counted
            logs.event(f"{self._queue.name}_failed", logs.WARNING, failed=error)
            until = self._runtime.clock() + RETRY_AFTER * claimed.attempts
            await self._jobs.unit(partial(_retry, queue=self._queue, due=claimed, until=until))
            return 0
        if made is not None:
            await self._finish(row, made)
        return int(made is not None)

    async def _over(self, due: Due, failure: str | None) -> int:
        await self._jobs.unit(partial(self._end, due=due, failure=failure))
        return 0

    async def _end(self, work: Work, due: Due, failure: str | None) -> None:
        end(work, self._queue, due, failure)
        self._ended(work, due, failure)

    def _saying(self, row: Queued) -> Callable[[bytes], Awaitable[None]]:
        """Return the call that keeps the claim with the `objects` so far; it asks the database once in a while."""
        said_at = self._runtime.clock()

        async def say(objects: bytes) -> None:
            nonlocal said_at
            now = self._runtime.clock()
            if now - said_at >= SAID_EVERY:
                said_at = now
                until = now + CLAIMED_FOR
                await self._jobs.unit(partial(_say, queue=self._queue, row=row, until=until, objects=objects))

        return say


async def _next_clinic(work: Work, queue: Queue[Any, Any], last: UUID) -> UUID | None:
    found = await work.one(queue.next_clinic, last_clinic_id=last)
    return found.clinic_id if found else None


async def due_rows(work: Work, queue: Queue[Due, Any], clinic_id: UUID) -> list[Due]:
    """Return what is due: first what is over, since a long one must not keep others beyond their time."""
    found = await work.part(queue.due, clinic_id=clinic_id, page_rows=MAX_DUE)
    return sorted(found, key=lambda due: due.state is queue.states("making"))


async def claim(work: Work, queue: Queue[Due, Any], due: Due) -> Due:
    """Return the row as it will be. Raises ClaimLost, when applied, if another process was faster."""
    work.change(
        queue.claim,
        missed=ClaimLost,
        **_claim_of(queue, due),
        claimed_until=work.now + CLAIMED_FOR,
        **queue.fresh,
    )
    work.telling.tell(of=queue.table)  # nobody sees a claim
    return due.model_copy(update={name: getattr(due, name) + 1 for name in ("attempts", queue.number)})


async def _claimed(work: Work, queue: Queue[Due, Queued], due: Due) -> tuple[Queued | None, Actor | None]:
    """Return the whole row, None if it has lost its key; and who asked for it, None if their sign-in has ended."""
    row: Any = await work.one(queue.read, **_claim_of(queue, due))
    if row is None:
        return None, None
    return row, await asker(work, row.clinic_id, row.account_id, row.sign_in_id, row.epoch)


def keep(work: Work, queue: Queue[Any, Queued], row: Queued, until: datetime, **kept: Any) -> None:  # noqa: ANN401  columns
    """Collect that the claim goes on until then. Raises ClaimLost, when applied, if another process has it."""
    work.change(queue.keep, missed=ClaimLost, **_claim_of(queue, row), claimed_until=until, **kept)
    work.telling.tell(of=queue.table)


async def _say(work: Work, queue: Queue[Any, Queued], row: Queued, until: datetime, objects: bytes) -> None:
    keep(work, queue, row, until, objects=objects)


async def _retry(work: Work, queue: Queue[Due, Queued], due: Due, until: datetime) -> None:
    """Try again then: what begins anew is empty, and the rest stays as it was kept."""
    row = await work.one(queue.read, **_claim_of(queue, due))
    if row is None:
        raise ClaimLost
    keep(work, queue, row, until, **{name: queue.fresh.get(name, getattr(row, name)) for name in queue.kept})


def finish(work: Work, queue: Queue[Any, Queued], row: Queued, kept_for: timedelta, **made: object) -> None:
    """Collect that it is ready, and is kept so long. Raises ClaimLost, when applied, if another process has it."""
    expires_at = work.now + kept_for
    times = {"ready_at": work.now, "expires_at": expires_at, "due_at": expires_at}
    work.revise(queue.finish, row, {"state": queue.states("ready"), **times, **made}, missed=ClaimLost)


def end(work: Work, queue: Queue[Due, Any], due: Due, failure: str | None) -> None:
    """Collect the end of one: its key goes, and the parts of its file with the next sweep."""
    work.change(
        queue.end,
        **_claim_of(queue, due),
        **queue.emptied,
        expected_version=due.version,
        state=queue.states("expired" if failure is None else "failed"),
        failure=None if failure is None else queue.failures(failure),
        due_at=None,
    )


def _claim_of(queue: Queue[Any, Any], row: DueRow | Any) -> dict[str, Any]:  # noqa: ANN401  a due row, or the whole
    return {"clinic_id": row.clinic_id, "id": row.id, queue.number: getattr(row, queue.number)}
