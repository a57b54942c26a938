"""Refresh tokens that are behind: a lost answer costs no sign-in, a replay does (ADR 30)."""

import pytest

from integration_api.access.actor import Role
from integration_api.resources.people.sign_in.rules import OTHER_WINDOW
from tests.factories.factors import invite, sign_in
from tests.support import Api, Json, World

WINDOW = {"seconds": OTHER_WINDOW.total_seconds()}


async def refresh(api: Api, pair: Json, expect: int = 201) -> Json:
    """The body of an answer to refreshing."""
    answer = await api.send("POST", "/auth/tokens/refresh", json={"refresh_token": pair["refresh_token"]})
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def events(world: World) -> list[str]:
    """Return the ledger rows about refreshing, newest first."""
    world.api.clock.reset()
    auditor = await world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"limit": 100}))["items"]
    return [row["event"] for row in rows if row["event"].startswith("auth.refresh_")]


async def chain(world: World, length: int) -> list[Json]:
    """The pairs of one sign-in, each got with the one before."""
    pairs = [await sign_in(world.api, (await invite(world))[0])]
    while len(pairs) < length:
        pairs.append(await refresh(world.api, pairs[-1]))
    return pairs


@pytest.mark.parametrize("minutes", [0, 1, 59])
async def test_a_lost_answer_is_given_again_until_its_successor_was_used(world: World, minutes: int) -> None:
    first, lost = await chain(world, 2)
    world.api.clock.advance(minutes=minutes)
    again = await refresh(world.api, first)
    assert again["refresh_token"] == lost["refresh_token"]
    await refresh(world.api, again)
    assert await events(world) == []


async def test_a_lost_answer_does_not_keep_a_sign_in_from_ending(world: World) -> None:
    """Asking again is no use of the successor: the time left alone goes on."""
    first, _ = await chain(world, 2)
    world.api.clock.advance(minutes=40)
    await refresh(world.api, first)
    world.api.clock.advance(minutes=20)
    assert (await refresh(world.api, first, expect=401))["code"] == "sign-in-ended"


async def test_a_window_two_tokens_behind_is_refused_and_ends_nothing(world: World) -> None:
    first, _, newest = await chain(world, 3)
    world.api.clock.advance(**WINDOW)
    world.api.clock.advance(seconds=-5)
    for _ in range(2):
        refused = await refresh(world.api, first, expect=401)
        assert refused["code"] == "refresh-token-spent"
    await refresh(world.api, newest)
    assert await events(world) == ["auth.refresh_spent"] * 2


async def test_a_window_that_slept_longer_looks_like_a_thief(world: World) -> None:
    first, _, newest = await chain(world, 3)
    world.api.clock.advance(**WINDOW)
    world.api.clock.advance(seconds=1)
    assert (await refresh(world.api, first, expect=401))["code"] == "refresh-token-spent"
    assert (await refresh(world.api, newest, expect=401))["code"] == "sign-in-ended"
    assert await events(world) == ["auth.refresh_reused"]


async def test_a_thief_who_goes_on_is_found_by_the_owner_s_old_token(world: World) -> None:
    """And the other way round: whoever is left behind ends the sign-in for both."""
    stolen, *_, of_the_thief = await chain(world, 4)
    assert (await refresh(world.api, stolen, expect=401))["code"] == "refresh-token-spent"
    assert (await refresh(world.api, of_the_thief, expect=401))["code"] == "sign-in-ended"
    assert await events(world) == ["auth.refresh_reused"]
