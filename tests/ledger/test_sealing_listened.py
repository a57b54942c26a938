"""A clinic whose feed somebody reads is sealed each second, not at the pace of the others."""

import asyncio
from datetime import timedelta

import pytest

from integration_api.app import sealer_of
from integration_api.ledger import sealer as sealer_module
from integration_api.ledger.sealer import LISTENED_FOR
from tests.ledger.test_sealing import add, seals
from tests.support import Api, World
from tests.waiting import STUCK_SECONDS, until_async

TICK_SECONDS = 0.02
NEVER_SECONDS = 1000 * STUCK_SECONDS


async def test_a_poll_and_a_stream_are_listening(world: World) -> None:
    therapist, listened = await world.therapist(), world.api.runtime.listened
    listened.pop(world.clinic_id, None)
    await therapist.get("/me")
    assert world.clinic_id not in listened
    await therapist.get("/changes")
    assert world.clinic_id in listened


async def test_who_is_listened_to_is_sealed_before_the_others(
    api: Api, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await World.build(api)
    quiet = await World.build(api)
    monkeypatch.setattr(sealer_module, "LISTENED_SECONDS", TICK_SECONDS)
    clinics, ending = (world.clinic_id, other.clinic_id, quiet.clinic_id), asyncio.Event()
    for clinic_id in clinics:
        await add(api, clinic_id, 3)
    long_ago = api.clock() - LISTENED_FOR - timedelta(seconds=1)
    listened = {world.clinic_id: api.clock(), other.clinic_id: long_ago}

    async def is_sealed() -> bool:
        return len(await seals(api, world.clinic_id)) > 0

    task = asyncio.create_task(sealer_of(api.runtime).run(set(clinics), NEVER_SECONDS, ending, listened))
    try:
        await until_async(is_sealed, "the clinic that somebody listens to to be sealed")
        await add(api, world.clinic_id)
        api.clock.advance(seconds=1)
        await until_async(lambda: is_second(api, world), "what was written since to be sealed too")
        assert [await seals(api, clinic_id) for clinic_id in clinics[1:]] == [[], []], "they wait for their pass"
    finally:
        ending.set()
        await task


async def is_second(api: Api, world: World) -> bool:
    """Whether there are two seals."""
    return len(await seals(api, world.clinic_id)) > 1
