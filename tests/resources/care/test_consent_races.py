"""A signature on paper and a withdrawal at the same moment: one of them stands, and the other reads anew."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from integration_api.settings import Settings
from tests.applications import application
from tests.factories.consents import named, published, signed
from tests.faults import commits_held, somebody_waits
from tests.support import Json, Person, World
from tests.waiting import until_async

pytestmark = pytest.mark.thorough


async def waiting(settings: Settings, count: int) -> None:
    """Returns once so many transactions wait, for a row or for their commits; at once on SQLite with its one writer."""
    if settings.database_url is None:
        return
    watcher = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        query = "SELECT count(DISTINCT pid) >= $1 FROM pg_locks WHERE NOT granted AND locktype <> 'relation'"
        await until_async(lambda: watcher.fetchval(query, count), "transactions to wait for each other")
    finally:
        await watcher.close()


class Meeting:
    """A patient who has signed, a later version, and the two requests about it."""

    def __init__(self, therapist: Person, patient: Person, consent: Json, newer: Json) -> None:
        self.therapist, self.patient, self.consent = therapist, patient, consent
        signed_at = (therapist.api.clock() - timedelta(minutes=5)).isoformat()
        self.paper = {**named(newer), "signed_at": signed_at}

    async def withdraw(self) -> int:
        path = f"/consents/{self.consent['id']}/withdraw"
        return (await self.patient.send("POST", path, match=self.consent["version"])).status_code

    async def record(self) -> int:
        path = f"/patients/{self.consent['patient_id']}/consents"
        return (await self.therapist.send("POST", path, self.paper)).status_code

    async def stands(self) -> bool:
        """Whether the last signature was not withdrawn."""
        [last] = [one for one in (await self.patient.get("/consents"))["items"] if one["is_last"]]
        return last["withdrawn_at"] is None


async def meeting(world: World) -> Meeting:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    consent = await signed(patient, await published(world.admin, "sharing"))
    return Meeting(therapist, patient, consent, await published(world.admin, "sharing", "Another text."))


@pytest.mark.parametrize("is_withdrawn_first", [True, False])
async def test_of_a_paper_and_a_withdrawal_at_once_one_stands(own: Settings, is_withdrawn_first: bool) -> None:
    async with application(own) as api:
        met = await meeting(await World.build(api))
        first, second = (met.withdraw, met.record) if is_withdrawn_first else (met.record, met.withdraw)
        async with commits_held(own):
            one = asyncio.create_task(first())
            await somebody_waits(own)
            other = asyncio.create_task(second())
            await waiting(own, 2)
        answers = (await one, await other)
        assert answers == ((200, 422) if is_withdrawn_first else (201, 409))
        assert await met.stands() is not is_withdrawn_first
