"""The live stream: who is told of what, when it ends, and how many there may be."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from integration_api.access.actor import Role
from integration_api.ledger.watch import Watch
from integration_api.resources.delivery.stream import service
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown
from tests.applications import application
from tests.factories.care_teams import join
from tests.factories.feeds import Client, client, seal
from tests.factories.reflections import draft as reflection
from tests.factories.reflections import submitted
from tests.factories.sessions import session
from tests.factories.streams import listening
from tests.support import Api, Person, World


@pytest.fixture
async def therapist(world: World) -> Person:
    return await world.therapist()


@pytest.fixture
async def patient(world: World, therapist: Person) -> Person:
    made = await world.patient_of(therapist)
    await seal(world)
    return made


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/events")).status_code == 401


async def test_it_is_a_stream_that_no_proxy_keeps_back(therapist: Person) -> None:
    async with listening(therapist) as stream:
        assert stream.head["status"] == 200
        assert stream.head["content-type"] == "text/event-stream; charset=utf-8"
        assert stream.head["x-accel-buffering"] == "no"
        assert stream.head["cache-control"] == "no-store"
        assert "content-length" not in stream.head
        assert stream.text.startswith("retry: 2000\nid: ")
        await asyncio.sleep(0)
    assert stream.end is None


async def test_head_gets_the_head_alone(therapist: Person) -> None:
    answer = await therapist.send("HEAD", "/events")
    assert (answer.status_code, answer.content) == (200, b"")
    assert therapist.api.runtime.watch._all == set()


async def test_a_session_is_told_to_patient_and_team_and_to_no_other(
    world: World, therapist: Person, patient: Person
) -> None:
    stranger = await world.therapist()
    async with AsyncExitStack() as stack:
        people = (therapist, patient, stranger, world.admin)
        streams = [await stack.enter_async_context(listening(person)) for person in people]
        made = await session(therapist, world.chart_id(patient))
        await seal(world)
        await streams[0].look()
        told = [stream.words("session") for stream in streams]
        assert told == [[(made["id"], "changed")], [(made["id"], "changed")], [], []]
        assert streams[0].items()[0] == (await Client(therapist).page())["items"][-1]


async def test_a_private_reflection_is_never_told_to_the_team(world: World, therapist: Person, patient: Person) -> None:
    async with listening(therapist) as staff, listening(patient) as own:
        made = await reflection(patient)
        await seal(world)
        await staff.look()
        assert own.words("reflection") == [(made["id"], "changed")]
        assert staff.items() == []
        shared = await submitted(patient, share=True)
        await seal(world)
        await staff.look()
        assert staff.words("reflection") == [(shared["id"], "changed")]
        await patient.post(f"/reflections/{shared['id']}/unshare", match=shared["version"], expect=200)
        await seal(world)
        await staff.look()
        assert staff.words("reflection")[1:] == [(shared["id"], "gone")]


async def test_a_chart_that_opens_is_listened_to_from_then_on(world: World, therapist: Person, patient: Person) -> None:
    other = await world.therapist()
    path = f"/patients/{world.chart_id(patient)}/care-team"
    async with listening(other) as stream:
        member = await therapist.post(path, {"account_id": other.id, "role": "therapist"})
        await seal(world)
        await stream.look()
        assert stream.words("chart") == [(world.chart_id(patient), "opened")]
        made = await session(therapist, world.chart_id(patient))
        await seal(world)
        await stream.look()
        assert (made["id"], "changed") in stream.words("session")
        await therapist.delete(f"{path}/{member['id']}", member["version"])
        await seal(world)
        await stream.look()
        assert stream.words("chart")[1:] == [(world.chart_id(patient), "closed")]
        seen = len(stream.items())
        await session(therapist, world.chart_id(patient))
        await seal(world)
        await stream.look()
        assert len(stream.items()) == seen


async def test_it_goes_on_after_the_last_event_and_after_the_feed(
    world: World, therapist: Person, patient: Person
) -> None:
    feed = await client(therapist)
    first = await session(therapist, world.chart_id(patient))
    await seal(world)
    async with listening(therapist, feed.cursor) as stream:
        assert stream.words("session") == [(first["id"], "changed")]
    second = await session(therapist, world.chart_id(patient))
    await seal(world)
    async with listening(therapist, stream.last_id) as again:
        assert again.words("session") == [(second["id"], "changed")]
    feed.cursor = again.last_id
    assert await feed.poll() == []


async def test_a_cursor_of_somebody_else_is_refused(world: World, therapist: Person) -> None:
    theirs = await client(await world.therapist())
    for cursor in (theirs.cursor, "AAAA"):
        answer = await therapist.send("GET", "/events", headers={"Last-Event-ID": str(cursor)})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "header.Last-Event-ID"


async def test_it_ends_with_the_token_and_tells_nothing_after(world: World, therapist: Person, patient: Person) -> None:
    async with listening(therapist) as stream:
        await session(therapist, world.chart_id(patient))
        world.api.clock.advance(hours=2)
        await seal(world)
        assert await stream.told_end() == "token_over"
        assert stream.items() == []


async def test_it_ends_with_the_sign_in_and_tells_nothing_after(
    world: World, therapist: Person, patient: Person
) -> None:
    other = await world.therapist()
    await join(therapist, world.chart_id(patient), other)
    await seal(world)
    async with listening(therapist) as stream:
        await session(other, world.chart_id(patient))
        await therapist.delete("/me/sign-ins?this_one_too=true")
        await seal(world)
        assert await stream.told_end() == "sign_in_ended"
        assert stream.items() == []


async def test_a_sign_in_that_ends_ends_it_although_nothing_is_told(world: World, therapist: Person) -> None:
    await seal(world)
    async with listening(therapist) as stream:
        await therapist.delete(f"/me/sign-ins/{therapist.actor.sign_in_id}")
        await seal(world)
        assert await stream.told_end() == "sign_in_ended"


async def test_an_ended_sign_in_is_noticed_at_a_ping(therapist: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PING_SECONDS", 0.01)
    async with listening(therapist) as stream:
        await therapist.delete("/me/sign-ins?this_one_too=true")
        assert await stream.ended() == "sign_in_ended"


async def test_who_is_too_far_behind_reads_the_feed(
    world: World, therapist: Person, patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MAX_BEHIND", 1)
    feed = await client(therapist)
    for _ in range(2):
        await session(therapist, world.chart_id(patient))
    await seal(world)
    async with listening(therapist, feed.cursor) as stream:
        assert await stream.told_end() == "too_far_behind"
        assert stream.items() == []
    feed.cursor = stream.last_id
    assert len(await feed.poll()) >= 2


async def test_three_of_a_sign_in_and_no_more(therapist: Person) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(3):
            await stack.enter_async_context(listening(therapist))
        answer = await therapist.send("GET", "/events")
        assert (answer.status_code, answer.json()["code"]) == (503, "too-many-streams")
        assert answer.headers["retry-after"] == "15"
    assert (await therapist.send("GET", "/events")).status_code == 200


async def test_of_many_who_begin_at_once_three_go_on(therapist: Person) -> None:
    watch = therapist.api.runtime.watch
    held = [asyncio.create_task(_held(therapist)) for _ in range(6)]
    ends = [await task for task in held]
    assert sum(end in ("too_many", 503) for end in ends) <= 3
    assert watch._all == set()


async def _held(person: Person) -> object:
    async with listening(person) as stream:
        assert len(person.api.runtime.watch._all) <= 3
        return stream.end if stream.head["status"] == 200 else stream.head["status"]


async def test_a_process_keeps_as_many_as_it_is_set_to(own: Settings) -> None:
    async with application(own.model_copy(update={"max_streams": 1})) as api:
        world = await World.build(api)
        async with listening(await world.therapist()):
            answer = await world.admin.send("GET", "/events")
            assert (answer.status_code, answer.json()["code"]) == (503, "too-many-streams")


async def test_a_look_that_fails_loses_nothing(
    world: World, therapist: Person, patient: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(therapist) as stream:
        made = await session(therapist, world.chart_id(patient))
        await seal(world)
        with monkeypatch.context() as broken:
            broken.setattr(world.api.runtime.database.driver, "read", _down)
            await world.api.runtime.watch.look()
        await stream.look()
        assert stream.words("session") == [(made["id"], "changed")]


async def _down(*_: object) -> None:
    raise DatabaseDown


async def test_the_application_ends_its_streams(own: Settings) -> None:
    async with AsyncExitStack() as stack:
        async with application(own) as api:
            world = await World.build(api)
            stream = await stack.enter_async_context(listening(await world.therapist()))
        assert await stream.ended() == "server_stops"


async def test_a_stream_is_one_row_in_the_ledger(world: World, therapist: Person) -> None:
    async with listening(therapist):
        pass
    auditor = await world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"event": "event.streamed"}))["items"]
    assert [row["actor_id"] for row in rows] == [therapist.id]


def test_nobody_is_left(api: Api) -> None:
    watch: Watch = api.runtime.watch
    assert (watch._all, watch._clinics, watch._of_sign_in) == (set(), {}, {})
