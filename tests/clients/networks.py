"""Networks between the client and the application, which lose and drop what a test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn

from integration_api.server.timeouts import with_timeout
from integration_journal import AsyncJournal, OfflineQueue, Retries, models, now, operations
from tests.factories.factors import PASSWORD
from tests.processes import free_port
from tests.support import Api, World, new_source
from tests.waiting import STUCK_SECONDS, until_async

AT_ONCE = Retries(first_pause=0.0, max_pause=5.0, chance=lambda: 0.0)
"""Tries as often as ever, without a pause."""

Fault = Callable[[httpx.Request], httpx.Response | Exception | None]
"""Says what happens to a request in place of its answer; None: nothing."""


@dataclass
class Network(httpx.AsyncBaseTransport):
    """The way to the application of a test. `before` happens on the way there, `after` to answers on the way back."""

    api: Api
    source: str = field(default_factory=new_source)
    is_down: bool = False
    before: list[Fault] = field(default_factory=list)
    after: list[Fault] = field(default_factory=list)
    seen: list[httpx.Request] = field(default_factory=list)
    """Every request that left the device."""

    def __post_init__(self) -> None:
        """Lead to the application in this process."""
        self._inner = httpx.ASGITransport(self.api.app, raise_app_exceptions=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request there, and its answer back."""
        if self.is_down:
            raise httpx.ConnectError("no network", request=request)
        self.seen.append(request)
        if (given := _happen(self.before, request)) is not None:
            return given
        request.headers["X-Forwarded-For"] = self.source
        response = await self._inner.handle_async_request(request)
        await response.aread()
        if (given := _happen(self.after, request)) is not None:
            return given
        return response

    def lose_answers(self, method: str, part: str, times: int = 1) -> None:
        """Lose the next answers to such requests, after the application has done them."""
        left = [times]

        def lose(request: httpx.Request) -> Exception | None:
            if request.method != method or part not in request.url.path or not left[0]:
                return None
            left[0] -= 1
            return httpx.ReadError("the answer was lost", request=request)

        self.after.append(lose)

    def answer(self, *responses: httpx.Response) -> None:
        """Let something in between answer the next requests."""
        waiting = list(responses)
        self.before.append(lambda _: waiting.pop(0) if waiting else None)

    def sent(self, method: str, part: str) -> int:
        """Return the number of such requests that left the device."""
        return sum(request.method == method and part in request.url.path for request in self.seen)


def _happen(faults: list[Fault], request: httpx.Request) -> httpx.Response | None:
    for fault in faults:
        found = fault(request)
        if isinstance(found, Exception):
            raise found
        if found is not None:
            return found
    return None


@dataclass
class Phone:
    """A patient's device: its network and its client."""

    email: str
    network: Network
    journal: AsyncJournal

    async def sign_in(self) -> None:
        """Sign in with the password."""
        await self.journal.sign_in(self.email, PASSWORD)

    def again(self, **kept: Any) -> "Phone":
        """The device after a restart: the same network, and what was kept."""
        return Phone(self.email, self.network, journal_of(self.network, **kept))


async def patient_with_password(world: World) -> str:
    """The address of a new patient who can sign in."""
    therapist, email = await world.therapist(), f"{uuid4().hex}@example.org"
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": email})
    code = (await therapist.post("/invitations", {"patient_id": chart["id"]}))["code"]
    answer = await world.api.send("POST", "/invitations/accept", json={"code": code, "password": PASSWORD})
    assert answer.status_code == 204
    return email


async def phone(world: World, **kept: Any) -> Phone:
    """A new patient's phone, signed in."""
    network = Network(world.api)
    made = Phone(await patient_with_password(world), network, journal_of(network, **kept))
    await made.sign_in()
    network.seen.clear()
    return made


def journal_of(network: Network, **kept: Any) -> AsyncJournal:
    """A client on this network."""
    return AsyncJournal("http://test", **{"transport": network, "retries": AT_ONCE, **kept})


@asynccontextmanager
async def served(api: Api, port: int | None = None) -> AsyncIterator[str]:
    """The application of a test on a port, for other processes: its address."""
    port = port or free_port()
    http = with_timeout(STUCK_SECONDS, ())
    config = uvicorn.Config(api.app, port=port, lifespan="off", log_config=None, ws="none", http=http)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    await until_async(lambda: server.started or running.done(), "the server in this process")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running


def draft(text: str, **facts: Any) -> Any:
    """A request for a new draft."""
    return operations.create_reflection(models.ReflectionCreate(text=text, captured_at=now(), **facts))


async def texts(device: Phone) -> list[str | None]:
    """The texts of all entries that the application has, oldest first."""
    found = [one async for one in device.journal.each(operations.list_reflections())]
    return [one.text for one in found[::-1] if isinstance(one, models.Reflection)]


async def offline(world: World, path: Path | str = ":memory:", **kept: Any) -> Phone:
    """A signed-in phone without a network."""
    device = await phone(world, queue=OfflineQueue(path), **kept)
    device.network.is_down = True
    return device
