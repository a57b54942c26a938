"""The Python client follows the live stream: it comes back after every end, and stops with the access."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import httpx
import pytest

from integration_api.resources.delivery.stream import service
from integration_journal import Account, AsyncJournal, Changes, Invalid, Journal, Kept, MemoryTokens, Tokens, operations
from integration_journal.sse import EventReader, EventTooLong, ServerEvent
from tests.clients.networks import AT_ONCE, Phone, draft, patient_with_password, phone, served
from tests.factories.care_teams import join
from tests.factories.factors import PASSWORD
from tests.factories.feeds import seal
from tests.factories.sessions import session
from tests.processes import free_port
from tests.support import World
from tests.waiting import until_async

EVENTS = "/v1/events"


@dataclass
class Followed:
    """The changes that a client was told of, and whether it goes on."""

    changes: list[Changes] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None

    @property
    def is_over(self) -> bool:
        """Whether the client has stopped by itself."""
        return self.task is not None and self.task.done()

    def words(self, kind: str = "reflection") -> list[tuple[UUID, str]]:
        """Id and word of everything of a kind."""
        return [(one.id, one.change) for told in self.changes for one in told.items if one.kind == kind]

    async def told(self, thing: UUID, kind: str = "reflection") -> None:
        """Wait until it was told of a thing."""
        await until_async(lambda: thing in {one for one, _ in self.words(kind)}, f"the client to be told of a {kind}")


@asynccontextmanager
async def following(journal: AsyncJournal, cursor: str | None = None) -> AsyncIterator[Followed]:
    """A client that follows, until the block ends."""
    made = Followed()

    async def follow() -> None:
        async for changes in journal.follow(cursor):
            made.changes.append(changes)

    made.task = asyncio.create_task(follow())
    try:
        yield made
        if made.task.done():
            made.task.result()
    finally:
        made.task.cancel()
        await asyncio.gather(made.task, return_exceptions=True)


async def signed_in(world: World, url: str) -> AsyncJournal:
    """A new patient's client on a port."""
    journal = AsyncJournal(url, retries=AT_ONCE)
    await journal.sign_in(await patient_with_password(world), PASSWORD)
    return journal


async def listened(world: World) -> None:
    """Wait until somebody listens."""
    await until_async(lambda: world.api.runtime.watch._all, "the client to listen")


async def tell(world: World) -> None:
    """Let the application seal and look, as it does each second."""
    await seal(world)
    await world.api.runtime.watch.look()


async def test_an_event_arrives_and_after_an_end_nothing_is_lost_or_told_twice(world: World) -> None:
    async with served(world.api) as url:
        journal = await signed_in(world, url)
        first = (await journal.send(draft("Before"))).value
        await seal(world)
        async with following(journal) as followed:
            await followed.told(first.id)
            await listened(world)
            second = (await journal.send(draft("Live"))).value
            await tell(world)
            await followed.told(second.id)
            for listener in list(world.api.runtime.watch._all):
                listener.stop()
            await until_async(lambda: not world.api.runtime.watch._all, "the stream to end")
            third = (await journal.send(draft("Meanwhile"))).value
            await seal(world)
            await followed.told(third.id)
            assert sorted(thing for thing, _ in followed.words()) == sorted([first.id, second.id, third.id])
        await journal.close()


async def test_a_restart_of_the_server_is_waited_for(world: World) -> None:
    port = free_port()
    async with AsyncExitStack() as stack:
        async with served(world.api, port) as url:
            journal = await signed_in(world, url)
            followed = await stack.enter_async_context(following(journal))
            await listened(world)
        assert not world.api.runtime.watch._all, "the server's end ends its streams"
        async with served(world.api, port):
            await listened(world)
            made = (await journal.send(draft("After"))).value
            await tell(world)
            await followed.told(made.id)
            await stack.aclose()
        await journal.close()


async def test_a_token_that_is_over_is_replaced_and_nothing_is_lost(world: World) -> None:
    async with served(world.api) as url:
        journal = await signed_in(world, url)
        async with following(journal) as followed:
            await listened(world)
            (before,) = world.api.runtime.watch._all
            world.api.clock.advance(minutes=16)
            await world.api.runtime.watch.look()
            before.wake()
            await until_async(lambda: world.api.runtime.watch._all - {before}, "the client to come back")
            made = (await journal.send(draft("Later"))).value
            await tell(world)
            await followed.told(made.id)
        await journal.close()


async def test_the_end_of_access_ends_it_quietly(world: World) -> None:
    async with served(world.api) as url:
        email = await patient_with_password(world)
        journal, other = AsyncJournal(url, retries=AT_ONCE), AsyncJournal(url, retries=AT_ONCE)
        await journal.sign_in(email, PASSWORD)
        async with following(journal) as followed:
            await listened(world)
            await other.sign_in(email, PASSWORD)
            await other.send(operations.end_sign_ins())
            await tell(world)
            await until_async(lambda: followed.is_over, "the client to stop")
        assert not journal.is_signed_in
        await journal.close()
        await other.close()


async def test_a_chart_that_opens_is_read_whole_and_followed(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    there = UUID((await session(therapist, chart))["id"])
    await seal(world)
    async with served(world.api) as url:
        store = MemoryTokens()
        store.save(Kept(Account(other.id, str(other.actor.clinic_id)), Tokens(other.token, "none")))
        journal = AsyncJournal(url, store=store, retries=AT_ONCE)
        async with following(journal) as followed:
            await listened(world)
            await join(therapist, chart, other)
            await tell(world)
            await followed.told(there, "session")
            (opening,) = [told for told in followed.changes if ("chart", "opened") in _words(told)]
            (of_chart,) = [told for told in followed.changes if ("session", "changed") in _words(told)]
            assert opening.cursor != of_chart.cursor, "a program that is killed between the two reads the chart again"
            new = UUID((await session(therapist, chart))["id"])
            await tell(world)
            await followed.told(new, "session")
        await journal.close()


def _words(told: Changes) -> set[tuple[str, str]]:
    return {(one.kind, one.change) for one in told.items}


def _stream(text: str) -> httpx.Response:
    return httpx.Response(
        200, headers={"content-type": "text/event-stream; charset=utf-8", "x-request-id": "1"}, content=text.encode()
    )


@pytest.mark.parametrize(
    ("reason", "forgets", "renews"),
    [("too_far_behind", 0, 0), ("cursor_expired", 1, 0), ("token_over", 0, 1), ("a_new_reason", 0, 0)],
)
async def test_each_end_is_answered_as_the_page_says(world: World, reason: str, forgets: int, renews: int) -> None:
    device = await phone(world)
    first = (await device.journal.send(draft("First"))).value
    await seal(world)
    device.network.seen.clear()
    ends = [f'retry: 1\nevent: end\ndata: {{"reason": "{reason}"}}\n\n']
    _answer_streams(device, ends)
    async with following(device.journal) as followed:
        await until_async(lambda: device.network.sent("GET", EVENTS) >= 2, "the client to come back")
        assert sum(one.must_forget for one in followed.changes) == forgets
        assert [thing for thing, _ in followed.words()].count(first.id) == 1 + forgets
        assert device.network.sent("POST", "/refresh") == renews
        assert not followed.is_over


def _answer_streams(device: Phone, texts: list[str], then: int = 503) -> None:
    """Answer the first streams with these texts; later ones are refused, and the client polls."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.url.path != EVENTS:
            return None
        if texts:
            return _stream(texts.pop(0))
        body = {"status": then, "code": "too-many-streams" if then == 503 else "other"}
        headers = {"content-type": "application/problem+json", "retry-after": "0"}
        return httpx.Response(then, headers=headers, json=body)

    device.network.before.append(answer)


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refusal_of_the_stream_ends_it_quietly(world: World, status: int) -> None:
    device = await phone(world)
    _answer_streams(device, [], then=status)
    async with following(device.journal) as followed:
        await until_async(lambda: followed.is_over, "the client to stop")


async def test_a_refused_cursor_begins_the_feed_anew(world: World) -> None:
    device = await phone(world)
    await device.journal.send(draft("First"))
    await seal(world)
    expired = b'{"status": 410, "code": "cursor-expired", "detail": "Begin anew."}'
    left = [httpx.Response(410, headers={"content-type": "application/problem+json"}, content=expired)]
    device.network.before.append(lambda request: left.pop() if request.url.path == EVENTS and left else None)
    _answer_streams(device, [])
    async with following(device.journal) as followed:
        await until_async(lambda: device.network.sent("GET", EVENTS) >= 2, "the client to come back")
        assert [one.must_forget for one in followed.changes].count(True) == 1
        assert len(followed.words()) == 2


async def test_a_cursor_of_nobody_is_the_programs_fault(world: World) -> None:
    device = await phone(world)
    with pytest.raises(Invalid):
        await anext(device.journal.follow("AAAA"))


async def test_while_no_stream_is_to_be_had_the_feed_is_polled(world: World) -> None:
    device = await phone(world)
    _answer_streams(device, ["retry: 1\nid: ", "retry: 1\n\n: ping"])
    async with following(device.journal) as followed:
        made = (await device.journal.send(draft("Polled"))).value
        await seal(world)
        await followed.told(made.id)


async def test_a_thread_stops_when_it_is_told_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PING_SECONDS", 0.05)
    stop, told = threading.Event(), list[Changes]()
    async with served(world.api) as url:
        email = await patient_with_password(world)

        def follow() -> None:
            with Journal(url, retries=AT_ONCE) as journal:
                journal.sign_in(email, PASSWORD)
                told.extend(journal.follow(stop=stop))

        thread = asyncio.create_task(asyncio.to_thread(follow))
        try:
            await listened(world)
        finally:
            stop.set()  # the event loop ends after its threads alone
            await thread
        await until_async(lambda: not world.api.runtime.watch._all, "the stream to end with its client")
    assert told


STREAM = (
    "\ufeffretry: 250\r: a comment\r\nid: 1\ndata: one\r\ndata:two\n\nevent: end\rdata\r\r"
    "id: 2\n\ndata:  spaced\n\nnothing: here\nid: a\0b\ndata: é\n\ndata: unfinished"
).encode()
EVENTS_OF_STREAM = [
    ServerEvent("message", "one\ntwo", "1"),
    ServerEvent("end", "", "1"),
    ServerEvent("message", " spaced", "2"),
    ServerEvent("message", "é", "2"),
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, len(STREAM)])
def test_events_are_the_same_however_the_bytes_are_cut(size: int) -> None:
    reader = EventReader()
    parts = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    assert [event for part in parts for event in reader.feed(part)] == EVENTS_OF_STREAM
    assert reader.retry_ms == 250
    for at in range(len(STREAM)):
        again = EventReader()
        assert [*again.feed(STREAM[:at]), *again.feed(STREAM[at:])] == EVENTS_OF_STREAM


def test_an_event_without_an_end_is_given_up() -> None:
    reader = EventReader()
    for _ in range(10):
        assert list(reader.feed(b"data: " + b"x" * 99_000 + b"\n")) == []
    with pytest.raises(EventTooLong):
        list(reader.feed(b"x" * 20_000))
