"""A unit of work of thousands of rows: applied as lists, in one transaction, by a command."""

from itertools import groupby

from integration_api.access.work import MAX_AGE, Work
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.storage.database import Rows
from integration_api.web.errors import Unavailable


class BulkWork(Work):
    """A unit of work whose changes are inserts. The first one must affect its row; the others insert one each."""

    async def load(self) -> None:
        """Apply the collected changes and the ledger rows, in the order in which they were collected, or nothing.

        Raises Missed, Duplicate, BrokenReference, DatabaseDown; Unavailable after MAX_AGE.
        """
        self._end()
        if self.runtime.clock() - self.now > MAX_AGE:
            raise Unavailable
        self.telling.write(self._ledger)
        first, *rest = [pending.step for pending in self._pending]
        lists = [
            Rows(change, [step.values for step in steps]) for change, steps in groupby(rest, lambda step: step.change)
        ]
        await self.runtime.database.load(first, *lists, Rows(INSERT_LEDGER, self._ledger))
