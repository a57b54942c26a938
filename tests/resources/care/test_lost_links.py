"""A link that is lost too long is a critical task (R26): after the first dose, until it is restored or all is over."""

import pytest

from tests.factories.discharges import discharge, overridden
from tests.factories.doses import dose
from tests.factories.readiness import AT_HOME, clear, dosing_session
from tests.factories.remote_sessions import home_session, link, observe, remote_record, support_token
from tests.factories.sessions import move
from tests.support import Json, Person, World, enter_again


async def at_home(world: World) -> tuple[Person, Json, str]:
    """A therapist, a session at home, and the token of its observer."""
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    return therapist, made, await support_token(therapist, made)


async def tell(
    world: World, person: Person, made: Json, token: str, change: str, which: str, *, by_staff: bool
) -> None:
    """An event of a link of now."""
    event = link(change, world.api.clock(), which)
    if by_staff:
        await person.post(f"/sessions/{made['id']}/link-events", {"items": [event]}, expect=200)
    else:
        await observe(world.api, token, events=[event])


async def waits(person: Person) -> list[Json]:
    found = (await person.get("/worklist", params={"limit": 100}))["items"]
    return [one for one in found if one["kind"] == "link_lost"]


@pytest.mark.parametrize("by_staff", [True, False])
async def test_a_link_that_is_lost_for_five_minutes_is_a_critical_task(world: World, by_staff: bool) -> None:
    """MAX_LINK_LOSS is 5 min. Source: clinical.md section 6, R26, POLICY."""
    therapist, made, token = await at_home(world)
    await dose(therapist, made)
    await tell(world, therapist, made, token, "lost", "video", by_staff=by_staff)
    world.api.clock.advance(minutes=4)
    assert await waits(therapist) == []
    await tell(world, therapist, made, token, "lost", "observer", by_staff=by_staff)
    world.api.clock.advance(minutes=2)
    [task] = await waits(therapist)
    assert (task["urgency"], task["subject_id"]) == ("critical", made["id"])
    await therapist.post(f"/worklist/{task['id']}/done", expect=409)
    await tell(world, therapist, made, token, "restored", "video", by_staff=by_staff)
    assert await waits(therapist) == []
    world.api.clock.advance(minutes=4)
    assert len(await waits(therapist)) == 1
    await tell(world, therapist, made, token, "restored", "observer", by_staff=by_staff)
    world.api.clock.advance(minutes=20)
    assert await waits(therapist) == []


@pytest.mark.parametrize("by_staff", [True, False])
async def test_no_task_of_a_link_after_the_patient_has_left(world: World, by_staff: bool) -> None:
    therapist, made, token = await at_home(world)
    await dose(therapist, made)
    await tell(world, therapist, made, token, "lost", "video", by_staff=by_staff)
    world.api.clock.advance(minutes=6)
    assert len(await waits(therapist)) == 1
    await discharge(therapist, made, discharged_at=world.api.clock().isoformat())
    assert await waits(therapist) == []
    await tell(world, therapist, made, token, "lost", "observer", by_staff=by_staff)
    world.api.clock.advance(minutes=6)
    assert await waits(therapist) == []


async def test_the_end_of_a_session_settles_a_lost_link(world: World) -> None:
    therapist, made, token = await at_home(world)
    await dose(therapist, made)
    await tell(world, therapist, made, token, "lost", "video", by_staff=False)
    await overridden(therapist, made)
    await move(therapist, await therapist.get(f"/sessions/{made['id']}"), "complete")
    world.api.clock.advance(minutes=6)
    await enter_again(therapist)
    assert await waits(therapist) == []


async def test_a_link_that_was_lost_before_the_dose_is_a_task_five_minutes_after_it(world: World) -> None:
    therapist, made, token = await at_home(world)
    await tell(world, therapist, made, token, "lost", "video", by_staff=False)
    world.api.clock.advance(minutes=4)
    await dose(therapist, made)
    world.api.clock.advance(minutes=4)
    assert await waits(therapist) == []
    world.api.clock.advance(minutes=2)
    assert len(await waits(therapist)) == 1


async def test_a_check_is_missed_too_if_the_remote_record_lacks_something(world: World) -> None:
    """R25: a dose at home and a remote record are enough; without a record there is nobody to look."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"remote_record": 0}}, clinic["version"])
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    sessions = [await dosing_session(therapist, chart, modality="telehealth") for _ in range(3)]
    before, after, never = sessions
    await remote_record(therapist, before, medical_on_call=None)
    for made in sessions:
        await clear(therapist, made, **{name.removeprefix("rd."): value for name, value in AT_HOME.items()})
        await dose(therapist, made)
    await remote_record(therapist, after, observer=None)
    world.api.clock.advance(minutes=21)
    found = (await therapist.get("/worklist", params={"limit": 100}))["items"]
    missed = {one["subject_id"] for one in found if one["kind"] == "observer_check_missed"}
    assert missed == {before["id"], after["id"]}
    assert never["id"] not in missed


async def missed(person: Person) -> list[str]:
    found = (await person.get("/worklist", params={"limit": 100}))["items"]
    return [one["subject_id"] for one in found if one["kind"] == "observer_check_missed"]


async def test_a_dose_that_was_no_dose_waits_for_no_check(world: World) -> None:
    therapist, made, _ = await at_home(world)
    given = [await dose(therapist, made), await dose(therapist, made, kind="booster")]
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == [made["id"]]
    for one, left in zip(given, ([made["id"]], []), strict=True):
        path = f"/sessions/{made['id']}/doses/{one['id']}/withdraw"
        await therapist.post(path, {"reason": "Another patient's."}, match=one["version"], expect=200)
        assert await missed(therapist) == left


async def test_what_needs_a_remote_record_says_so(world: World) -> None:
    therapist = await world.therapist()
    made = await dosing_session(therapist, world.chart_id(await world.patient_of(therapist)), modality="telehealth")
    path = f"/sessions/{made['id']}"
    refusals = [
        await therapist.post(f"{path}/support-token", {}, expect=409),
        await therapist.get(f"{path}/observer-watch", expect=409),
        await therapist.post(f"{path}/link-events", {"items": [link("lost", world.api.clock())]}, expect=409),
    ]
    assert {one["code"] for one in refusals} == {"no-remote-record"}
    await remote_record(therapist, made)
    await support_token(therapist, made)
