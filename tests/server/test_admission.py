"""Too many requests at once: refused at the door, at once and unread; the others are served."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.responses import Response as StarletteResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integration_api.app import SHED_LAST, create_app
from integration_api.server.admission import LoadShedder, Turns
from integration_api.server.wire import Wire
from integration_api.settings import Settings
from tests.faults import commits_held
from tests.support import Api, World
from tests.waiting import STUCK_SECONDS, until_async


class Slow:
    """An application that reads its body, begins to work, and answers when it is let."""

    def __init__(self) -> None:
        self.begun, self.go_on = 0, asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        self.begun += 1
        await self.go_on.wait()
        await StarletteResponse(status_code=204)(scope, receive, send)


@asynccontextmanager
async def client_of(app: ASGIApp) -> AsyncIterator[AsyncClient]:
    """Whoever is let in where it should be refused waits for good: that fails here."""
    async with (
        asyncio.timeout(STUCK_SECONDS),
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
    ):
        yield client


async def test_what_comes_beyond_is_refused_at_once_as_a_problem() -> None:
    slow, shedder = Slow(), LoadShedder(2)
    async with client_of(Wire(slow, shedder)) as client:
        working = [asyncio.create_task(client.get("/a")) for _ in range(2)]
        await until_async(lambda: slow.begun == 2, "two requests to be worked on")
        refused = await client.post("/a", content=b"never read", headers={"X-Request-Id": "phone-1"})
        problem = refused.json()
        assert (refused.status_code, problem["status"], problem["code"]) == (503, 503, "overloaded")
        assert problem["request_id"] == refused.headers["x-request-id"] == "phone-1"
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["cache-control"] == "no-store"
        assert refused.headers["x-content-type-options"] == "nosniff"
        assert slow.begun == 2
        slow.go_on.set()
        assert [(await request).status_code for request in working] == [204, 204]
        assert (await client.get("/a")).status_code == 204
        assert shedder.working == 0


async def test_a_few_are_refused_last_and_others_never() -> None:
    slow = Slow()
    async with client_of(Wire(slow, LoadShedder(16, frozenset({"/urgent"}), frozenset({"/alive"})))) as client:
        paths = ["/a"] * 16 + ["/urgent"] * 2 + ["/alive"] * 2
        working = []
        for at, path in enumerate(paths):
            working.append(asyncio.create_task(client.get(path)))
            await until_async(lambda at=at: slow.begun == at + 1, path)  # type: ignore[misc]  # mypy cannot type the default
        assert (await client.get("/urgent")).status_code == 503
        slow.go_on.set()
        assert {(await request).status_code for request in working} == {204}


async def test_who_sends_slowly_or_takes_the_answer_slowly_holds_no_place() -> None:
    slow, shedder = Slow(), LoadShedder(1)
    slow.go_on.set()
    more, taken, started = asyncio.Event(), asyncio.Event(), asyncio.Event()
    wire = Wire(slow, shedder)

    async def receive() -> Message:
        await more.wait()
        return {"type": "http.request", "body": b""}

    async def send(_message: Message) -> None:
        started.set()
        await taken.wait()

    scope = {"type": "http", "method": "POST", "path": "/a", "headers": []}
    sending = asyncio.create_task(wire(scope, receive, send))
    async with client_of(wire) as client:
        assert (await client.get("/a")).status_code == 204
        more.set()
        await started.wait()
        assert (await client.get("/a")).status_code == 204
    taken.set()
    await sending
    assert shedder.working == 0


async def test_a_failure_gives_the_place_back() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ZeroDivisionError

    shedder = LoadShedder(1)
    async with client_of(Wire(broken, shedder)) as client:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                await client.get("/a")
    assert shedder.working == 0


def test_a_flood_leaves_fewer_places_and_is_soon_forgotten() -> None:
    """What refusing costs is taken from the work, so that who is let in waits no longer; never below a quarter."""
    shedder = LoadShedder(64)

    def places() -> int:
        held = []
        while slot := shedder.slot_for("/a"):
            held.append(slot)
        for slot in held:
            slot.release()
        return len(held)

    def let_in(count: int, refused_for_each: int) -> None:
        for _ in range(count):
            shedder.working += 64
            assert [shedder.slot_for("/a") for _ in range(refused_for_each)] == [None] * refused_for_each
            shedder.working -= 64
            slot = shedder.slot_for("/a")
            assert slot is not None
            slot.release()

    assert places() == 64
    let_in(200, 1)
    assert 48 < places() < 64
    let_in(200, 40)
    assert places() == 16
    let_in(400, 0)
    assert places() == 64


def test_a_flood_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    now = 0.0
    shedder = LoadShedder(1, seconds=lambda: now)
    slot = shedder.slot_for("/a")
    with caplog.at_level(logging.WARNING):
        assert [shedder.slot_for("/a") for _ in range(1000)] == [None] * 1000
        assert [record.getMessage() for record in caplog.records] == ["overloaded"]
        now += 0.99
        assert shedder.slot_for("/a") is None
        assert len(caplog.records) == 1
        now += 0.02
        assert shedder.slot_for("/a") is None
        assert len(caplog.records) == 2
    assert slot is not None


@pytest.fixture
def narrow(settings: Settings, world: World) -> Callable[[], AbstractAsyncContextManager[Api]]:
    """The product with two places."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Api]:
        app = create_app(
            settings.model_copy(update={"max_in_flight": 2, "database_wait_seconds": STUCK_SECONDS}), world.api.clock
        )
        async with app.router.lifespan_context(app), client_of(app) as client:
            api = Api(app, client, world.api.clock)
            await api.send("GET", "/version")  # all is made that is made once
            yield api

    return opened


async def test_the_product_sheds_and_recovers(
    narrow: Callable[[], AbstractAsyncContextManager[Api]], settings: Settings, world: World
) -> None:
    """While the database takes no commit, two wait for it, others are told at once, who asks for help is answered."""
    therapist = await world.therapist()
    headers = {"Authorization": f"Bearer {therapist.token}"}
    [urgent] = SHED_LAST
    async with narrow() as api:

        def ask(path: str) -> asyncio.Task[Response]:
            return asyncio.create_task(api.send("GET", path, headers=headers))

        async with commits_held(settings):
            asked = [ask("/patients") for _ in range(5)]
            await until_async(lambda: sum(one.done() for one in asked) == 3, "those beyond the places to be refused")
            done, waiting = ([one for one in asked if one.done() is is_done] for is_done in (True, False))
            assert {answer.result().json()["code"] for answer in done} == {"overloaded"}
            helped = await ask(urgent)
            assert (helped.status_code, len(waiting)) == (200, 2), helped.text
            assert (await api.send("GET", "/health/live")).status_code == 200
        assert [(await answer).status_code for answer in waiting] == [200] * 2
        assert (await ask("/patients")).status_code == 200


async def test_of_requests_that_arrive_together_few_begin_in_one_turn_in_order() -> None:
    turns, begun, seen = Turns(most=2), list[int](), list[int]()

    async def request(number: int) -> None:
        await turns.begin()
        begun.append(number)

    asked = [asyncio.ensure_future(request(number)) for number in range(7)]
    while len(begun) < 6:
        await asyncio.sleep(0)
        seen.append(len(begun))
        asked[4].cancel()  # its client has gone while it waited
    steps = [after - before for before, after in zip([0, *seen], seen, strict=False)]
    assert (max(steps), begun) == (2, [0, 1, 2, 3, 5, 6])
    await asyncio.sleep(0)
    await request(7)
    assert begun[-1] == 7
