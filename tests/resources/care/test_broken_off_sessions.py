"""A dosing session that was broken off, or left open, after a dose: its patient had the dose all the same."""

from tests.factories.arcs import completed, dosed, let_pass, windows
from tests.factories.discharges import discharge, overridden
from tests.factories.doses import dose, dosed_session
from tests.factories.flags import flags, tick
from tests.factories.readiness import clearing
from tests.factories.sessions import move
from tests.support import Json, Person, World, enter_again

WHY: Json = {"reason": "An invented reason."}
CORRECTION: Json = {"correction_reason": "Wrong."}


async def _dosed(world: World) -> tuple[Person, Person, Json]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, await dosed_session(therapist, world.chart_id(patient))


async def _told(world: World, therapist: Person, rule: str) -> list[tuple[str, str]]:
    """The sources and severities of the flags of a rule, once the clock has looked."""
    await tick(world)
    return [(one["source_id"], one["severity"]) for one in await flags(therapist, rule=rule)]


async def test_who_was_broken_off_after_a_dose_is_asked_as_any_other(world: World) -> None:
    therapist, patient, made = await _dosed(world)
    await move(therapist, made, "cancel", **WHY)
    found = await windows(patient)
    assert len(found) == 12
    assert {one["state"] for one in found.values()} == {"open"}
    await let_pass(world.api, therapist, patient, hours=37)
    assert await _told(world, therapist, "R16") == [(found["t24"]["id"], "high")]
    await let_pass(world.api, patient, days=4)
    assert [one["step_id"] for one in (await patient.get("/me/next"))["now"]] == ["w1"]


async def test_who_was_broken_off_before_a_dose_is_asked_nothing(world: World) -> None:
    therapist, patient, made = await _dosed(world)
    [given] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    path = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
    await therapist.post(path, WHY, match=1, expect=200)
    await move(therapist, made, "cancel", **WHY)
    assert await windows(patient) == {}
    await let_pass(world.api, therapist, minutes=30)
    assert await _told(world, therapist, "R25") == []


async def test_who_was_broken_off_is_watched_until_they_have_left(world: World) -> None:
    therapist, _, made = await _dosed(world)
    await move(therapist, made, "cancel", **WHY)
    await let_pass(world.api, therapist, minutes=21)
    assert [severity for _, severity in await _told(world, therapist, "R25")] == ["high"]
    left = (await discharge(therapist, made))["discharged_at"]
    assert left is not None
    await let_pass(world.api, therapist, hours=3)
    assert len(await _told(world, therapist, "R25")) == 1
    assert await _told(world, therapist, "R12") == []


async def test_a_dose_that_is_recorded_after_the_break_begins_the_watch(world: World) -> None:
    therapist, _, made = await _dosed(world)
    [given] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    path = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
    await therapist.post(path, WHY, match=1, expect=200)
    await move(therapist, made, "cancel", **WHY)
    await dose(therapist, made, given_at=given["given_at"], given_while_held=True)
    await let_pass(world.api, therapist, minutes=21)
    assert [severity for _, severity in await _told(world, therapist, "R25")] == ["high"]


async def test_who_had_left_is_not_watched_after_a_break(world: World) -> None:
    therapist, _, made = await _dosed(world)
    await discharge(therapist, made)
    await move(therapist, made, "cancel", **WHY)
    await let_pass(world.api, therapist, hours=3)
    assert await _told(world, therapist, "R25") == []


async def test_a_break_that_is_corrected_into_an_end_ends_the_watch(world: World) -> None:
    therapist, _, made = await _dosed(world)
    await overridden(therapist, made)
    gone = await move(therapist, made, "cancel", **WHY)
    await therapist.patch(f"/sessions/{made['id']}", {"state": "completed", **CORRECTION}, gone["version"])
    await let_pass(world.api, therapist, hours=3)
    assert await _told(world, therapist, "R25") == []


async def test_a_session_left_open_after_a_dose_is_told(world: World) -> None:
    therapist, patient, made = await _dosed(world)
    await discharge(therapist, made)
    await let_pass(world.api, therapist, patient, hours=11.9)
    assert await _told(world, therapist, "R16") == []
    await let_pass(world.api, therapist, patient, hours=0.2)
    assert await _told(world, therapist, "R16") == [(made["id"], "high")]  # beside R13, as every check-in is


async def test_a_session_that_has_ended_is_not_left_open(world: World) -> None:
    therapist, patient, made = await _dosed(world)
    await completed(therapist, made)
    await let_pass(world.api, therapist, patient, hours=13)
    assert await _told(world, therapist, "R16") == []


async def test_twice_missed_is_told_of_who_was_broken_off(world: World) -> None:
    """After a later dose both missed are moderate, however the session ended."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, days=7)
    await enter_again(await clearing(therapist, chart))
    made = await dosed_session(therapist, chart)
    await move(therapist, made, "cancel", **WHY)
    await let_pass(world.api, therapist, patient, hours=85)
    found = (await therapist.get("/worklist"))["items"]
    missed = {one["subject_id"]: one["urgency"] for one in found if one["kind"] == "check_in_missed"}
    assert missed[made["id"]] == "moderate"
