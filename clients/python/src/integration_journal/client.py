"""The client: `Journal` for threads, `AsyncJournal` for event loops. Both do the steps of `core` and `sending`."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Self, TypeVar

import httpx

from integration_journal.answers import Answer, Page
from integration_journal.base import Base, pause_after
from integration_journal.entries import Entry
from integration_journal.feed import Changes, Place, next_changes
from integration_journal.offline_queue import OfflineQueue
from integration_journal.requests import Json, Request
from integration_journal.retries import Retries
from integration_journal.sending import Carrier, Report, sending
from integration_journal.sign_ins import signing_in, signing_out, stepping_up
from integration_journal.steps import Tasks, Threads
from integration_journal.stream import Follower
from integration_journal.tokens import Account, TokenStore

Result = TypeVar("Result")
Item = TypeVar("Item")
DEFAULT_TIMEOUT_SECONDS = 30.0
MAX_CHANGES = 200


class Journal(Base):
    """A client for programs with threads. It may be used by several threads at once."""

    def __init__(
        self,
        url: str,
        *,
        store: TokenStore | None = None,
        queue: OfflineQueue | None = None,
        retries: Retries | None = None,
        carrier: Carrier | None = None,
        transport: httpx.BaseTransport | None = None,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    ) -> None:
        """Name the API's address without `/v1`, such as `https://journal.example.org`, and where things are kept here.

        A try waits `timeout_seconds` for each step of an answer, and `retries` says how many tries a request has.
        """
        super().__init__(url, store, queue, retries, carrier)
        self._http = httpx.Client(transport=transport, timeout=timeout_seconds)
        self._steps = Threads(self._http)
        self._wake = threading.Event()

    def __enter__(self) -> Self:
        """Use it in a `with`."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connections and the queue. Sign-in and queue stay on the device."""
        self.close()

    def close(self) -> None:
        """Close the connections and the queue."""
        self._http.close()
        self.queue.close()

    def sign_in(
        self,
        email: str,
        password: str,
        *,
        clinic: str | None = None,
        totp_code: str | None = None,
        recovery_code: str | None = None,
        device: str | None = None,
    ) -> Account:
        """Sign in. Raises SecondFactorNeeded: ask for a code, and call it again with all three. WrongSignIn."""
        more = {"clinic": clinic, "totp_code": totp_code, "recovery_code": recovery_code, "device": device}
        return self._steps.run(signing_in(self._core, email, password, **more))

    def step_up(
        self, *, totp_code: str | None = None, password: str | None = None, credential: Json | None = None
    ) -> None:
        """Prove again who you are, then send what was refused with StepUpRequired again: the same value."""
        self._steps.run(stepping_up(self._core, totp_code, password, credential))

    def sign_out(self) -> None:
        """Sign out on this device at once, then tell the API. Raises NotReached if it could not be told yet.

        That is noted on the disk before it is tried. The next `sign_in`, `send_kept` or `sign_out` tells it then.
        """
        self._steps.run(signing_out(self._core))

    def send(self, request: Request[Result]) -> Answer[Result]:
        """Send a request. Raises Problem, NotReached, UnreadableAnswer."""
        return self._steps.run(self._core.answer(request))

    def pages(self, request: Request[Page[Item]]) -> Iterator[Page[Item]]:
        """Return the pages of a list, each fetched when it is asked for."""
        while True:
            page = self.send(request).value
            yield page
            if page.next_cursor is None:
                return
            request = request.at(page.next_cursor)

    def each(self, request: Request[Page[Item]]) -> Iterator[Item]:
        """Return the items of a list, page after page."""
        for page in self.pages(request):
            yield from page.items

    def changes(self, cursor: str | None = None, *, limit: int = MAX_CHANGES) -> Iterator[Changes]:
        """Return what changed since a cursor, until nothing is left. Store each cursor with what was made of its items.

        Ask again later, with the last cursor; on an event of the stream, when the network comes back, by timer.
        """
        place = Place.begin(cursor)
        while place.has_more or place.opened:
            changes, place = self._steps.run(next_changes(self._core, place, limit))
            yield changes

    def follow(self, cursor: str | None = None, *, stop: threading.Event | None = None) -> Iterator[Changes]:
        """Return what changed since a cursor, and then each change a second or two after it: by feed and live stream.

        It waits out lost networks, and ends when the sign-in has ended or `stop` is set, which is seen within seconds.
        """
        follower = Follower(self._core, cursor, stop)
        try:
            while (changes := self._steps.run(follower.next())) is not None:
                yield changes
        finally:
            self._steps.run(follower.close())

    def keep(self, request: Request[object]) -> Entry:
        """Keep a write on this device: it is safe when this returns, and is sent when the API can be reached.

        Raises NotSignedIn before the first sign-in on this device, and after a sign-out: hold the text until somebody
        has signed in. A sign-in that the API has ended is enough.
        """
        entry = self._kept(request)
        self._wake.set()
        return entry

    def send_kept(self, *, is_now: bool = True) -> Report:
        """Send what is kept, and report. Call it on start, when the network comes back, and when a person asks."""
        return self._steps.run(sending(self._core, self.queue, self._carrier, is_now=is_now))

    def wake(self) -> None:
        """Let `keep_sending` look at once: the network came back, or somebody has signed in."""
        self._wake.set()

    def keep_sending(self, stop: threading.Event) -> None:
        """Send what is kept, as it comes and by timer, until `stop` is set and `wake` is called. Run it in a thread."""
        is_now = True
        while not stop.is_set():
            self._wake.clear()
            report = self.send_kept(is_now=is_now)
            is_now = self._wake.wait(pause_after(report))


class AsyncJournal(Base):
    """A client for programs with an event loop."""

    def __init__(
        self,
        url: str,
        *,
        store: TokenStore | None = None,
        queue: OfflineQueue | None = None,
        retries: Retries | None = None,
        carrier: Carrier | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
    ) -> None:
        """Name the API's address without `/v1`, such as `https://journal.example.org`, and where things are kept here.

        A try waits `timeout_seconds` for each step of an answer, and `retries` says how many tries a request has.
        """
        super().__init__(url, store, queue, retries, carrier)
        self._http = httpx.AsyncClient(transport=transport, timeout=timeout_seconds)
        self._steps = Tasks(self._http)
        self._wake = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Use it in an `async with`."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the connections and the queue. Sign-in and queue stay on the device."""
        await self.close()

    async def close(self) -> None:
        """Close the connections and the queue."""
        await self._http.aclose()
        self.queue.close()

    async def sign_in(
        self,
        email: str,
        password: str,
        *,
        clinic: str | None = None,
        totp_code: str | None = None,
        recovery_code: str | None = None,
        device: str | None = None,
    ) -> Account:
        """Sign in. Raises SecondFactorNeeded: ask for a code, and call it again with all three. WrongSignIn."""
        more = {"clinic": clinic, "totp_code": totp_code, "recovery_code": recovery_code, "device": device}
        return await self._steps.run(signing_in(self._core, email, password, **more))

    async def step_up(
        self, *, totp_code: str | None = None, password: str | None = None, credential: Json | None = None
    ) -> None:
        """Prove again who you are, then send what was refused with StepUpRequired again: the same value."""
        await self._steps.run(stepping_up(self._core, totp_code, password, credential))

    async def sign_out(self) -> None:
        """Sign out on this device at once, then tell the API. Raises NotReached if it could not be told yet.

        That is noted on the disk before it is tried. The next `sign_in`, `send_kept` or `sign_out` tells it then.
        """
        await self._steps.run(signing_out(self._core))

    async def send(self, request: Request[Result]) -> Answer[Result]:
        """Send a request. Raises Problem, NotReached, UnreadableAnswer."""
        return await self._steps.run(self._core.answer(request))

    async def pages(self, request: Request[Page[Item]]) -> AsyncIterator[Page[Item]]:
        """Return the pages of a list, each fetched when it is asked for."""
        while True:
            page = (await self.send(request)).value
            yield page
            if page.next_cursor is None:
                return
            request = request.at(page.next_cursor)

    async def each(self, request: Request[Page[Item]]) -> AsyncIterator[Item]:
        """Return the items of a list, page after page."""
        async for page in self.pages(request):
            for item in page.items:
                yield item

    async def changes(self, cursor: str | None = None, *, limit: int = MAX_CHANGES) -> AsyncIterator[Changes]:
        """Return what changed since a cursor, until nothing is left. Store each cursor with what was made of its items.

        Ask again later, with the last cursor; on an event of the stream, when the network comes back, by timer.
        """
        place = Place.begin(cursor)
        while place.has_more or place.opened:
            changes, place = await self._steps.run(next_changes(self._core, place, limit))
            yield changes

    async def follow(self, cursor: str | None = None) -> AsyncIterator[Changes]:
        """Return what changed since a cursor, and then each change a second or two after it: by feed and live stream.

        It waits out lost networks, and ends when the sign-in has ended. Cancel its task to stop it.
        """
        follower = Follower(self._core, cursor)
        try:
            while (changes := await self._steps.run(follower.next())) is not None:
                yield changes
        finally:
            await self._steps.run(follower.close())

    async def keep(self, request: Request[object]) -> Entry:
        """Keep a write on this device: it is safe when this returns, and is sent when the API can be reached.

        Raises NotSignedIn before the first sign-in on this device, and after a sign-out: hold the text until somebody
        has signed in. A sign-in that the API has ended is enough.
        """
        entry = await asyncio.to_thread(self._kept, request)
        self._wake.set()
        return entry

    async def send_kept(self, *, is_now: bool = True) -> Report:
        """Send what is kept, and report. Call it on start, when the network comes back, and when a person asks."""
        return await self._steps.run(sending(self._core, self.queue, self._carrier, is_now=is_now))

    def wake(self) -> None:
        """Let `keep_sending` look at once: the network came back, or somebody has signed in."""
        self._wake.set()

    async def keep_sending(self) -> None:
        """Send what is kept, as it comes and by timer, until the task is cancelled."""
        is_now = True
        while True:
            self._wake.clear()
            report = await self.send_kept(is_now=is_now)
            try:
                await asyncio.wait_for(self._wake.wait(), pause_after(report))
                is_now = True
            except TimeoutError:
                is_now = False
