"""Registers under two writers, and under any sequence of entries: the balance is the sum, and never below zero."""

import asyncio
from itertools import accumulate
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration_api.access.reads import StartAgain
from integration_api.resources.care.custody import operations, register_entries
from integration_api.resources.care.custody.rules import (
    EntryKind,
    Stock,
    after,
    change_of,
    from_milli,
    to_milli,
)
from integration_api.resources.care.custody.schemas import CustodyEntryCreate
from tests.factories.custody import balance, container, entered, register
from tests.factories.reflections import work_of
from tests.support import World

ENTRIES = st.lists(
    st.tuples(st.sampled_from([EntryKind.RECEIVED, EntryKind.WASTED, EntryKind.ADJUSTED]), st.integers(1, 5000)),
    max_size=30,
)


async def test_of_two_at_once_the_second_stands_on_the_first(world: World) -> None:
    """Each alone would leave something; both would take more than there is."""
    made, therapist, other = await container(world.admin), await world.therapist(), await world.therapist()
    path, body = f"/custody-containers/{made['id']}/entries", {"kind": "wasted", "amount": 6, "reason": "Broken."}
    answers = await asyncio.gather(*(person.send("POST", path, body) for person in (therapist, other)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert await balance(therapist, made) == 4


async def test_two_at_once_that_fit_are_both_kept(world: World) -> None:
    made, therapist, other = await container(world.admin), await world.therapist(), await world.therapist()
    path, body = f"/custody-containers/{made['id']}/entries", {"kind": "wasted", "amount": 3, "reason": "Broken."}
    answers = await asyncio.gather(*(person.send("POST", path, body) for person in (therapist, other)))
    assert [answer.status_code for answer in answers] == [201, 201]
    assert [row["balance"] for row in await register(therapist, made)] == [10, 7, 4]


async def test_transfers_against_each_other_keep_the_sum(world: World) -> None:
    one, two, therapist = await container(world.admin), await container(world.admin), await world.therapist()
    bodies = [
        (made, {"kind": "transferred_out", "amount": 1, "to_container_id": to["id"]})
        for made, to in ((one, two), (two, one))
    ]
    sent = (therapist.send("POST", f"/custody-containers/{made['id']}/entries", body) for made, body in bodies)
    answers = await asyncio.gather(*sent)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert await balance(therapist, one) + await balance(therapist, two) == 20


async def test_an_entry_comes_between(world: World) -> None:
    made, therapist = await container(world.admin), await world.therapist()
    work = work_of(therapist, operations.RECORD_CUSTODY_ENTRY)
    body = CustodyEntryCreate(kind=EntryKind.WASTED, amount=6, reason="Broken.")
    await register_entries.record_custody_entry(work, UUID(made["id"]), body)
    await entered(therapist, made, "wasted", 6)
    with pytest.raises(StartAgain):
        await work.apply()
    assert await balance(therapist, made) == 4


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES, st.integers(0, 10_000))
def test_any_sequence_is_the_sum_of_what_was_kept(entries: list[tuple[EntryKind, int]], opening: int) -> None:
    stock, kept = Stock(opening), [opening]
    for kind, amount in entries:
        signed = -amount if kind is EntryKind.ADJUSTED and amount % 2 else amount
        change = change_of(kind, signed)
        found = after(stock, kind, change)
        assert (found is None) is (sum(kept) + change < 0)
        if found is not None:
            stock, kept = found, [*kept, change]
        assert stock.balance_milli == sum(kept) >= 0


@given(st.integers(-1_000_000_000, 1_000_000_000))
def test_an_amount_comes_back_as_it_was(milli: int) -> None:
    assert to_milli(from_milli(milli)) == milli


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
async def test_a_register_is_the_sum_of_its_entries(world: World, seed: int) -> None:
    """Over HTTP, whatever comes; what does not fit is refused and leaves nothing."""
    entries = st_example(seed)
    made, therapist = await container(world.admin, 5), await world.therapist()
    expected = [5000]
    for kind, amount in entries:
        change = change_of(kind, amount)
        fits = sum(expected) + change >= 0
        await entered(therapist, made, kind, from_milli(amount), expect=201 if fits else 409)
        expected += [change] if fits else []
    rows = await register(therapist, made)
    assert [to_milli(row["balance"]) for row in rows] == list(accumulate(expected))
    assert [row["number"] for row in rows] == list(range(1, len(expected) + 1))
    assert await balance(therapist, made) == from_milli(sum(expected)) >= 0


def st_example(seed: int) -> list[tuple[EntryKind, int]]:
    """A long sequence of entries; the same for the same seed."""
    chance = Random(seed)
    kinds = (EntryKind.RECEIVED, EntryKind.WASTED, EntryKind.ADJUSTED, EntryKind.DESTROYED)
    return [
        (kind, chance.randint(-4000, 4000) or 1 if kind is EntryKind.ADJUSTED else chance.randint(1, 4000))
        for kind in chance.choices(kinds, k=20)
    ]
