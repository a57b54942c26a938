"""Holds that readings open: before a dose, for the next one, and with what was taken."""

import pytest

from tests.factories.doses import dose, remarks
from tests.factories.monitoring import minutes, pressure, reading, upload
from tests.factories.orders import prescriber_of
from tests.factories.readiness import answer, clear, dosing_session, holds_of, ready_session
from tests.support import Json, Person, World

HIGH, CRITICAL = (150, 85), (185, 95)


async def clinic(world: World) -> tuple[Person, Person, str]:
    """A therapist, a prescriber on the care team, and the chart."""
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    return therapist, await prescriber_of(world, therapist, chart), chart


async def release(prescriber: Person, hold: Json) -> None:
    path = f"/sessions/{hold['session_id']}/holds/{hold['id']}/release"
    await prescriber.post(path, {"reason": "Measured again by hand."}, match=1, expect=200)


async def open_rules(therapist: Person, made: Json) -> list[tuple[str, str]]:
    return sorted((one["item"], one["rule"]) for one in await holds_of(therapist, made))


@pytest.mark.thorough
async def test_a_high_pressure_before_a_dose_holds_it_until_a_prescriber_decides(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    first = pressure(*HIGH, made["started_at"])
    await upload(therapist, made, first)
    assert (await dose(therapist, made, 409))["holds"][0]["rule"] == "R09"
    assert (await therapist.get(f"/sessions/{made['id']}/readiness"))["state"] == "held"
    await upload(therapist, made, pressure(120, 80, minutes(made["started_at"], 1)), first)
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    await answer(therapist, made, check["version"], screen={"status": "met", "note": "Calm."})
    path = f"/sessions/{made['id']}/vitals/{first['id']}/withdraw"
    await therapist.post(path, {"reason": "Cuff too small."}, match=1, expect=200)
    [hold] = await holds_of(therapist, made)
    assert (hold["item"], hold["rule"]) == ("blood_pressure", "R09")
    await release(prescriber, hold)
    assert (await dose(therapist, made))["given_while_held"] is False


async def test_a_second_high_pressure_holds_again_after_a_release(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    await upload(therapist, made, pressure(*HIGH, made["started_at"]))
    [hold] = await holds_of(therapist, made)
    await release(prescriber, hold)
    await upload(therapist, made, pressure(*HIGH, minutes(made["started_at"], 1)))
    assert await open_rules(therapist, made) == [("blood_pressure", "R09")]


@pytest.mark.parametrize(
    ("field", "value", "rules"),
    [
        ("spo2", 89, [("spo2", "R10")]),
        ("spo2", 93, []),
        ("respiratory_rate", 7, [("respiratory_rate", "R10")]),
        ("heart_rate", 141, [("heart_rate", "R10")]),
        ("moaas", 2, [("moaas", "R10")]),
    ],
)
async def test_a_critical_reading_holds_a_booster(
    world: World, field: str, value: float, rules: list[tuple[str, str]]
) -> None:
    therapist, _, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    await upload(therapist, made, reading(field, value, given["given_at"]))
    assert await open_rules(therapist, made) == rules
    await dose(therapist, made, 409 if rules else 201, kind="booster", amount=20)


@pytest.mark.thorough
async def test_a_critical_reading_holds_the_next_session_too(world: World) -> None:
    therapist, prescriber, chart = await clinic(world)
    made, following = await ready_session(therapist, chart), await ready_session(therapist, chart)
    given = await dose(therapist, made)
    await upload(therapist, made, pressure(*CRITICAL, given["given_at"]))
    [there] = await holds_of(therapist, made)
    refused = await dose(therapist, following, 409)
    assert [(one["item"], one["rule"]) for one in refused["holds"]] == [("blood_pressure", "R10")]
    [here] = await holds_of(therapist, following)
    await release(prescriber, here)
    assert (await dose(therapist, following))["given_while_held"] is False
    third = await ready_session(therapist, chart)
    await release(prescriber, there)
    assert (await dose(therapist, third))["given_while_held"] is False


async def test_a_rise_over_a_baseline_that_comes_later_holds_too(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    await upload(therapist, made, pressure(165, 95, given["given_at"]))
    assert await open_rules(therapist, made) == []
    await upload(therapist, made, pressure(105, 70, minutes(given["given_at"], -5)))
    assert await open_rules(therapist, made) == [("blood_pressure", "R10")]


async def test_a_rise_over_the_baseline_that_is_left_holds_too(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made)
    first, last = pressure(105, 70, minutes(given["given_at"], -9)), pressure(135, 80, minutes(given["given_at"], -5))
    await upload(therapist, made, first, last, pressure(165, 95, given["given_at"]))
    assert await open_rules(therapist, made) == []
    path, why = f"/sessions/{made['id']}/vitals", {"reason": "Cuff too small."}
    await therapist.post(f"{path}/{last['id']}/withdraw", why, match=1, expect=200)
    assert await open_rules(therapist, made) == [("blood_pressure", "R10")]
    await therapist.post(f"{path}/{first['id']}/withdraw", why, match=1, expect=200)
    assert await open_rules(therapist, made) == [("blood_pressure", "R10")]


async def test_a_dose_given_all_the_same_is_recorded_with_its_hold(world: World) -> None:
    therapist, _, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    await upload(therapist, made, pressure(*HIGH, made["started_at"]))
    given = await dose(therapist, made, given_while_held=True)
    assert (given["given_while_held"], "blood_pressure" in remarks(given)[0]["text"]) == (True, True)


@pytest.mark.parametrize("is_taken", [True, False], ids=["taken", "on the checklist"])
async def test_a_stimulant_with_a_high_pressure_asks_for_a_review_of_medicines(world: World, is_taken: bool) -> None:
    therapist, prescriber, chart = await clinic(world)
    made = await dosing_session(therapist, chart)
    taken = {"status": "met", "substances": ["stimulant" if is_taken else "none"]}
    check = await clear(therapist, made, substances_24h=taken)
    if not is_taken:
        line = {"contraindications": {"maois": {"status": "present"}}}
        check = await therapist.patch(f"/sessions/{made['id']}/readiness", line, check["version"])
    assert check["state"] == "ready"
    await upload(therapist, made, pressure(*HIGH, made["started_at"]))
    assert await open_rules(therapist, made) == [("blood_pressure", "R09"), ("rd.medicines", "R24")]
    [hold] = [one for one in await holds_of(therapist, made) if one["rule"] == "R09"]
    await release(prescriber, hold)
    assert await open_rules(therapist, made) == [("rd.medicines", "R24")]
    again = await therapist.get(f"/sessions/{made['id']}/readiness")
    reviewed = {"status": "met", "reviewed_by": "Dr. Orr", "note": "Pressure considered."}
    await answer(therapist, made, again["version"], medicines=reviewed)
    assert await open_rules(therapist, made) == []


@pytest.mark.parametrize(("hours", "expect"), [(23, 200), (25, 422)])
async def test_a_reading_belongs_to_the_day_of_its_session(world: World, hours: int, expect: int) -> None:
    therapist, _, chart = await clinic(world)
    made = await ready_session(therapist, chart)
    began = min(made["started_at"], made["planned_start_at"])
    told = await upload(therapist, made, reading("spo2", 98, minutes(began, -60 * hours)), expect=expect)
    if expect == 422:
        assert [(one["field"], one["code"]) for one in told["errors"]] == [("body.items.0.taken_at", "before_session")]
