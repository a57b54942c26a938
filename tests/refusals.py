"""Which hostile inputs are refused before the database matters: they are sent to one application, not to each."""

from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

from httpx import Response

from integration_api.storage.database import Database
from tests.costs.counting import Asked, counted

_refused: set[Hashable] = set()
"""Names of inputs that an application has refused, and asked no more for than for one that breaks a rule of form.

Both kinds of database have the same code up to there: only what got further on the first is sent to the second too.
"""

Send = Callable[[], Awaitable[Response]]


def _always(_: Response) -> bool:
    return True


class Sender:
    """Sends inputs, but for those that are known to be refused unread."""

    def __init__(self, asked: Asked, of_refused: int) -> None:
        self._asked, self._of_refused = asked, of_refused

    async def send(self, name: Hashable, send: Send, is_why: Callable[[Response], bool] = _always) -> Response | None:
        """The answer; None if the input is known to be refused. `is_why` says if it is for this input."""
        if name in _refused:
            return None
        before = self._asked.statements
        answer = await send()
        is_refused = 400 <= answer.status_code < 500 and self._asked.statements - before <= self._of_refused
        if is_refused and is_why(answer):
            _refused.add(name)
        return answer


@asynccontextmanager
async def counting(database: Database, send_refused: Send) -> AsyncIterator[Sender]:
    """Count what the application asks of this database meanwhile."""
    with counted(database) as asked:
        is_refused = 400 <= (await send_refused()).status_code < 500
        yield Sender(asked, asked.statements if is_refused else -1)  # a call for help is never refused
