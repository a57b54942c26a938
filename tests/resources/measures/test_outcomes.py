"""Outcomes over HTTP: numbers of a quarter over enough people, for supervisors and admins, and no chart."""

from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories.cohorts import PATH, cohort, later, of_phq9, outcomes, score_of, then
from tests.factories.doses import dosed_session
from tests.factories.measure_responses import answered
from tests.factories.readiness import clearing
from tests.support import Api, World, enter_again

pytestmark = pytest.mark.thorough

QUARTER = "2026-Q4"
"""The quarter of the tests' clock."""
UNTIL_CLOSED = 50
"""So many days after a test begins, the numbers of 24 hours after a dose are told."""


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", PATH)).status_code == 401


async def test_supervisors_and_admins_read_numbers_and_nobody_else_does(world: World) -> None:
    therapist = await world.therapist()
    for person in (await world.staff(Role.SUPERVISOR), world.admin):
        assert (await outcomes(person))["quarter"] == "2026-Q3"
    for role in (Role.PRESCRIBER, Role.AUDITOR, Role.PRIVACY_OFFICER):
        await (await world.staff(role)).get(PATH, expect=403)
    for person in (therapist, await world.patient_of(therapist)):
        await person.get(PATH, expect=403)


async def test_a_quarter_is_a_whole_one(world: World) -> None:
    for quarter in ("2026", "2026-Q5", "2026-10", "1826-Q1", "2026-Q1,2026-Q2"):
        await world.admin.get(PATH, params={"quarter": quarter}, expect=422)
    for name in ("from", "to", "instrument_id"):
        await world.admin.get(PATH, params={name: "2026-Q1"}, expect=422)
    found = await outcomes(world.admin, quarter="2026-Q1")
    assert (found["starts_at"], found["ends_at"]) == ("2026-01-01T00:00:00Z", "2026-04-01T00:00:00Z")
    assert {point["state"] for one in found["instruments"] for point in one["points"]} == {"too_few"}


async def test_changes_are_told_once_nothing_can_arrive_any_more(world: World) -> None:
    therapist, charts = await cohort(world, [20, 18, 16, 14, 12, 10])
    await later(world, therapist, hours=25)
    made = await then(therapist, charts, [10, 9, 12, 9, 9, 8])
    found = await outcomes(world.admin, quarter=QUARTER)
    whole, point = of_phq9(found, "h24")
    assert (whole, point["state"], point["n"], point["change"]) == (None, "open", None, None)
    await later(world, therapist, days=UNTIL_CLOSED)
    found = await outcomes(world.admin, quarter=QUARTER)
    whole, point = of_phq9(found, "h24")
    assert (found["minimum_patients"], found["is_whole"], whole) == (5, True, 6)
    assert (point["state"], point["n"], point["missing"]) == ("told", 6, 0)
    # Changes -10, -9, -4, -5, -3, -2: mean -5.5, s 3.2711, t(5) 2.571, half 3.43
    assert point["change"] == {"mean": -5.5, "low": -8.93, "high": -2.07}
    assert (point["response"], point["remission"]) == (None, None)  # two respond, and nobody remits
    later_point = of_phq9(found, "m3")[1]
    assert (later_point["state"], later_point["change"]) == ("open", None)
    # Stored after the end, though given in time: it changes nothing.
    at = (world.api.clock() - timedelta(days=UNTIL_CLOSED)).isoformat()
    await answered(therapist, charts[0], answers=score_of(27), completed_at=at)
    assert of_phq9(await outcomes(world.admin, quarter=QUARTER), "h24")[1] == point
    # Withdrawn: it counts no more. One of six is missing now, so that number is not told.
    path = f"/measure-responses/{made[0]['id']}/withdraw"
    await therapist.post(path, {"reason": "Of another patient."}, match=1, expect=200)
    whole, point = of_phq9(await outcomes(world.admin, quarter=QUARTER), "h24")
    assert (whole, point["state"], point["n"], point["missing"]) == (6, "told", None, None)
    assert point["change"]["mean"] == -4.6


async def test_fewer_than_five_are_told_of_nobody(world: World) -> None:
    therapist, charts = await cohort(world, [20, 18, 16, 14], policies={"outcomes_minimum_patients": 1})
    await later(world, therapist, hours=25)
    await then(therapist, charts, [10, 9, 12, 9])
    await later(world, therapist, days=UNTIL_CLOSED)
    found = await outcomes(world.admin, quarter=QUARTER)
    whole, point = of_phq9(found, "h24")
    assert (found["minimum_patients"], whole, point["state"]) == (5, None, "too_few")
    assert {point[name] for name in ("n", "missing", "change", "response", "remission")} == {None}
    empty = await outcomes(world.admin, quarter="2025-Q1")
    assert [one["instrument_id"] for one in empty["instruments"]] == [
        one["instrument_id"] for one in found["instruments"]
    ]


async def test_rates_have_enough_on_both_sides_and_a_clinic_may_ask_for_more(world: World) -> None:
    befores, afters = [20] * 11, [4] * 5 + [18] * 6
    therapist, charts = await cohort(world, befores)
    await later(world, therapist, hours=24)
    await then(therapist, charts, [*afters])
    await later(world, therapist, days=UNTIL_CLOSED)
    _, point = of_phq9(await outcomes(world.admin, quarter=QUARTER), "h24")
    assert point["response"] == {"rule": "response", "of": 11, "percent": 45.5}
    assert point["remission"] == {"rule": "remission", "of": 11, "percent": 45.5}
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"outcomes_minimum_patients": 6}}, clinic["version"])
    found = await outcomes(world.admin, quarter=QUARTER)
    _, point = of_phq9(found, "h24")
    assert (found["minimum_patients"], point["n"], point["response"]) == (6, 11, None)


async def test_each_person_counts_once_and_another_clinic_s_never(world: World) -> None:
    therapist, charts = await cohort(world, [20, 18, 16, 14, 12])
    await later(world, therapist, days=7)
    await then(therapist, charts, [10] * 5)
    prescriber = await clearing(therapist, charts[0])
    await enter_again(prescriber)
    await dosed_session(therapist, charts[0])  # a second dosing session of the quarter begins nothing anew
    elsewhere = await World.build(world.api)
    other, others = await cohort(elsewhere, [24] * 5)
    await later(elsewhere, other, therapist, days=UNTIL_CLOSED)
    await later(world, therapist)
    whole, point = of_phq9(await outcomes(world.admin, quarter=QUARTER), "w1")
    assert (whole, point["n"], point["change"]["mean"]) == (5, 5, -6.0)
    assert len(others) == 5
