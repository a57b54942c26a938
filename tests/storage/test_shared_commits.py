"""Requests that share a commit: each ends as its own, and none is answered before it is on disk."""

import asyncio
from uuid import uuid4

import pytest
from httpx import Response

from integration_api.core.ids import new_id
from integration_api.resources.people.clinics import statements as clinics_sql
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.settings import Settings
from integration_api.storage.database import BrokenReference
from integration_api.web.errors import Conflict
from tests.applications import application
from tests.faults import commits_failing, commits_held, somebody_waits
from tests.storage.test_drivers import clinic_exists, new_clinic, no_clinic
from tests.support import Api, Json, Person, World
from tests.waiting import STUCK_SECONDS

GOOD = {"name": "Rowan Sample"}


async def test_three_kinds_of_refusal_in_one_commit_leave_the_others_alone(api: Api, world: World) -> None:
    """A broken reference, a missed guard and a duplicate, among thirty that are right."""
    taken, slug = new_clinic(api)
    await taken.apply()
    works = [new_clinic(api) for _ in range(30)]
    part: Json = {"clinic_id": world.clinic_id, "id": new_id(), "patient_id": uuid4(), "part_index": b"x" * 16}
    works[4][0].change(patients_sql.INSERT_FIRST_NAME_PART, **part, **world.admin.ambient())
    works[13][0].change(clinics_sql.UPDATE_CLINIC, **no_clinic(), missed=RuntimeError)  # type: ignore[arg-type]  # any exception will do
    works[22][0]._pending[1].step.values["slug"] = slug  # type: ignore[index]  # a dict in truth
    ended = await asyncio.gather(*(work.apply() for work, _ in works), return_exceptions=True)
    refused = {at: type(error) for at, error in enumerate(ended) if error is not None}
    assert refused == {4: BrokenReference, 13: RuntimeError, 22: Conflict}
    assert [await clinic_exists(api, slug) for _, slug in works] == [at not in refused for at in range(30)]


def ask(person: Person) -> list[asyncio.Task[Response]]:
    """A change, and a read, which is a row of the ledger."""
    return [
        asyncio.create_task(person.send("POST", "/patients", GOOD)),
        asyncio.create_task(person.send("GET", "/patients")),
    ]


async def test_no_answer_before_its_own_commit(world: World, settings: Settings) -> None:
    therapist = await world.therapist()
    await therapist.get("/patients")  # all is made that is made once
    async with commits_held(settings):
        asked = ask(therapist)
        await somebody_waits(settings)
        for _ in range(5):
            await therapist.get("/me")  # long enough for both to be answered, did they not wait
        assert not any(answer.done() for answer in asked)
    assert [(await answer).status_code for answer in asked] == [201, 200]


async def test_a_commit_that_fails_is_told_as_that(world: World, settings: Settings) -> None:
    therapist = await world.therapist()
    async with commits_failing(settings):
        answers = [await answer for answer in ask(therapist)]
    for answer in answers:
        assert answer.status_code >= 500
        assert "Rowan" not in answer.text
    assert (await therapist.get("/patients"))["items"] == []
    await therapist.post("/patients", GOOD)
    assert len((await therapist.get("/patients"))["items"]) == 1


@pytest.mark.thorough
async def test_nobody_waits_long_for_a_database_that_is_held_up(world: World, settings: Settings) -> None:
    """With one connection, or with the one writer, held by another: 503 while that lasts, and nothing is stored.

    How long is a setting: who is let wait longer waits on meanwhile, and is served in the end.
    """
    therapist = await world.therapist()
    long = settings.model_copy(update={"database_wait_seconds": STUCK_SECONDS})
    short = settings.model_copy(update={"postgres_connections": 1, "database_wait_seconds": 0.25})
    async with application(long, world.api.clock) as waiting, application(short, world.api.clock) as hurried:
        patient, second = (Person(api, therapist.actor, therapist.token) for api in (waiting, hurried))
        for person in (patient, second):
            await person.get("/patients")  # all is made that is made once
        async with commits_held(settings):
            served = asyncio.create_task(patient.send("GET", "/patients"))
            await somebody_waits(settings)
            holder = asyncio.create_task(second.send("GET", "/patients"))
            await somebody_waits(settings, 2)
            async with asyncio.timeout(STUCK_SECONDS):
                answers = await asyncio.gather(*ask(second))
            assert not served.done()
        for answer in answers:
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert answer.headers["retry-after"] == "2"
        assert (await holder).status_code in (200, 503)
        assert (await served).json()["items"] == []
        assert (await patient.get("/patients"))["items"] == []
