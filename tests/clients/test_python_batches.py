"""The Python client carries its offline queue in batches, by the operations that they are."""

import pytest

from integration_journal import FOLLOWING, OfflineQueue, State, models, new_id, operations
from integration_journal.batches import BATCHED, Batches
from tests.clients.networks import Phone, draft, phone, texts
from tests.support import World

SYNC = "/v1/sync"


async def offline(world: World) -> Phone:
    """A signed-in phone without a network, which sends in batches."""
    device = await phone(world, queue=OfflineQueue(), carrier=Batches())
    device.network.is_down = True
    return device


@pytest.mark.thorough
async def test_fifty_writes_are_one_request_and_a_lost_answer_doubles_none(world: World) -> None:
    device = await offline(world)
    for number in range(50):
        await device.journal.keep(draft(f"Evening {number}"))
    device.network.is_down = False
    device.network.lose_answers("POST", SYNC)
    assert (await device.journal.send_kept()).unsent == 50
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent) == (50, 0)
    assert device.network.sent("POST", SYNC) == 2
    assert await texts(device) == [f"Evening {number}" for number in range(50)]


async def test_chains_and_refusals_are_as_they_are_alone(world: World) -> None:
    device = await offline(world)
    refused = await device.journal.keep(draft("Refused", session_id=new_id()))
    made = await device.journal.keep(draft("First"))
    assert made.thing is not None
    change = models.ReflectionUpdate(text="Second")
    await device.journal.keep(operations.update_reflection(made.thing, change, if_match=FOLLOWING))
    submit = models.ReflectionSubmit(share=True)
    await device.journal.keep(operations.submit_reflection(made.thing, submit, if_match=FOLLOWING))
    device.network.is_down = False
    report = await device.journal.send_kept()
    assert (report.sent, report.needs_you, report.unsent) == (3, 1, 1)
    assert device.journal.queue.entry(refused.key).state == State.NEEDS_YOU
    assert await texts(device) == ["Second"]


@pytest.mark.thorough
async def test_both_texts_of_two_phones_are_kept_and_shown(world: World) -> None:
    """In a batch and alone: the second text stands beside the first, and a person looks at both."""
    for carrier in (Batches(), None):
        device = await phone(world, queue=OfflineQueue(), **({"carrier": carrier} if carrier else {}))
        made = (await device.journal.send(draft("First"))).value
        elsewhere = models.ReflectionUpdate(text="On the other phone")
        await device.journal.send(operations.update_reflection(made.id, elsewhere, if_match=1))
        mine = models.ReflectionUpdate(text="On this phone")
        request = operations.update_reflection(made.id, mine, if_match=1, on_conflict="keep_both")
        await device.journal.keep(request)
        device.network.lose_answers("POST" if carrier else "PATCH", SYNC if carrier else "/v1/reflections")
        await device.journal.send_kept()
        report = await device.journal.send_kept()
        assert (report.kept_both, report.unsent, report.needs_you) == (1, 0, 0)
        assert sorted(map(str, await texts(device))) == ["On the other phone", "On this phone"]
        assert device.journal.account is not None
        [entry] = device.journal.queue.entries(device.journal.account, State.KEPT_BOTH)
        device.journal.queue.seen(entry.key)
        assert device.journal.queue.entries(device.journal.account) == []


async def test_what_a_batch_may_not_hold_goes_alone(world: World) -> None:
    device = await offline(world)
    assert "ask_for_help" not in BATCHED
    await device.journal.keep(draft("Before"))
    await device.journal.keep(operations.ask_for_help())
    await device.journal.keep(draft("After"))
    device.network.is_down = False
    assert (await device.journal.send_kept()).sent == 3
    assert device.network.sent("POST", "/v1/help") == 1
