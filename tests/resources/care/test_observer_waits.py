"""A check at home is missed only if somebody could know of it, and was there to make it (R25)."""

from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.reads import StartAgain
from integration_api.resources.care.doses.operations import CREATE_DOSE
from integration_api.resources.care.doses.service import create_dose
from integration_api.resources.care.remote_sessions.operations import (
    CREATE_SUPPORT_TOKEN,
    DELETE_SUPPORT_TOKEN,
    UPDATE_REMOTE_SESSION,
)
from integration_api.resources.care.remote_sessions.schemas import RemoteRecord, SupportTokenCreate
from integration_api.resources.care.remote_sessions.service import (
    create_support_token,
    delete_support_token,
    update_remote_session,
)
from tests.factories.discharges import discharge, overridden
from tests.factories.doses import dose
from tests.factories.readiness import AT_HOME, clear, dosing_session
from tests.factories.reflections import work_of
from tests.factories.remote_sessions import home_session, look, observe, remote_record, support_token
from tests.factories.sessions import move
from tests.resources.care.test_dose_races import BODY
from tests.support import Json, Person, World, enter_again


async def at_home(world: World) -> tuple[Person, Json, str]:
    """A therapist, a session at home, and the token of its observer."""
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    return therapist, made, await support_token(therapist, made)


async def late(world: World, therapist: Person, made: Json, minutes: int) -> Json:
    """A dose that is recorded so many minutes after it was given."""
    return await dose(therapist, made, given_at=(world.api.clock() - timedelta(minutes=minutes)).isoformat())


async def missed(person: Person) -> list[str]:
    """The sessions of which somebody is told that a check was missed."""
    found = (await person.get("/worklist", params={"limit": 100}))["items"]
    return [one["subject_id"] for one in found if one["kind"] == "observer_check_missed"]


async def end_token(therapist: Person, made: Json) -> None:
    await therapist.delete(f"/sessions/{made['id']}/support-token")


@pytest.mark.parametrize("minutes", [12, 60])
async def test_a_late_dose_waits_for_checks_from_when_it_is_recorded(world: World, minutes: int) -> None:
    """The interval is 15 min, and 5 min more are not late. Source: clinical.md section 6, R25, POLICY."""
    therapist, made, token = await at_home(world)
    world.api.clock.advance(minutes=70)
    await enter_again(therapist)
    await late(world, therapist, made, minutes)
    assert await missed(therapist) == []
    world.api.clock.advance(minutes=19)
    await enter_again(therapist)
    assert await missed(therapist) == []
    world.api.clock.advance(minutes=2)
    assert await missed(therapist) == [made["id"]]
    await observe(world.api, token, look(world.api.clock()))
    assert await missed(therapist) == []


async def test_a_check_before_a_late_dose_is_recorded_was_not_missed(world: World) -> None:
    therapist, made, token = await at_home(world)
    world.api.clock.advance(minutes=12)
    await observe(world.api, token, look(world.api.clock()))
    await late(world, therapist, made, 12)
    world.api.clock.advance(minutes=14)
    assert await missed(therapist) == []
    await observe(world.api, token, look(world.api.clock()))
    world.api.clock.advance(minutes=7)
    assert await missed(therapist) == []
    world.api.clock.advance(minutes=14)
    assert await missed(therapist) == [made["id"]]


async def test_nobody_is_waited_for_after_the_observer_s_token_was_ended(world: World) -> None:
    therapist, made, _ = await at_home(world)
    await dose(therapist, made)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == [made["id"]]
    await end_token(therapist, made)
    assert await missed(therapist) == []
    world.api.clock.advance(minutes=60)
    await enter_again(therapist)
    assert await missed(therapist) == []
    await support_token(therapist, made)
    world.api.clock.advance(minutes=19)
    assert await missed(therapist) == []
    world.api.clock.advance(minutes=2)
    assert await missed(therapist) == [made["id"]]


async def test_a_token_in_the_place_of_another_puts_no_check_off(world: World) -> None:
    therapist, made, _ = await at_home(world)
    await dose(therapist, made)
    world.api.clock.advance(minutes=18)
    await support_token(therapist, made)
    world.api.clock.advance(minutes=3)
    assert await missed(therapist) == [made["id"]]


async def test_a_dose_after_the_observer_has_left_waits_for_nobody(world: World) -> None:
    therapist, made, _ = await at_home(world)
    await end_token(therapist, made)
    await dose(therapist, made)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == []


async def test_a_token_that_ended_by_itself_hides_no_missed_check(world: World) -> None:
    therapist, made, token = await at_home(world)
    await support_token(therapist, made, minutes=15)
    await dose(therapist, made)
    world.api.clock.advance(minutes=21)
    await observe(world.api, token, expect=401)
    assert await missed(therapist) == [made["id"]]


async def test_a_late_dose_waits_for_nobody_once_the_patient_has_left(world: World) -> None:
    therapist, made, _ = await at_home(world)
    world.api.clock.advance(minutes=30)
    await discharge(therapist, made)
    world.api.clock.advance(minutes=10)
    await late(world, therapist, made, 30)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == []


async def test_a_dose_after_the_patient_had_left_is_watched(world: World) -> None:
    therapist, made, _ = await at_home(world)
    world.api.clock.advance(minutes=30)
    await discharge(therapist, made)
    world.api.clock.advance(minutes=10)
    await dose(therapist, made)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == [made["id"]]


async def test_a_dose_that_is_recorded_after_the_end_waits_for_nobody(world: World) -> None:
    therapist, made, _ = await at_home(world)
    no_dose = {"no_dose_reason": "Did not want to."}
    await therapist.patch(
        f"/sessions/{made['id']}", no_dose, (await therapist.get(f"/sessions/{made['id']}"))["version"]
    )
    await overridden(therapist, made)
    await move(therapist, await therapist.get(f"/sessions/{made['id']}"), "complete")
    await late(world, therapist, made, 10)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == []


async def test_a_token_that_is_issued_after_the_patient_has_left_waits_for_nobody(world: World) -> None:
    therapist, made, _ = await at_home(world)
    await dose(therapist, made)
    await end_token(therapist, made)
    world.api.clock.advance(minutes=30)
    await discharge(therapist, made)
    await support_token(therapist, made)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == []


async def test_a_dose_beside_the_end_of_the_token_is_not_passed_over(world: World) -> None:
    """Whichever is second finds the other."""
    therapist, made, _ = await at_home(world)
    ending, giving = work_of(therapist, DELETE_SUPPORT_TOKEN), work_of(therapist, CREATE_DOSE)
    await delete_support_token(ending, UUID(made["id"]))
    await create_dose(giving, UUID(made["id"]), BODY)
    await giving.apply()
    with pytest.raises(StartAgain):
        await ending.apply()
    await end_token(therapist, made)
    again = await home_session(therapist, made["patient_id"])
    await support_token(therapist, again)
    giving = work_of(therapist, CREATE_DOSE)
    await create_dose(giving, UUID(again["id"]), BODY)
    await end_token(therapist, again)
    with pytest.raises(StartAgain):
        await giving.apply()


async def test_a_late_dose_beside_a_discharge_is_not_passed_over(world: World) -> None:
    therapist, made, _ = await at_home(world)
    giving = work_of(therapist, CREATE_DOSE)
    await create_dose(giving, UUID(made["id"]), BODY)
    await discharge(therapist, made)
    with pytest.raises(StartAgain):
        await giving.apply()


@pytest.mark.parametrize("what", ["discharge", "complete"])
async def test_a_token_beside_the_end_waits_for_nobody(world: World, what: str) -> None:
    therapist, made, _ = await at_home(world)
    await dose(therapist, made)
    await end_token(therapist, made)
    if what == "complete":
        await overridden(therapist, made)
    issuing = work_of(therapist, CREATE_SUPPORT_TOKEN)
    await create_support_token(issuing, UUID(made["id"]), SupportTokenCreate())
    if what == "discharge":
        await discharge(therapist, made)
    else:
        await move(therapist, await therapist.get(f"/sessions/{made['id']}"), "complete")
    with pytest.raises(StartAgain):
        await issuing.apply()


async def test_a_remote_record_beside_a_discharge_waits_for_nobody(world: World) -> None:
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"remote_record": 0}}, clinic["version"])
    therapist = await world.therapist()
    made = await dosing_session(therapist, world.chart_id(await world.patient_of(therapist)), modality="telehealth")
    await clear(therapist, made, **{name.removeprefix("rd."): value for name, value in AT_HOME.items()})
    await dose(therapist, made)
    writing = work_of(therapist, UPDATE_REMOTE_SESSION)
    await update_remote_session(writing, UUID(made["id"]), RemoteRecord(), 0)
    await discharge(therapist, made)
    with pytest.raises(StartAgain):
        await writing.apply()
    await remote_record(therapist, made)
    world.api.clock.advance(minutes=21)
    assert await missed(therapist) == []
