"""Jobs: units of work that no request begins. As for a request, their slice collects, and its changes are applied here.

A job has no actor. Its Statements have the scope SYSTEM, and name the clinic themselves. A job that somebody asked for
may read on their behalf, for as long as the sign-in stands by which they asked.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from integration_api.access import alarms
from integration_api.access.actor import Actor, Role
from integration_api.access.bulk_work import BulkWork
from integration_api.access.operations import Operation
from integration_api.access.policy import granted
from integration_api.access.runtime import Runtime
from integration_api.access.statements import ACTOR_NOW
from integration_api.access.work import Work

Result = TypeVar("Result")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Jobs:
    """Begins and applies the units of work of one job."""

    def __init__(self, runtime: Runtime, operation: Operation) -> None:
        """`operation` is one of the command line: no route may name it."""
        self.runtime, self._operation = runtime, operation

    async def unit(self, use: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run one unit of work, apply its changes as one step, and return its result. Raises as `Work.apply`."""
        work = Work(self.runtime, self._operation, os.urandom(16).hex())
        result = await use(work)
        if work.has_changes or work.has_records:
            await work.apply()
        return result

    async def load(self, use: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run one unit of work of thousands of rows, and apply it as lists. Raises as `BulkWork.load`."""
        work = BulkWork(self.runtime, self._operation, os.urandom(16).hex())
        result = await use(work)
        await work.load()
        return result


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """The reads of a job for the person who asked for it: what they would be shown now, and nothing else."""

    runtime: Runtime
    actor: Actor

    def work(self, operation: Operation, through: str | None = None) -> Work:
        """Begin a unit of work that reads by an operation of the API, as that person. It is never applied.

        The policy decides as for a request, and each Statement proves the sign-in. `through` is as in `granted`.
        """
        return Work(self.runtime, operation, os.urandom(16).hex(), self.actor, granted(operation, self.actor, through))


async def asker(work: Work, clinic_id: UUID, account_id: UUID, sign_in_id: UUID, epoch: int) -> Actor | None:
    """Return who asked by this sign-in; None if it has ended, or if the account has changed since.

    The last authentication counts as long ago, so nothing is allowed that needs a fresh one.
    """
    found = await work.one(ACTOR_NOW, clinic_id=clinic_id, account_id=account_id, sign_in_id=sign_in_id)
    if found is None or found.epoch != epoch or not await alarms.is_bound(work, "accounts", found):
        return None
    return Actor(
        clinic_id=clinic_id,
        id=account_id,
        sign_in_id=sign_in_id,
        epoch=epoch,
        roles=tuple(map(Role, found.roles)),
        patient_id=found.patient_id,
        proved_at=LONG_AGO,
    )
