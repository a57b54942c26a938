"""A dose recorded in error is withdrawn: all that was derived from it follows, and what was held stays held."""

from datetime import datetime, timedelta

import pytest

from tests.factories.doses import dose
from tests.factories.monitoring import minutes, pressure, reading, series, upload
from tests.factories.orders import prescriber_of
from tests.factories.readiness import holds_of, ready_session
from tests.factories.reflections import submitted
from tests.factories.sessions import move
from tests.support import Json, Person, World

HIGH = (150, 92)
"""Above the limit before a dose (R09), and below those of warnings during one."""
ERROR = {"reason": "Recorded in the wrong session."}


async def wrong_dose(world: World) -> tuple[Person, Person, Json, Json]:
    """A therapist, the patient, a session, and a dose in it that was never given."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await ready_session(therapist, world.chart_id(patient))
    at = (world.api.clock() - timedelta(minutes=40)).isoformat()
    return therapist, patient, made, await dose(therapist, made, given_at=at)


async def withdraw(therapist: Person, made: Json, given: Json) -> None:
    await therapist.post(f"/sessions/{made['id']}/doses/{given['id']}/withdraw", ERROR, match=1, expect=200)


async def open_rules(therapist: Person, made: Json) -> list[tuple[str, str]]:
    return sorted((one["item"], one["rule"]) for one in await holds_of(therapist, made))


async def rules_of(therapist: Person, made: Json) -> list[str]:
    found = (await therapist.get(f"/flags?patient_id={made['patient_id']}&limit=100"))["items"]
    return sorted(one["rule"] for one in found if one["origin"] == "vital")


async def test_minutes_and_findings_follow_the_dose_that_is_left(world: World) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    at = wrong["given_at"]
    await upload(therapist, made, pressure(118, 76, minutes(at, -5)), pressure(165, 95, minutes(at, 10)))
    before, during = sorted(await series(therapist, made), key=lambda one: one["taken_at"])
    assert [one["minutes_from_dose"] for one in (before, during)] == [-5, 10]
    assert [one["rule"] for one in during["findings"]] == ["R11"]
    right = await dose(therapist, made, given_at=minutes(at, 30), kind="booster")
    await withdraw(therapist, made, wrong)
    before, during = sorted(await series(therapist, made), key=lambda one: one["taken_at"])
    assert [one["minutes_from_dose"] for one in (before, during)] == [-35, -20]
    assert [one["rule"] for one in during["findings"]] == ["R09"]
    watch = await therapist.get(f"/sessions/{made['id']}/dose-brief")
    assert [one["id"] for one in watch["doses"]] == [right["id"]]
    await withdraw(therapist, made, right)
    assert {one["minutes_from_dose"] for one in await series(therapist, made)} == {None}


async def test_a_reading_that_is_before_the_dose_by_that_holds_the_next(world: World) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    await upload(therapist, made, pressure(*HIGH, minutes(wrong["given_at"], 10)))
    assert (await open_rules(therapist, made), "R09" in await rules_of(therapist, made)) == ([], False)
    await withdraw(therapist, made, wrong)
    assert await open_rules(therapist, made) == [("blood_pressure", "R09")]
    assert (await rules_of(therapist, made)).count("R09") == 1
    refused = await dose(therapist, made, 409)
    assert [(one["item"], one["rule"]) for one in refused["holds"]] == [("blood_pressure", "R09")]
    [hold] = await holds_of(therapist, made)
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    await prescriber.post(path, {"reason": "Measured again by hand."}, match=1, expect=200)
    assert (await dose(therapist, made))["given_while_held"] is False


async def test_a_correction_to_a_later_time_holds_too(world: World) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    await upload(therapist, made, pressure(*HIGH, minutes(wrong["given_at"], 10)))
    later = {"corrects_id": wrong["id"], "correction_reason": "The clock was wrong."}
    await dose(therapist, made, given_at=minutes(wrong["given_at"], 20), **later)
    assert await open_rules(therapist, made) == [("blood_pressure", "R09")]
    assert (await dose(therapist, made, 409, kind="booster", amount=20))["holds"][0]["rule"] == "R09"


@pytest.mark.parametrize("systolic", [130, 150])
async def test_a_reading_that_is_still_after_a_dose_holds_nothing(world: World, systolic: int) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    at = wrong["given_at"]
    await upload(therapist, made, pressure(systolic, 80, minutes(at, 25)))
    await dose(therapist, made, given_at=minutes(at, 20), kind="booster", amount=20)
    await withdraw(therapist, made, wrong)
    assert await open_rules(therapist, made) == []


async def test_a_withdrawn_reading_holds_nothing_after_a_withdrawn_dose(world: World) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    high = pressure(*HIGH, minutes(wrong["given_at"], 10))
    await upload(therapist, made, high)
    path = f"/sessions/{made['id']}/vitals/{high['id']}/withdraw"
    await therapist.post(path, {"reason": "Cuff too small."}, match=1, expect=200)
    await withdraw(therapist, made, wrong)
    assert await open_rules(therapist, made) == []


async def test_what_is_critical_stays_held_without_its_dose(world: World) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    await upload(therapist, made, reading("spo2", 88, minutes(wrong["given_at"], 10)))
    assert await open_rules(therapist, made) == [("spo2", "R10")]
    await withdraw(therapist, made, wrong)
    assert await open_rules(therapist, made) == [("spo2", "R10")]


async def test_the_window_of_the_patient_and_the_session_follow(world: World) -> None:
    therapist, patient, made, wrong = await wrong_dose(world)
    entry = await submitted(patient)
    assert (await patient.get(f"/reflections/{entry['id']}"))["in_altered_state"]
    right = await dose(therapist, made, given_at=minutes(wrong["given_at"], 20), kind="booster", amount=30)
    await withdraw(therapist, made, wrong)
    shown = await patient.get(f"/reflections/{entry['id']}")
    assert (shown["in_altered_state"], shown["held_until"]) == (True, right["altered_until"])
    assert datetime.fromisoformat(shown["held_until"]) > world.api.clock()
    await withdraw(therapist, made, right)
    shown = await patient.get(f"/reflections/{entry['id']}")
    assert (shown["in_altered_state"], shown["hours_since_dose"], shown["held_until"]) == (None, None, None)
    assert (await therapist.get(f"/sessions/{made['id']}"))["doses_recorded"] == 0


async def test_a_session_that_has_ended_without_a_dose_is_not_held(world: World) -> None:
    therapist, _, made, wrong = await wrong_dose(world)
    await upload(therapist, made, pressure(*HIGH, minutes(wrong["given_at"], 10)))
    await move(therapist, made, "cancel", reason="An invented reason.")
    await withdraw(therapist, made, wrong)
    assert await open_rules(therapist, made) == []
    assert "R09" not in await rules_of(therapist, made)
