"""Remote records keep what stood, and stay as they are once the session is over."""

from uuid import UUID

import pytest

from integration_api.access.reads import StartAgain
from integration_api.core.ids import new_id
from integration_api.resources.care.remote_sessions.operations import UPDATE_REMOTE_SESSION
from integration_api.resources.care.remote_sessions.schemas import RemoteRecord
from integration_api.resources.care.remote_sessions.service import update_remote_session
from integration_api.web.errors import StaleVersion
from tests.factories.discharges import overridden
from tests.factories.doses import dose
from tests.factories.notes import supervisor_of
from tests.factories.reflections import work_of
from tests.factories.remote_sessions import RECORD, home_session, remote_record
from tests.factories.sessions import move, session
from tests.support import Api, Json, Person, World


async def recorded(world: World) -> tuple[Person, Json]:
    """A therapist and a session at home."""
    therapist = await world.therapist()
    return therapist, await home_session(therapist, world.chart_id(await world.patient_of(therapist)))


async def versions(person: Person, made: Json, expect: int = 200) -> list[Json]:
    found = await person.get(f"/sessions/{made['id']}/remote/versions", expect=expect)
    return list(found.get("items", []))


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/sessions/{new_id()}/remote/versions")).status_code == 401


async def test_a_record_keeps_what_stood_before_each_change(world: World) -> None:
    therapist, made = await recorded(world)
    assert await versions(therapist, made) == []
    for version, address in ((1, "2 Hill Road"), (2, "3 Dale Road")):
        world.api.clock.advance(minutes=1)
        await remote_record(therapist, made, version, emergency_address=address)
    found = await versions(therapist, made)
    addresses = ["2 Hill Road", RECORD["emergency_address"]]
    assert [(one["version"], one["emergency_address"]) for one in found] == list(zip((2, 1), addresses, strict=True))
    assert [(one["id"], one["observer"], one["updated_by_id"]) for one in found] == [
        (made["id"], RECORD["observer"], therapist.id)
    ] * 2
    assert found[1]["kept_at"] == found[0]["updated_at"]
    first = await therapist.get(f"/sessions/{made['id']}/remote/versions", params={"limit": 1})
    second = await therapist.get(
        f"/sessions/{made['id']}/remote/versions", params={"limit": 1, "cursor": first["next_cursor"]}
    )
    assert first["items"] + second["items"] == found


async def test_who_reads_the_versions(world: World) -> None:
    therapist, made = await recorded(world)
    await remote_record(therapist, made, 1)
    supervisor = await supervisor_of(world, therapist, made["patient_id"])
    assert len(await versions(supervisor, made)) == 1
    await versions(await world.therapist(), made, expect=404)
    await versions(world.admin, made, expect=403)


async def test_a_change_that_is_refused_keeps_nothing(world: World) -> None:
    therapist, made = await recorded(world)
    await therapist.put(f"/sessions/{made['id']}/remote", RECORD, match=7, expect=412)
    work = work_of(therapist, UPDATE_REMOTE_SESSION)
    await update_remote_session(work, UUID(made["id"]), RemoteRecord(), 1)
    await remote_record(therapist, made, 1)
    with pytest.raises(StaleVersion):
        await work.apply()
    assert len(await versions(therapist, made)) == 1


@pytest.mark.parametrize("step", ["complete", "cancel", "no-show"])
async def test_after_the_end_the_record_stays_as_it_is(world: World, step: str) -> None:
    therapist, made = await recorded(world)
    if step == "no-show":
        made = await session(therapist, made["patient_id"], phase="dosing", modality="telehealth")
        await remote_record(therapist, made)
    if step == "complete":
        await dose(therapist, made)
        await overridden(therapist, made)
    now = await therapist.get(f"/sessions/{made['id']}")
    work = work_of(therapist, UPDATE_REMOTE_SESSION)
    await update_remote_session(work, UUID(made["id"]), RemoteRecord(), 1)
    await move(therapist, now, step, **({"reason": "Moved"} if step != "complete" else {}))
    with pytest.raises(StartAgain):  # and then it is told so
        await work.apply()
    refused = await therapist.put(f"/sessions/{made['id']}/remote", RECORD, match=1, expect=409)
    assert refused["code"] == "session-closed"
    assert await versions(therapist, made) == []
    assert (await therapist.get(f"/sessions/{made['id']}/remote"))["version"] == 1
