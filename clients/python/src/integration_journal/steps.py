"""Conversations without a network: generators that say what to do next, and two ways to do it.

The rules of signing in, trying again, paging and sending a queue are written once, as generators of `Step`. `run` does
the steps in this thread; `run_async` does them on an event loop.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from dataclasses import dataclass
from typing import TypeVar

import httpx

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request; its whole response comes back."""

    request: httpx.Request


@dataclass(slots=True)
class Stream:
    """A response that is read part by part."""

    response: httpx.Response
    part: bytes | None = b""
    """The part that was read last; None at the end."""
    parts: Iterator[bytes] | None = None
    async_parts: AsyncIterator[bytes] | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """Send a request; its response comes back as soon as it begins, whole only if it is a refusal."""

    request: httpx.Request


@dataclass(frozen=True, slots=True)
class Read:
    """Read the next part of a stream into it."""

    stream: Stream


@dataclass(frozen=True, slots=True)
class Close:
    """Hang up."""

    stream: Stream


@dataclass(frozen=True, slots=True)
class Wait:
    """Let so many seconds pass, or fewer if `wakes` is set meanwhile."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """Do work that may touch a disk."""

    work: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Alone:
    """Do these steps while nobody else of this client does theirs: one refresh at a time."""

    steps: "Steps[None]"


Step = Send | Open | Read | Close | Wait | Call | Alone
Steps = Generator[Step, httpx.Response | None, Result]


def send(request: httpx.Request) -> Steps[httpx.Response]:
    """Send a request and return its response. Raises httpx.TransportError."""
    response = yield Send(request)
    assert response is not None  # noqa: S101  both ways answer a Send with a response
    return response


def opened(request: httpx.Request) -> Steps[httpx.Response]:
    """Send a request and return its response, which may be unread. Raises httpx.TransportError."""
    response = yield Open(request)
    assert response is not None  # noqa: S101  both ways answer an Open with a response
    return response


def call(work: Callable[[], Result]) -> Steps[Result]:
    """Do work that may touch a disk, and return its result."""
    found: list[Result] = []
    yield Call(lambda: found.append(work()))
    return found[0]


class Threads:
    """Does steps in the thread that asks."""

    def __init__(self, client: httpx.Client, sleep: Callable[[float], None] = time.sleep) -> None:
        """Take the network and the way to let time pass."""
        self._client, self._sleep, self._alone = client, sleep, threading.Lock()

    def run(self, steps: Steps[Result]) -> Result:
        """Return what the steps return."""
        response: httpx.Response | None = None
        failed: BaseException | None = None
        while True:
            try:
                step = steps.throw(failed) if failed else steps.send(response)
            except StopIteration as end:
                result: Result = end.value
                return result
            response = failed = None
            try:
                response = self._do(step)
            except BaseException as error:  # noqa: BLE001  the steps decide, and clean up
                failed = error

    def _do(self, step: Step) -> httpx.Response | None:
        match step:
            case Send():
                return self._client.send(step.request)
            case Open():
                response = self._client.send(step.request, stream=True)
                if not response.is_success:
                    response.read()
                return response
            case Read():
                found = step.stream
                found.parts = found.parts or found.response.iter_bytes()
                found.part = next(found.parts, None)
            case Close():
                step.stream.response.close()
            case Wait():
                self._sleep(step.seconds)
            case Call():
                step.work()
            case Alone():
                with self._alone:
                    self.run(step.steps)
        return None


class Tasks:
    """Does steps on an event loop. Work that may touch a disk is done in a thread."""

    def __init__(self, client: httpx.AsyncClient, sleep: Callable[[float], object] | None = None) -> None:
        """Take the network."""
        self._client, self._alone = client, asyncio.Lock()
        self._sleep = sleep

    async def run(self, steps: Steps[Result]) -> Result:
        """Return what the steps return."""
        response: httpx.Response | None = None
        failed: BaseException | None = None
        while True:
            try:
                step = steps.throw(failed) if failed else steps.send(response)
            except StopIteration as end:
                result: Result = end.value
                return result
            response = failed = None
            try:
                response = await self._do(step)
            except BaseException as error:  # noqa: BLE001  the steps decide, and clean up
                failed = error

    async def _do(self, step: Step) -> httpx.Response | None:
        match step:
            case Send():
                return await self._client.send(step.request)
            case Open():
                response = await self._client.send(step.request, stream=True)
                if not response.is_success:
                    await response.aread()
                return response
            case Read():
                found = step.stream
                found.async_parts = found.async_parts or found.response.aiter_bytes()
                found.part = await anext(found.async_parts, None)
            case Close():
                await step.stream.response.aclose()
            case Wait():
                await asyncio.sleep(step.seconds)
            case Call():
                await asyncio.to_thread(step.work)
            case Alone():
                async with self._alone:
                    await self.run(step.steps)
        return None
