"""Going along the roster: who is told of what is urgent, in which order, and R36 if the chain itself fails."""

import asyncio
from collections.abc import Callable

import pytest

from integration_api.resources.attention.notifications.rules import SENTENCES, NotificationKind
from tests.factories.chains import Chain, staffed
from tests.factories.receivers import status
from tests.factories.roster import chosen, log, shift
from tests.waiting import until_async

NEEDED, NOBODY = SENTENCES[NotificationKind.URGENT_TASK], SENTENCES[NotificationKind.CHAIN_FAILED]


async def test_the_next_are_told_only_if_nobody_took_it_in_time(chain: Chain) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert chain.paged() == ["primary"]
    await chain.wait(minutes=14)
    assert chain.paged() == ["primary"]
    await chain.wait(minutes=1)
    assert chain.paged() == ["primary", "backup"]
    await chain.wait(minutes=15)
    assert chain.paged() == ["primary", "backup", "owner"]
    assert await chain.incidents() == []
    await chain.wait(minutes=15)
    assert chain.paged() == ["primary", "backup", "owner"]
    assert await chain.incidents() == ["nobody_answered"]
    notices = (await chain.world.admin.get("/notices"))["items"]
    assert [one["event"] for one in notices].count("roster.chain_failed") == 1


async def test_who_takes_it_ends_the_chain(chain: Chain) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    await chain.send()
    await chain.answer()
    for _ in range(4):
        await chain.wait(minutes=15)
    assert (chain.paged(), await chain.incidents()) == (["primary"], [])


async def test_asking_again_pages_nobody_twice_and_a_new_call_begins_anew(chain: Chain) -> None:
    await staffed(chain)
    for _ in range(3):
        await chain.patient.post("/help", expect=200)
    await chain.send()
    assert chain.paged() == ["primary"]
    await chain.answer()
    for _ in range(2):  # long before the first call would have gone on
        await chain.wait(minutes=2)
        await chain.patient.post("/help", expect=200)
    await chain.send()
    assert chain.paged() == ["primary", "primary"]
    await chain.wait(minutes=11)  # when the first one would have gone on
    assert chain.paged() == ["primary", "primary"]
    await chain.wait(minutes=2)
    assert chain.paged() == ["primary", "primary", "backup"]


async def test_if_nobody_is_on_call_the_owner_is_told_at_once(chain: Chain) -> None:
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert chain.paged() == ["owner"]
    assert NOBODY in chain.pager.got[0].body.decode()
    assert await chain.incidents() == ["nobody_on_call"]


async def test_with_a_backup_alone_the_backup_is_told_at_once(chain: Chain) -> None:
    await shift(chain.world.admin, chain.backup, rank="backup")
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert (chain.paged(), await chain.incidents()) == (["backup"], [])
    assert NEEDED in chain.pager.got[0].body.decode()


async def test_a_delivery_that_fails_is_seen_and_the_next_are_told_at_once(chain: Chain) -> None:
    """R36."""
    await staffed(chain)
    chain.pager.answers = [status(500)]
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert chain.paged() == ["primary", "backup"]
    assert await chain.incidents() == ["delivery_failed"]
    await chain.wait(seconds=6)  # and the primary is tried again
    assert chain.paged() == ["primary", "backup", "primary"]
    assert sorted(one[1] for one in await log(chain.world)) == ["delivered", "delivered"]


async def test_who_has_no_channel_counts_as_not_reached(chain: Chain) -> None:
    colleague = await chain.world.therapist()
    await shift(chain.world.admin, colleague)
    await shift(chain.world.admin, chain.backup, rank="backup")
    await chain.patient.post("/help", expect=200)
    await chain.send()
    assert chain.paged() == ["backup"]
    assert await chain.incidents() == ["delivery_failed"]
    assert ("urgent_task", "pending", None, "no_channel") in await log(chain.world)


async def test_the_admins_are_told_once_of_a_gap_before_it_comes(chain: Chain) -> None:
    await shift(chain.world.admin, chain.primary, last_on="2026-11-30")
    await chosen(chain.world.admin, "roster_gap")
    for _ in range(3):
        await chain.wait(minutes=2)
    assert await chain.incidents() == ["gap_ahead"]
    assert chain.paged() == ["owner"]
    [incident] = (await chain.world.admin.get("/clinic/roster"))["incidents"]
    assert incident["starts_at"] == "2026-12-01T05:00:00Z"
    notices = (await chain.world.admin.get("/notices"))["items"]
    assert [one["event"] for one in notices].count("roster.gap_ahead") == 1


async def test_two_processes_page_each_person_once(chain: Chain) -> None:
    await staffed(chain)
    patients = [await chain.world.patient_of(chain.primary) for _ in range(6)]
    for patient in patients:
        await patient.post("/help", expect=200)
    busy = True
    while busy:
        busy = any(await asyncio.gather(*(courier.turn() for courier in chain.couriers)))
        await asyncio.gather(*(courier.all_ended() for courier in chain.couriers))
    assert chain.paged() == ["primary"] * 6
    names = [got.headers["webhook-id"] for got in chain.pager.got]
    assert len(set(names)) == 6


async def test_a_call_for_help_does_not_wait_for_the_roster(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    """A patient is answered, and the task is open, although the job does not run at all."""
    said = await chain.patient.post("/help", expect=200)
    assert said["told"] == "team"
    assert [task["kind"] for task in (await chain.primary.get("/worklist"))["items"]] == ["flag_raised"]
    assert chain.paged() == []


async def test_what_was_sent_and_not_marked_is_sent_again(chain: Chain) -> None:
    await staffed(chain)
    await chain.patient.post("/help", expect=200)
    chain.pager.held.clear()
    courier = chain.couriers[0]
    await courier.turn()
    arrived: Callable[[], object] = lambda: chain.pager.got  # noqa: E731  named for its type
    await until_async(arrived, "the message to arrive")
    await courier.stop()
    chain.pager.held.set()
    await chain.send()
    assert chain.paged() == ["primary"]
    await chain.wait(seconds=61)
    assert chain.paged() == ["primary", "primary"]
