"""A connection that serves requests: its settings, its prepared statements, and the warnings of the server."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from integration_api.storage.postgres_url import open_connection

MAX_COMMAND_SECONDS = 15.0
_MAX_PREPARED = 1_000

_ENTER_BY_INDEX = {"enable_seqscan": "off", "enable_bitmapscan": "off", "jit": "off"}
"""Every Statement enters an index in the order it answers in.

A planner that takes a page for the whole list would rather read the list and sort it. If it has no other way than a
sequential scan, it must not compile it."""


class Connection:
    """One connection and its prepared statements."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401  asyncpg ships no types
        """`connection` is the driver's."""
        self.raw = connection
        self.warning: str | None = None
        self._prepared: dict[str | tuple[str, str], Any] = {}
        connection.add_log_listener(self._hear)

    def _hear(self, _: object, message: Any) -> None:  # noqa: ANN401  as above
        """Remember that the server warned. The driver calls this before it wakes up who waits for the result."""
        if message.severity_en == "WARNING":
            self.warning = message.sqlstate

    def forget_warning(self) -> None:
        """Begin something new."""
        self.warning = None

    async def prepare(self, sql: str) -> Any:  # noqa: ANN401  as above
        """Return the prepared statement with this text."""
        return self._prepared.get(sql) or self._keep(sql, await self.raw.prepare(sql, name=True))

    async def prepare_many(self, sql: str, text: Callable[[Sequence[str]], str]) -> Any:  # noqa: ANN401  as above
        """Return the form of a statement for many requests. `text` makes it from the types of its parameters."""
        prepared = self._prepared.get((sql, "many"))
        if prepared is None:
            alone = await self.prepare(sql)
            types = [kind.name for kind in alone.get_parameters()]
            prepared = self._keep((sql, "many"), await self.raw.prepare(text(types), name=True))
        return prepared

    def _keep(self, key: str | tuple[str, str], prepared: Any) -> Any:  # noqa: ANN401  as above
        """Hold a statement; the driver closes those that nobody holds any more.

        Steps have as many shapes as there are numbers of rows.
        """
        if len(self._prepared) >= _MAX_PREPARED:
            self._prepared.clear()
        self._prepared[key] = prepared
        return prepared


async def connect(arguments: Mapping[str, Any], seconds: float, plans: str) -> Connection:
    """Return a connection within so many seconds; `plans` is its `plan_cache_mode`. Raises as `open_connection`."""
    settings = {**_ENTER_BY_INDEX, "plan_cache_mode": plans}
    return Connection(await open_connection(arguments, settings, seconds, MAX_COMMAND_SECONDS))
