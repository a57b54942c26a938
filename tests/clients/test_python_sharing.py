"""Processes of one device that share a file of tokens: one exchange at a time, and no change is written over."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, cast

from starlette.types import ASGIApp, Receive, Scope, Send

from integration_journal import FileTokens, Kept, operations
from integration_journal.core import Core
from integration_journal.tokens import Held
from tests.clients.networks import Phone, phone, served
from tests.clients.sharer import CHANGES, WAITS
from tests.databases import on_sqlite
from tests.processes import ROOT, Child, start
from tests.support import World
from tests.waiting import STUCK_SECONDS, until_async

if TYPE_CHECKING:
    from fastapi import FastAPI

REFRESH = "/v1/auth/tokens/refresh"


@dataclass
class Door:
    """Holds each exchange of tokens until it is opened, and counts them. It is open once a test has ended."""

    app: ASGIApp
    exchanges: int = 0
    is_open: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in."""
        if scope["type"] == "http" and scope["path"] == REFRESH:
            self.exchanges += 1
            await self.is_open.wait()
        await self.app(scope, receive, send)


@asynccontextmanager
async def behind(door: Door, world: World) -> AsyncIterator[str]:
    """The application behind this door: its address."""
    api = copy(world.api)
    api.app = cast("FastAPI", door)  # what is served is any ASGI application
    async with served(api) as url:
        try:
            yield url
        finally:
            door.is_open.set()  # else the server waits for who waits there


async def sharer(url: str, folder: Path, what: str) -> Child:
    """Another process of the device."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "clients" / "python" / "src", ROOT)))}
    return await asyncio.to_thread(start, "module", ["tests.clients.sharer", url, str(folder), what], env)


async def ended(*children: Child) -> list[int]:
    """Return their exit codes."""
    return [await asyncio.to_thread(child.wait) for child in children]


async def with_an_access_token_that_is_over(world: World, folder: Path) -> Phone:
    """A device that has signed in, some time ago."""
    device = await phone(world, store=FileTokens(folder / "tokens.json"))
    world.api.clock.advance(minutes=16)
    return device


@on_sqlite
async def test_two_processes_exchange_the_tokens_once(world: World, tmp_path: Path) -> None:
    """A refresh token that is used twice, once its successor was used, ends the sign-in."""
    device = await with_an_access_token_that_is_over(world, tmp_path)
    door = Door(world.api.app)
    async with behind(door, world) as url:
        one = await sharer(url, tmp_path, "read")
        await until_async(lambda: door.exchanges == 1, "the first process to exchange the tokens")
        other = await sharer(url, tmp_path, "read")
        waits = tmp_path / WAITS
        await until_async(lambda: waits.exists() or door.exchanges == 2, "the second process to want it too")
        door.is_open.set()
        assert await ended(one, other) == [0, 0]
    assert door.exchanges == 1
    device = device.again(store=FileTokens(tmp_path / "tokens.json"))
    assert (await device.journal.send(operations.read_me())).status == 200


@on_sqlite
async def test_a_process_that_is_killed_in_mid_exchange_holds_nobody(world: World, tmp_path: Path) -> None:
    await with_an_access_token_that_is_over(world, tmp_path)
    door = Door(world.api.app)
    async with behind(door, world) as url:
        one = await sharer(url, tmp_path, "read")
        await until_async(lambda: door.exchanges == 1, "the first process to exchange the tokens")
        other = await sharer(url, tmp_path, "read")
        await until_async((tmp_path / WAITS).exists, "the second process to wait")
        one.send_signal(signal.SIGKILL)
        await until_async(lambda: door.exchanges == 2, "the second process to have its turn")
        door.is_open.set()
        assert await ended(one, other) == [-signal.SIGKILL, 0]


@on_sqlite
async def test_what_two_processes_change_at_once_is_all_kept(world: World, tmp_path: Path) -> None:
    store = FileTokens(tmp_path / "tokens.json")
    device = await phone(world, store=store)
    children = [await sharer("http://127.0.0.1:9", tmp_path, name) for name in ("one", "two")]
    assert await ended(*children) == [0, 0]
    kept = store.load()
    assert sum(name.startswith(("one ", "two ")) for name in kept.devices) == 2 * CHANGES
    assert kept.tokens is not None, "the sign-in is not written over"
    await device.journal.close()


@on_sqlite
async def test_what_was_exchanged_while_the_right_was_waited_for_is_taken(world: World, tmp_path: Path) -> None:
    """Another process has done it between the last look at the file and the right to do it."""
    device, path = await with_an_access_token_that_is_over(world, tmp_path), tmp_path / "tokens.json"
    before = path.read_text("utf-8")
    assert (await device.journal.send(operations.read_me())).status == 200
    after = path.read_text("utf-8")
    path.write_text(before, "utf-8")

    class Late(FileTokens):
        """The file is the other's by the time that this one has the right."""

        def begin_refresh(self) -> Held | None:
            path.write_text(after, "utf-8")
            return super().begin_refresh()

    late = device.again(store=Late(path))
    device.network.seen.clear()
    assert (await late.journal.send(operations.read_me())).status == 200
    assert device.network.sent("POST", REFRESH) == 0


def test_a_change_waits_for_one_that_has_read_the_file_before_it(tmp_path: Path) -> None:
    """The second begins when the first has read and not written: it must not be written over."""
    path, met = tmp_path / "tokens.json", Event()

    class Told(FileTokens):
        """Says that it wants to change the file."""

        @contextmanager
        def changing(self) -> Iterator[None]:
            met.set()
            with super().changing():
                yield

    one, other = Core("http://test", FileTokens(path)), Core("http://test", Told(path))

    def change() -> None:
        other._store(lambda kept: replace(kept, devices={**kept.devices, "other": ""}), 0)
        met.set()

    second = Thread(target=change)

    def first(kept: Kept) -> Kept:
        second.start()
        met.wait(STUCK_SECONDS)
        return replace(kept, devices={**kept.devices, "one": ""})

    one._store(first, 0)
    second.join()
    assert FileTokens(path).load().devices == {"one": "", "other": ""}
