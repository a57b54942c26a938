"""The server on a port, in a thread of this process, with an event loop whose time passes only as a test says.

So what it promises in seconds is shown to the second, whatever the machine does meanwhile.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from integration_api.server.timeouts import TimeoutProtocol
from tests.waiting import STUCK_SECONDS, until

_PIECE = 32 * 1024  # arrives at once, and is read at once


class _ClockedLoop(asyncio.SelectorEventLoop):
    """Its time stands still until it is let go, at the end."""

    def __init__(self) -> None:
        self.at, self.let_go_at = 1_000.0, 0.0
        super().__init__()

    def time(self) -> float:
        return self.at + (time.monotonic() - self.let_go_at if self.let_go_at else 0)


class ClockedServer:
    """Knows of each of its connections, by the client's port, how many bytes it has read of it."""

    def __init__(self, config: uvicorn.Config) -> None:
        """As the product configures it."""
        config.load()
        self.app: Any = config.app
        self.heard: dict[int, int] = {}
        self.open: dict[int, TimeoutProtocol] = {}
        config.http_protocol_class = self._watched(config.http_protocol_class)  # type: ignore[arg-type]  # the product's
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._server, self._loop = uvicorn.Server(config), _ClockedLoop()
        self._thread = threading.Thread(target=self._run, name="clocked-server")

    def _watched(self, protocol: type[TimeoutProtocol]) -> type[TimeoutProtocol]:
        server = self

        class Watched(protocol):  # type: ignore[misc, valid-type]  # the product's, with the patience that was set
            def connection_made(self, transport: Any) -> None:
                super().connection_made(transport)
                self.port = int(transport.get_extra_info("peername")[1])
                server.heard[self.port] = 0  # first: who finds the connection open counts from there
                server.open[self.port] = self

            def data_received(self, data: bytes) -> None:
                super().data_received(data)
                server.heard[self.port] += len(data)

            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                del server.open[self.port]

        return Watched

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._server.serve([self._listening]))

    def start(self) -> None:
        """Until it listens."""
        self._thread.start()
        until(lambda: self._server.started or not self._thread.is_alive(), "the server in this process")
        assert self._server.started

    def advance(self, seconds: float) -> None:
        """Let so much time pass: what was due then has been done."""

        async def pass_on() -> None:
            self._loop.at += seconds
            for _ in range(10):  # a timer closes, a closing is told, and what waits for it goes on
                await asyncio.sleep(0)

        asyncio.run_coroutine_threadsafe(pass_on(), self._loop).result(STUCK_SECONDS)

    def run(self, call: Callable[[], None]) -> None:
        """Call it in the server's thread."""

        async def called() -> None:
            call()

        asyncio.run_coroutine_threadsafe(called(), self._loop).result(STUCK_SECONDS)

    def stop(self) -> None:
        """Its time goes on by itself again, so that it ends as it always does."""
        self._loop.let_go_at = time.monotonic()
        self.ask_to_stop()
        self._thread.join(STUCK_SECONDS)
        assert not self._thread.is_alive()

    def ask_to_stop(self) -> None:
        """Ask it to end."""
        self._server.should_exit = True
        self.advance(0.1)

    def connect(self, opened: socket.socket | None = None) -> "Client":
        """A connection that the server knows of."""
        return Client(self, opened or socket.socket())


class Client:
    """One connection, to be used in a `with`."""

    def __init__(self, server: ClockedServer, opened: socket.socket) -> None:
        """Made by the server."""
        self.server, self.socket, self._sent = server, opened, 0
        opened.settimeout(STUCK_SECONDS)
        opened.connect(("127.0.0.1", server.port))
        self.port = int(opened.getsockname()[1])
        until(lambda: self.is_held, "the server to take a connection")

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
        until(lambda: not self.is_held, "the server to see that a client has gone")

    @property
    def is_held(self) -> bool:
        """Whether the server still has it."""
        return self.port in self.server.open

    def send(self, data: bytes) -> None:
        """Send it, and wait until the server has read it, or has hung up."""
        for at in range(0, len(data), _PIECE):
            try:
                self.socket.sendall(data[at : at + _PIECE])
            except ConnectionError:
                assert not self.is_held
                return
            self._sent += len(data[at : at + _PIECE])
            until(lambda: self.server.heard[self.port] == self._sent or not self.is_held, "the server to read")

    def rest(self) -> bytes:
        """Everything that is answered until the server hangs up."""
        found = b""
        while part := self.socket.recv(1 << 20):
            found += part
        return found


@contextmanager
def clocked_server(config: uvicorn.Config) -> Iterator[ClockedServer]:
    """One, running."""
    made = ClockedServer(config)
    made.start()
    try:
        yield made
    finally:
        made.stop()
