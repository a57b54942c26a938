"""No ledger, no answer: what must be recorded is not shown where it cannot be."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import asyncpg
import pytest

from integration_api.app import action_routes
from integration_api.settings import Settings
from integration_api.storage import sqlite
from integration_api.web.problems import PROBLEM
from tests.applications import application
from tests.faults import commits_failing
from tests.scene import OPERATIONS, Request, Scene, send, succeed
from tests.support import Api, World

READING_POSTS = {"search_patients", "search_reflections"}
"""Reads whose words belong in no address."""
RECORDED = {
    route.name
    for route in action_routes()
    if ("GET" in (route.methods or ()) or route.name in READING_POSTS)
    and not route.operation.is_public
    and route.operation.event is not None
}
"""Every read of the product that leaves a row in the ledger."""
MEMBERS = {"type", "title", "status", "code", "detail", "request_id", "errors"}
BESIDE = {"read_capture": {"crisis_lines"}}
"""Members that a refusal has by design, and that name nobody: what a capture link answers, however it answers."""


async def run(settings: Settings, query: str) -> None:
    if settings.database_url is None:
        connection = sqlite.connect(settings.sqlite_path)
        connection.execute(query)
        connection.close()
        return
    owner = await asyncpg.connect(settings.database_url.get_secret_value())
    await owner.execute(query)
    await owner.close()


@asynccontextmanager
async def ledger_gone(settings: Settings) -> AsyncIterator[None]:
    """There is no such table."""
    await run(settings, "ALTER TABLE ledger RENAME TO ledger_gone")
    try:
        yield
    finally:
        await run(settings, "ALTER TABLE ledger_gone RENAME TO ledger")


@asynccontextmanager
async def appends_failing(settings: Settings) -> AsyncIterator[None]:
    """The table is there and can be read; nothing can be added."""
    async with commits_failing(settings):
        yield


ASKED = [name for name in OPERATIONS if name.partition(" (")[0] in RECORDED]


def test_every_read_that_is_recorded_is_asked() -> None:
    assert {name.partition(" (")[0] for name in ASKED} == RECORDED >= READING_POSTS
    assert len(RECORDED) > 25


@pytest.mark.thorough
async def test_no_ledger_no_answer(own: Settings) -> None:
    async with application(own) as api:
        scene = await Scene.build(await World.build(api))
        asked = {name: await OPERATIONS[name](scene) for name in ASKED}
        for ask in asked.values():
            await succeed(api, ask)
        for fault in (ledger_gone, appends_failing):
            async with fault(own):
                assert await not_refused(api, asked) == {}, fault.__name__
            for ask in asked.values():
                await succeed(api, ask)


async def not_refused(api: Api, asked: Mapping[str, Request]) -> dict[str, str]:
    """The answers that are no problem which says when to ask again."""
    wrong = {}
    for name, ask in asked.items():
        answer = await send(api, ask)
        is_problem = answer.status_code == 503 and answer.headers["content-type"] == PROBLEM
        if not is_problem or set(answer.json()) != MEMBERS | BESIDE.get(name.partition(" ")[0], set()):
            wrong[name] = answer.text
        elif "retry-after" not in answer.headers:
            wrong[name] = "no Retry-After"
    return wrong
