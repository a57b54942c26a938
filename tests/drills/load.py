"""A load generator: HTTP/1.1 over plain asyncio, one request at a time on each connection, all bounded."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support import Json
from tests.waiting import STUCK_SECONDS

Waiter = asyncio.Future["Answer"]


@dataclass(slots=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    head: bytes
    body: bytes
    seconds: float

    def json(self) -> Json:
        """The body."""
        found: Json = json.loads(self.body)
        return found


class Connection(asyncio.Protocol):
    """One connection. An answer that does not come is a ConnectionError."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._waiter: Waiter | None = None
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _exc: Exception | None) -> None:
        self._transport = None
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_exception(ConnectionError())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._buffer = b""
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(Answer(int(head[9:12]), head.lower(), body, time.perf_counter() - self._sent_at))

    def send(self, request: bytes) -> Waiter:
        """The answer to come."""
        if self._transport is None:
            raise ConnectionError
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        self._sent_at = time.perf_counter()
        self._transport.write(request)
        return waiter

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


async def connect(port: int) -> Connection:
    """A connection to a server on this machine."""
    async with asyncio.timeout(STUCK_SECONDS):
        _, made = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
        return made


def request(
    method: str, path: str, token: str, body: object = None, *, key: str | None = None, request_id: str | None = None
) -> bytes:
    """The bytes of one request."""
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} /v1{path} HTTP/1.1", "Host: drill", f"Authorization: Bearer {token}"]
    lines += [f"Content-Type: application/json\r\nContent-Length: {len(content)}"] if content else []
    lines += [f"Idempotency-Key: {key}"] if key else []
    lines += [f"X-Request-Id: {request_id}"] if request_id else []
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@dataclass
class Tally:
    """What a phase of load came to. Times in seconds."""

    accepted: list[float] = field(default_factory=list)
    shed: list[float] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    without_retry_after: int = 0
    unsent: int = 0
    lost: int = 0
    seconds: float = 0.0

    def count(self, answer: Answer) -> None:
        """One answer."""
        if 200 <= answer.status < 300:
            self.accepted.append(answer.seconds)
        elif answer.status == 503:
            self.shed.append(answer.seconds)
            self.without_retry_after += b"\r\nretry-after:" not in answer.head
        else:
            self.others.append(answer.status)

    @property
    def rate(self) -> float:
        """Accepted requests a second."""
        return len(self.accepted) / self.seconds

    @property
    def shed_share(self) -> float:
        """Refused requests, of all that were answered."""
        return len(self.shed) / max(1, len(self.shed) + len(self.accepted) + len(self.others))

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"accepted {self.rate:6.0f}/s  p50 {at(self.accepted, 0.5):6.1f} ms  p99 {at(self.accepted, 0.99):6.1f} ms"
            f"   shed {self.shed_share:5.1%} (p99 {at(self.shed, 0.99):.1f} ms)"
            f"   other {len(self.others)}  lost {self.lost}  unsent {self.unsent}"
        )


def at(times: list[float], share: float) -> float:
    """The time, in milliseconds, that this share of all stayed under."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000 if times else 0.0


async def closed_loop(
    port: int, make: Callable[[], bytes], clients: int, *, seconds: float = 0, most: int = 0
) -> Tally:
    """So many clients, each sending its next request when it has its answer, for a time or a number of requests.

    Where it is for a time, each sends one, however late it comes to it.
    """
    tally, started, sent = Tally(), time.perf_counter(), 0

    async def client() -> None:
        nonlocal sent
        connection = await connect(port)
        is_over = bool(most) and sent >= most
        while not is_over:
            sent += 1
            async with asyncio.timeout(STUCK_SECONDS):
                tally.count(await connection.send(make()))
            is_over = time.perf_counter() - started >= seconds if seconds else sent >= most
        connection.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    tally.seconds = time.perf_counter() - started
    return tally


async def open_loop(port: int, make: Callable[[], bytes], rate: float, seconds: float, clients: int = 400) -> Tally:
    """So many requests a second, whether or not they are answered, on a bounded number of connections.

    What finds no free connection is counted as unsent: then the server was slower than the connections allow. One is
    sent, however late it comes to that.
    """
    tally = Tally()
    free = deque(await asyncio.gather(*(connect(port) for _ in range(clients))))
    everyone, going, is_over = list(free), 0, asyncio.Event()

    def ended(connection: Connection, waiter: Waiter) -> None:
        nonlocal going
        going -= 1
        if going == 0:
            is_over.set()
        if waiter.cancelled() or waiter.exception() is not None:
            tally.lost += 1
            return
        tally.count(waiter.result())
        free.append(connection)

    started, due = time.perf_counter(), 0.0
    while (now := time.perf_counter() - started) < seconds or not due:
        while due < max(1.0, now * rate):
            due += 1
            if not free:
                tally.unsent += 1
                continue
            connection, going = free.popleft(), going + 1
            is_over.clear()
            waiter = connection.send(make())
            waiter.add_done_callback(lambda done, used=connection: ended(used, done))  # type: ignore[misc]  # mypy reads the default as part of the signature
        await asyncio.sleep(0.001)
    async with asyncio.timeout(STUCK_SECONDS):
        if going:
            await is_over.wait()
    tally.seconds = time.perf_counter() - started
    for connection in everyone:
        connection.close()
    return tally
