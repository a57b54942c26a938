"""Webhooks of several processes: each message is claimed once, and none is lost if a process ends."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from integration_api.app import sealer_of
from integration_api.resources.delivery.webhooks.job import MAX_OF_ONE, Job
from integration_api.resources.delivery.webhooks.sender import Sender
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown
from tests.applications import MASTER_KEY, application, settings_of
from tests.databases import migrated_sqlite
from tests.factories.feeds import seal
from tests.factories.receivers import Receiver, program, receiving, status
from tests.factories.sessions import session
from tests.serving import Server, environment
from tests.support import Api, Json, World
from tests.waiting import until_async


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


async def hook_with(world: World, receiver: Receiver, messages: int) -> Json:
    """A webhook, and so many things that changed since."""
    account = await program(world, ["session"])
    body = {"account_id": account["id"], "url": receiver.url, "kinds": ["session"]}
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    made: Json = await world.admin.post("/webhooks", body)
    for _ in range(messages):
        await session(therapist, world.chart_id(patient))
    await seal(world)
    return made


def job_of(api: Api, receiver: Receiver) -> Job:
    return Job(api.runtime, Sender([receiver.host]))


async def drained(*jobs: Job) -> None:
    """All jobs at the same time, until none has anything to do."""
    while any(await asyncio.gather(*(job.turn() for job in jobs))):
        await asyncio.gather(*(job.pool.all_ended() for job in jobs))


async def test_two_processes_send_each_message_once(own: Settings, receiver: Receiver) -> None:
    own = own.model_copy(update={"webhook_test_hosts": (receiver.host,)})
    async with application(own) as api:
        await hook_with(await World.build(api), receiver, 12)
        if own.is_embedded:  # which one process serves: two jobs in it
            await drained(job_of(api, receiver), job_of(api, receiver))
        else:
            async with application(own, api.clock) as other:
                await drained(job_of(api, receiver), job_of(other, receiver))
    ids = [got.headers["webhook-id"] for got in receiver.got]
    assert len(ids) == len(set(ids)) == 12


async def test_a_message_that_was_sent_and_not_marked_is_sent_again(own: Settings, receiver: Receiver) -> None:
    own = own.model_copy(update={"webhook_test_hosts": (receiver.host,)})
    async with application(own) as api:
        world = await World.build(api)
        hook = await hook_with(world, receiver, 1)
        job = job_of(api, receiver)
        receiver.held.clear()
        assert await job.turn() == 1
        await until_async(lambda: receiver.got, "the message to arrive")
        job.pool.cancel()
        receiver.held.set()
        await job.pool.all_ended()
        assert await job.turn() == 0
        api.clock.advance(seconds=59)
        assert await job.turn() == 0
        api.clock.advance(seconds=2)
        await drained(job_of(api, receiver))
        assert len({got.headers["webhook-id"] for got in receiver.got}) == 1
        assert len(receiver.got) == 2
        log = (await world.admin.get(f"/webhooks/{hook['id']}/deliveries"))["items"]
        assert [(one["state"], one["attempts"]) for one in log] == [("delivered", 2)]


async def test_the_word_of_a_late_try_does_not_overwrite_a_later_one(own: Settings, receiver: Receiver) -> None:
    """The first process was only slow: its claim ran out, and another one has sent it meanwhile."""
    own = own.model_copy(update={"webhook_test_hosts": (receiver.host,)})
    async with application(own) as api:
        world = await World.build(api)
        hook = await hook_with(world, receiver, 1)
        slow, quick = job_of(api, receiver), job_of(api, receiver)
        held, receiver.held = receiver.held, asyncio.Event()
        receiver.answers = [status(500)]
        await slow.turn()
        await until_async(lambda: receiver.got, "the message to arrive")
        api.clock.advance(minutes=2)
        held, receiver.held = receiver.held, held
        await drained(quick)
        held.set()
        await slow.pool.all_ended()
        log = (await world.admin.get(f"/webhooks/{hook['id']}/deliveries"))["items"]
        assert [(one["state"], one["last_status"]) for one in log] == [("delivered", 204)]


async def test_a_database_that_is_away_loses_no_message(
    own: Settings, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = own.model_copy(update={"webhook_test_hosts": (receiver.host,)})
    async with application(own) as api:
        await hook_with(await World.build(api), receiver, 1)
        job = job_of(api, receiver)
        receiver.held.clear()
        await job.turn()
        await until_async(lambda: receiver.got, "the message to arrive")
        with monkeypatch.context() as away:
            away.setattr(api.runtime.database.driver, "apply", _down)
            receiver.held.set()
            await job.pool.all_ended()
        api.clock.advance(minutes=2)
        await drained(job)
        assert len(receiver.got) == 2


async def _down(*_: object) -> None:
    raise DatabaseDown


async def test_one_slow_receiver_leaves_room_for_the_others(own: Settings, receiver: Receiver) -> None:
    async with receiving() as other:
        own = own.model_copy(update={"webhook_test_hosts": (receiver.host, other.host)})
        async with application(own) as api:
            world = await World.build(api)
            await hook_with(world, receiver, 10)
            await hook_with(world, other, 2)
            job = Job(api.runtime, Sender([receiver.host, other.host]))
            receiver.held.clear()
            await job.turn()
            await until_async(lambda: len(other.got) == 2, "the other receiver to be told")
            assert len(receiver.got) <= MAX_OF_ONE
            receiver.held.set()
            await job.pool.all_ended()


async def test_who_is_gone_is_sent_nothing_of_what_waits(own: Settings, receiver: Receiver) -> None:
    own = own.model_copy(update={"webhook_test_hosts": (receiver.host,)})
    async with application(own) as api:
        world = await World.build(api)
        hook = await hook_with(world, receiver, 3 * MAX_OF_ONE)
        receiver.answers = [status(410)] * MAX_OF_ONE
        await drained(job_of(api, receiver))
        assert 1 <= len(receiver.got) <= MAX_OF_ONE  # the others may learn of it before they begin
        log = (await world.admin.get(f"/webhooks/{hook['id']}/deliveries"))["items"]
        assert {one["state"] for one in log} == {"pending"}
        assert [one["attempts"] for one in log].count(0) >= MAX_OF_ONE


async def test_a_server_that_is_killed_between_sending_and_marking(tmp_path: Path, receiver: Receiver) -> None:
    settings = settings_of(tmp_path).model_copy(update={"webhook_test_hosts": (receiver.host,)})
    migrated_sqlite(settings.sqlite_path)
    async with application(settings) as api:
        await hook_with(await World.build(api), receiver, 1)
    receiver.held.clear()
    env = environment(
        tmp_path,
        INTEGRATION_API_MASTER_KEY=MASTER_KEY.get_secret_value(),
        INTEGRATION_API_WEBHOOK_TEST_HOSTS=receiver.host,
    )
    server = Server(env)
    await asyncio.to_thread(server.start)
    await until_async(lambda: receiver.got, "the server to send the message")
    await asyncio.to_thread(server.kill)
    receiver.held.set()
    async with application(settings) as api:
        api.clock.advance(hours=1)
        await sealer_of(api.runtime).seal_all(timedelta(minutes=10))
        await drained(job_of(api, receiver))
    assert len(receiver.got) == 2
    assert len({got.headers["webhook-id"] for got in receiver.got}) == 1
