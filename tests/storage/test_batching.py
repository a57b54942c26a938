"""Work that shares a flight."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise

import pytest

from integration_api.storage.batching import ANSWERED_TOGETHER, Batches
from integration_api.storage.database import DatabaseDown
from tests.waiting import STUCK_SECONDS


async def test_who_waits_behind_a_flight_that_does_not_land_is_told() -> None:
    begun, lands = asyncio.Event(), asyncio.Event()
    flown: list[int] = []

    async def fly(_kind: str, items: Sequence[int]) -> list[int]:
        flown.extend(items)
        begun.set()
        await lands.wait()
        return list(items)

    batches: Batches[int, int] = Batches(fly, 1, 1, max_wait_seconds=0.01)
    first = asyncio.create_task(batches.do("kind", 1))
    await begun.wait()
    async with asyncio.timeout(STUCK_SECONDS):
        ended = await asyncio.gather(*(batches.do("kind", item) for item in (2, 3)), return_exceptions=True)
    assert [type(end) for end in ended] == [DatabaseDown, DatabaseDown]
    lands.set()
    assert (await first, await batches.do("kind", 4)) == (1, 4)
    assert flown == [1, 4]


async def test_who_comes_when_too_many_wait_is_told_at_once() -> None:
    async def fly(_kind: str, items: Sequence[int]) -> list[int]:
        return list(items)

    batches: Batches[int, int] = Batches(fly, 1, 1, max_wait_seconds=STUCK_SECONDS, max_waiting=2)
    waiting = [asyncio.ensure_future(batches.do("kind", item)) for item in (1, 2, 3)]
    with pytest.raises(DatabaseDown):
        await waiting[2]
    assert [await answer for answer in waiting[:2]] == [1, 2]


async def test_a_kind_is_forgotten_once_nothing_of_it_is_under_way() -> None:
    """There are as many kinds as shapes of changes, and no end of those."""

    async def fly(_kind: int, items: Sequence[int]) -> list[int]:
        await asyncio.sleep(0)
        return list(items)

    batches: Batches[int, int] = Batches(fly, 2, 2, max_wait_seconds=STUCK_SECONDS)
    asked = [batches.do(kind % 50, kind) for kind in range(500)]
    assert await asyncio.gather(*asked) == list(range(500))
    await batches.end()
    assert not batches._queues


async def test_of_a_large_batch_few_get_their_result_in_one_turn() -> None:
    """Each result wakes a request that makes its response: others have their turn in between."""

    async def fly(_kind: str, items: Sequence[int]) -> list[int]:
        return list(items)

    batches: Batches[int, int] = Batches(fly, 100, 1)
    answered, seen = list[int](), [0]

    async def ask(item: int) -> None:
        answered.append(await batches.do("kind", item))

    asked = [asyncio.ensure_future(ask(item)) for item in range(50)]
    while len(answered) < len(asked):
        await asyncio.sleep(0)
        seen.append(len(answered))
    assert max(after - before for before, after in pairwise(seen)) == ANSWERED_TOGETHER
    assert answered == list(range(50))
