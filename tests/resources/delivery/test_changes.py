"""The change feed: who is told of what, and of nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest

from integration_api.app import sealer_of
from integration_api.ledger.watch import Watch, sealing_soon
from tests.factories.feeds import Client, client, seal
from tests.factories.reflections import draft as reflection
from tests.factories.reflections import submitted
from tests.factories.sessions import session
from tests.support import Api, Json, World


def words(told: list[Json], kind: str) -> list[tuple[str, str]]:
    """The id and the word of each change of one kind."""
    return [(item["id"], item["change"]) for item in told if item["kind"] == kind]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/changes")).status_code == 401


async def test_who_asks_again_is_told_without_waiting_for_the_next_pass(
    world: World, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    therapist = await world.therapist()
    asking = await client(therapist)
    seal_now = sealing_soon(sealer_of(api.runtime), api.runtime.written)
    watch = Watch(api.runtime.database, seal_now, 1)
    monkeypatch.setattr(api.runtime, "watch", watch)
    made = await therapist.post("/patients", {"name": "Wren Sample"})
    await watch.look()
    assert await asking.poll() == [], "nobody had asked: the place comes with the sealer's own pass"
    await watch.look()
    assert words(await asking.poll(), "chart") == [(made["id"], "opened")]


@pytest.mark.thorough
async def test_a_session_is_told_to_patient_and_team_and_to_no_other(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    stranger = await world.therapist()
    await seal(world)
    clients = [await client(person) for person in (therapist, patient, stranger, world.admin)]
    made = await session(therapist, world.chart_id(patient))
    await seal(world)
    told = [words(await one.poll(), "session") for one in clients]
    assert told == [[(made["id"], "changed")], [(made["id"], "changed")], [], []]
    assert [await one.poll() for one in clients] == [[], [], [], []]


@pytest.mark.thorough
async def test_a_private_reflection_is_never_told_to_the_team(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    staff, own = await client(therapist), await client(patient)
    made = await reflection(patient)
    await seal(world)
    assert words(await own.poll(), "reflection") == [(made["id"], "changed")]
    assert await staff.poll() == []
    handed_in = await submitted(patient, share=True)
    await seal(world)
    assert words(await staff.poll(), "reflection") == [(handed_in["id"], "changed")]
    await patient.post(f"/reflections/{handed_in['id']}/unshare", match=handed_in["version"], expect=200)
    await seal(world)
    assert words(await staff.poll(), "reflection") == [(handed_in["id"], "gone")]
    now = await patient.get(f"/reflections/{handed_in['id']}")
    await patient.patch(f"/reflections/{handed_in['id']}", {"text": "Mine again"}, now["version"])
    await seal(world)
    assert await staff.poll() == []
    assert words(await own.poll(), "reflection") == [(handed_in["id"], "changed")]


async def test_the_first_answer_names_each_thing_once_and_nothing_that_is_gone(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await reflection(patient)
    kept = await reflection(patient)
    await patient.delete(f"/reflections/{made['id']}", made["version"])
    await seal(world)
    fresh = Client(patient, limit=2)
    assert words(await fresh.poll(), "reflection") == [(kept["id"], "changed")]


async def test_a_chart_opens_and_closes(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await session(therapist, world.chart_id(patient))
    await seal(world)
    other = await world.therapist()
    staff = await client(other)
    path = f"/patients/{world.chart_id(patient)}/care-team"
    member = await therapist.post(path, {"account_id": other.id, "role": "therapist"})
    await seal(world)
    told = await staff.poll()
    assert words(told, "chart") == [(world.chart_id(patient), "opened")]
    assert staff.of("session") == {made["id"]}
    await therapist.delete(f"{path}/{member['id']}", member["version"])
    await seal(world)
    assert words(await staff.poll(), "chart") == [(world.chart_id(patient), "closed")]
    assert staff.of("session") == set()
    await session(therapist, world.chart_id(patient))
    await seal(world)
    assert [item["kind"] for item in await staff.poll() if item["patient_id"]] == []


async def test_a_cursor_of_somebody_else_is_refused(world: World) -> None:
    therapist = await world.therapist()
    await seal(world)
    mine = await client(therapist)
    theirs = Client(await world.therapist(), cursor=mine.cursor)
    await theirs.page(expect=422)
    mine.cursor = "AAAA"
    await mine.page(expect=422)
    await mine.page(expect=422, patient_id=str(uuid4()))


async def test_what_is_released_later_is_told_when_the_time_comes(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    staff = await client(therapist)
    release_at = (world.api.clock() + timedelta(minutes=20)).isoformat()
    later = await submitted(patient, share=True, release_at=release_at)
    taken_back = await submitted(patient, share=True, release_at=release_at)
    await seal(world)
    assert await staff.poll() == []
    path = f"/reflections/{taken_back['id']}/unshare"
    await patient.post(path, match=taken_back["version"], expect=200)
    world.api.clock.advance(minutes=30)
    for _ in range(3):  # of several processes, the second is refused by the key
        await seal(world)
    told = await staff.poll()
    assert words(told, "reflection") == [(later["id"], "changed")]
    assert words(told, "worklist") == [(world.chart_id(patient), "changed")]
    await seal(world)
    assert await staff.poll() == []


async def test_a_membership_that_lapses_closes_the_chart(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    other = await world.therapist()
    ends_at = (world.api.clock() + timedelta(minutes=20)).isoformat()
    body = {"account_id": other.id, "role": "therapist", "ends_at": ends_at}
    await therapist.post(f"/patients/{world.chart_id(patient)}/care-team", body)
    await seal(world)
    staff = await client(other)
    assert [until is not None for until in staff.charts.values()] == [True]
    world.api.clock.advance(minutes=30)
    assert await staff.poll() == []
    await seal(world)
    assert words(await staff.poll(), "chart") == [(world.chart_id(patient), "closed")]
    assert staff.of("session") == set()
