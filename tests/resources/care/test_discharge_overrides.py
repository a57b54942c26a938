"""An override is a discharge: what it lacks is told (R13, R20), whether or not it says when the patient left."""

from tests.factories.arcs import let_pass
from tests.factories.discharges import ALL_MET, discharge, overridden
from tests.factories.doses import dosed_session
from tests.factories.flags import flags, raised
from tests.factories.readiness import clearing, ready_session
from tests.factories.sessions import move
from tests.support import Json, Person, World, enter_again

RULES = ("R13", "R20")


async def _dosed(world: World) -> tuple[Person, Json]:
    therapist = await world.therapist()
    return therapist, await dosed_session(therapist, world.chart_id(await world.patient_of(therapist)))


async def _told(therapist: Person) -> dict[str, str]:
    return {rule: word for rule, word in (await raised(therapist)).items() if rule in RULES}


async def test_an_override_with_nothing_met_is_told(world: World) -> None:
    """R13 and R20. Source: clinical.md section 6."""
    therapist, made = await _dosed(world)
    await overridden(therapist, made)
    assert await _told(therapist) == {"R13": "high", "R20": "high"}
    await move(therapist, made, "complete")
    assert [len(await flags(therapist, rule=rule)) for rule in RULES] == [1, 1]
    [flag] = await flags(therapist, rule="R13")
    assert (flag["source_id"], flag["episode_id"]) == (made["id"], made["id"])


async def test_an_override_that_lacks_only_a_screen_is_no_r20(world: World) -> None:
    """R13 alone: the observation time is over, and somebody is there to go with."""
    therapist, made = await _dosed(world)
    lacking = [item for item in ALL_MET if item != "screened_for_suicide"]
    await discharge(therapist, made, met=lacking, discharged_at=None)
    await let_pass(world.api, therapist, hours=5)
    prescriber = await clearing(therapist, made["patient_id"])
    await enter_again(prescriber)
    path = f"/sessions/{made['id']}/discharge/override"
    await prescriber.post(path, {"reason": "An invented reason."}, match=1, expect=200)
    assert await _told(therapist) == {"R13": "high"}


async def test_without_a_dose_nobody_is_discharged(world: World) -> None:
    therapist = await world.therapist()
    made = await ready_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await overridden(therapist, made)
    assert await _told(therapist) == {}
