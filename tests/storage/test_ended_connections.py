"""PostgreSQL alone: connections that the server ends under load make a 503, and nothing worse."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.applications import application, settings_of
from tests.databases import migrated_postgres
from tests.support import Api, Person, World
from tests.waiting import until_async

ROUNDS = 25
CLIENTS = 16
_END_ALL = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE application_name = 'integration-api' AND datname = current_database()"
)


@pytest.fixture(params=["statement", "transaction"])
async def applying(request: pytest.FixtureRequest, postgres_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    """An application that applies changes this way."""
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    async with application(settings.model_copy(update={"postgres_apply": request.param})) as api:
        yield api


async def test_connections_ended_under_load_are_503_and_nothing_is_lost(applying: Api) -> None:
    world = await World.build(applying)
    patient = await world.patient_of(await world.therapist())
    driver: Any = applying.runtime.database.driver
    owner = await asyncpg.connect(driver._arguments["dsn"])
    is_over, answers, made = asyncio.Event(), Counter[int](), set[str]()
    clients = [asyncio.create_task(_client(patient, answers, made, is_over)) for _ in range(CLIENTS)]
    ended = 0
    for _ in range(ROUNDS):
        before = answers[200] + answers[201]
        ended += await owner.fetchval(_END_ALL)
        await until_async(lambda before=before: answers[200] + answers[201] > before, "it to serve again")  # type: ignore[misc]  # mypy reads the default as part of the signature
    is_over.set()
    await asyncio.gather(*clients)
    assert ended > 0
    assert set(answers) <= {200, 201, 503}, answers
    assert answers[503] > 0, answers
    for _ in range(10):
        assert (await patient.send("GET", "/reflections")).status_code == 200
    found = {str(row["id"]) for row in await owner.fetch("SELECT id FROM reflections")}
    await owner.close()
    assert made <= found


async def _client(patient: Person, answers: Counter[int], made: set[str], is_over: asyncio.Event) -> None:
    for turn in itertools.count():
        if is_over.is_set():
            return
        if turn % 2:
            answer = await patient.send("GET", "/reflections", params={"limit": 5})
        else:
            answer = await patient.send("POST", "/reflections", {"text": "The lake was still."}, key=uuid4().hex)
        answers[answer.status_code] += 1
        if answer.status_code == 201:
            made.add(answer.json()["id"])
