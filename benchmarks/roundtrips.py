"""How often a variant waits for the database: a proxy in front of PostgreSQL that counts what must be answered.

A driver sends one Sync (or one simple Query) for each round trip, however many messages go with it.
"""

import asyncio
import struct
import threading
from urllib.parse import urlsplit, urlunsplit

_SYNC, _QUERY = b"S", b"Q"
_STARTUP = 3 << 16


class _Messages:
    """Finds the frontend's messages in its stream."""

    def __init__(self) -> None:
        """At the start of a connection."""
        self._held, self._is_started = b"", False

    def count(self, data: bytes) -> int:
        """How many of the messages that end in `data` must be answered."""
        self._held += data
        found = 0
        while True:
            head = 1 if self._is_started else 0
            if len(self._held) < head + 4:
                return found
            length = struct.unpack_from(">I", self._held, head)[0]
            if len(self._held) < head + length:
                return found
            if self._is_started:
                found += self._held[:1] in (_SYNC, _QUERY)
            else:
                self._is_started = struct.unpack_from(">I", self._held, 4)[0] == _STARTUP
            self._held = self._held[head + length :]


class CountingProxy:
    """Listens on loopback in a thread of its own, between `with` and its end."""

    def __init__(self, database: str) -> None:
        """`database` is the URL of what stands behind."""
        self._target = urlsplit(database)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self.trips = 0
        self.url = database

    def __enter__(self) -> "CountingProxy":
        """Listen."""
        self._thread.start()
        port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        user = f"{self._target.username}@" if self._target.username else ""
        self.url = urlunsplit(("postgresql", f"{user}127.0.0.1:{port}", self._target.path, self._target.query, ""))
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back_reader, back_writer = await asyncio.open_connection(
            self._target.hostname or "127.0.0.1", self._target.port or 5432
        )
        await asyncio.gather(
            self._pass(reader, back_writer, _Messages()), self._pass(back_reader, writer, None), return_exceptions=True
        )

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, messages: _Messages | None) -> None:
        try:
            while data := await source.read(65_536):
                if messages is not None:
                    self.trips += messages.count(data)
                sink.write(data)
                await sink.drain()
        finally:
            sink.close()
