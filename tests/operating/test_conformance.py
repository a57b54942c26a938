"""The conformance kit, against our own server: every promise is kept."""

import zipfile
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from integration_api.access.actor import Role
from integration_api.app import create_app
from integration_api.operating.conformance.callers import Caller, NotShown, Record
from integration_api.operating.conformance.cast import Cast
from integration_api.operating.conformance.looks import is_hidden, seen_by
from integration_api.operating.conformance.promise_checks import PROMISES, Promise
from integration_api.operating.conformance.runs import BROKEN, KEPT, run_kit
from integration_api.settings import Settings
from tests.applications import settings_of
from tests.asgi_client import Client
from tests.databases import migrated_postgres, migrated_sqlite
from tests.support import Api, SettableClock, World

pytestmark = pytest.mark.thorough


@pytest.fixture(params=["sqlite", "postgresql"])
async def alone(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of a server with its jobs, on a database of its own."""
    is_sqlite = request.param == "sqlite"
    url = None if is_sqlite else await migrated_postgres(request.getfixturevalue("postgres_url"))
    settings = settings_of(tmp_path / "data", url)
    if is_sqlite:
        migrated_sqlite(settings.sqlite_path)
    return settings.model_copy(update={"export_seconds": 0.2, "seal_seconds": 0.2})


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[tuple[World, httpx.AsyncClient]]:
    """A clinic that is set aside, and a client as the kit has it, by the time of this machine."""
    app = create_app(settings)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        Client(app) as ours,
        httpx.AsyncClient(transport=transport, base_url="http://kit") as client,
    ):
        api = Api(app, ours, SettableClock())
        api.clock = app.state.runtime.clock
        yield await World.build(api), client


async def test_every_promise_is_kept(alone: Settings) -> None:
    async with served(alone) as (world, client):
        run = await run_kit(client, world.admin.token)
        again = await run_kit(client, world.admin.token)
    for found in (run, again):
        assert "; ".join(f"{one.name}: {one.detail}" for one in found.results if one.outcome != KEPT) == ""
    assert run.revision
    assert run.ledger_head is not None
    suite = ElementTree.fromstring(run.as_junit())  # noqa: S314  the kit wrote it
    assert (suite.get("tests"), suite.get("failures")) == (str(len(run.results)), "0")


async def test_it_goes_to_no_clinic_that_is_not_set_aside(alone: Settings) -> None:
    async with served(alone) as (world, client):
        therapist = await world.therapist()
        with pytest.raises(NotShown, match="not of an admin"):
            await run_kit(client, therapist.token)
        await therapist.post("/patients", {"name": "Rowan Sample"})
        with pytest.raises(NotShown, match="set an empty clinic aside"):
            await run_kit(client, world.admin.token)
    assert Role.CLINIC_ADMIN in world.admin.actor.roles


def answering(*answers: httpx.Response | Exception) -> httpx.AsyncClient:
    """A client to whom a deployment answers so, in this order."""
    told = iter(answers)

    def answer(_: httpx.Request) -> httpx.Response:
        one = next(told)
        if isinstance(one, Exception):
            raise one
        return one

    return httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://kit")


@pytest.mark.parametrize(
    "answer", [httpx.Response(401), httpx.Response(429), httpx.DecodingError("x"), httpx.ReadTimeout("x")]
)
async def test_a_refusal_of_the_kit_shows_nothing(answer: httpx.Response | Exception) -> None:
    with pytest.raises(NotShown):
        await Caller(answering(answer), Record()).ask("GET", "/v1/notes/1")


async def test_only_an_answer_as_to_an_unknown_id_hides_a_thing() -> None:
    missing = {"code": "not-found", "request_id": "1"}
    for status, code, hidden in ((404, "not-found", True), (403, "forbidden", True), (403, "step-up-required", False)):
        said = [httpx.Response(status, json=missing | {"code": code, "request_id": one}) for one in "12"]
        assert await is_hidden(Caller(answering(*said), Record()), "/v1/notes", "1") is hidden
    other = httpx.Response(404, json={"code": "gone"})
    assert not await is_hidden(Caller(answering(other, httpx.Response(404, json=missing)), Record()), "/v1/notes", "1")


@pytest.mark.parametrize("error", [zipfile.BadZipFile(), zlib.error(), NotImplementedError(), KeyError()])
async def test_an_answer_of_another_shape_breaks_one_promise_alone(alone: Settings, error: Exception) -> None:
    async def check(_: Cast) -> None:
        raise error

    async with served(alone) as (world, client):
        run = await run_kit(client, world.admin.token, [Promise("first", check), PROMISES[0]])
    assert [one.outcome for one in run.results] == [BROKEN, KEPT]


async def test_a_path_that_shows_nothing_is_not_looked_through() -> None:
    empty = answering(*(httpx.Response(200, json={"items": []}) for _ in range(3)))
    with pytest.raises(NotShown, match="does not show what was shared"):
        await seen_by(Caller(empty, Record()), "chart", frozenset({b"canary"}))
