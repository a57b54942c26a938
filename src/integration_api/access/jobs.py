"""Jobs: units of work that no request begins. As for a request, their slice collects, and its changes are applied here.

A job has no actor. Its Statements have the scope SYSTEM, and name the clinic themselves.
"""

import os
from collections.abc import Awaitable, Callable
from typing import TypeVar

from integration_api.access.operations import Operation
from integration_api.access.runtime import Runtime
from integration_api.access.work import Work

Result = TypeVar("Result")


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
