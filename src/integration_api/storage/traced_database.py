"""A database that keeps what each request asked of it: names of Statements and numbers of rows, never a value.

It is made only if requests are traced. Then all that one request asked is one step of its trace.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from integration_api.storage.database import Database, Row, Rows, Step, Values
from integration_api.storage.statements import Change, Read

MAX_NAMES = 16
"""Names of Statements that are kept of one request; a batch of requests asks more."""


@dataclass(slots=True)
class DatabaseStep:
    """All that one request asked of the database."""

    names: list[str] = field(default_factory=list)
    rows: int = 0
    begun_ns: int = 0
    """Nanoseconds since 1970; 0 if nothing was asked."""
    ended_ns: int = 0

    @contextmanager
    def asking(self, *names: str) -> Iterator[None]:
        """Keep the names, and when it was asked and answered; a refusal is an answer."""
        self.begun_ns = self.begun_ns or time.time_ns()
        self.names += [name for name in names if name not in self.names][: MAX_NAMES - len(self.names)]
        try:
            yield
        finally:
            self.ended_ns = time.time_ns()


STEP: ContextVar[DatabaseStep | None] = ContextVar("database_step", default=None)


class TracedDatabase(Database):
    """Keeps what is asked while a request has a step."""

    async def all(self, read: Read[Row], values: Values) -> list[Row]:
        """Return the rows of a Statement."""
        step = STEP.get()
        if step is None:
            return await super().all(read, values)
        with step.asking(read.name):
            found = await super().all(read, values)
        step.rows += len(found)
        return found

    async def apply(self, steps: Sequence[Step]) -> None:
        """Apply the steps as one."""
        step = STEP.get()
        if step is None:
            return await super().apply(steps)
        with step.asking(*dict.fromkeys(one.change.name for one in steps)):
            await super().apply(steps)
        step.rows += len(steps)
        return None

    async def append(self, change: Change, rows: Sequence[Values]) -> None:
        """Insert rows without encrypted text."""
        step = STEP.get()
        if step is None:
            return await super().append(change, rows)
        with step.asking(change.name):
            await super().append(change, rows)
        step.rows += len(rows)
        return None

    async def load(self, first: Step, *lists: Rows) -> None:
        """Apply one change, then each of the lists."""
        step = STEP.get()
        if step is None:
            return await super().load(first, *lists)
        with step.asking(first.change.name, *(one.change.name for one in lists)):
            await super().load(first, *lists)
        step.rows += 1 + sum(len(one.values) for one in lists)
        return None
