"""Instruments of a clinic's own: a baseline before the first dose, and numbers over the clinic like those of others."""

from datetime import timedelta

import pytest

from tests.factories.cohorts import later, outcomes
from tests.factories.doses import dosed_session
from tests.factories.instruments import defined, definition
from tests.factories.measure_responses import answered
from tests.factories.windows import WITHOUT_WINDOWS
from tests.support import Json, Person, World

pytestmark = pytest.mark.thorough
QUARTER = "2026-Q4"
"""The quarter of the tests' clock."""
UNTIL_CLOSED = 50


async def slept(person: Person, chart: str, value: int, **facts: object) -> Json:
    """Answers to the clinic's own scale with this total."""
    given = {f"own_sleep.{number}": min(3, max(0, value - 3 * (number - 1))) for number in range(1, 4)}
    return await answered(person, chart, expect=201, instrument_id="own_sleep", answers=given, **facts)


async def people(world: World, befores: list[int]) -> tuple[Person, list[str]]:
    """A therapist, and a chart for each score of the own scale before a first dose of this moment."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": WITHOUT_WINDOWS}, clinic["version"])
    await defined(world.admin)
    therapist, charts = await world.therapist(), []
    at = (world.api.clock() - timedelta(days=2)).isoformat()
    for value in befores:
        chart = (await therapist.post("/patients", {"name": "Rowan Sample"}))["id"]
        await slept(therapist, chart, value, completed_at=at)
        await dosed_session(therapist, chart)
        charts.append(chart)
    return therapist, charts


def of_own(found: Json, at: str = "h24") -> tuple[int | None, Json]:
    """The people with a baseline, and one point of the own scale."""
    [one] = [one for one in found["instruments"] if one["instrument_id"] == "own_sleep"]
    return one["with_baseline"], next(each for each in one["points"] if each["at"] == at)


async def test_the_trajectory_compares_with_the_last_score_before_the_first_dose(world: World) -> None:
    therapist, [chart] = await people(world, [8])
    early = (world.api.clock() - timedelta(days=9)).isoformat()
    await slept(therapist, chart, 5, completed_at=early)
    await later(world, therapist, hours=3)
    last = await slept(therapist, chart, 3)
    params = {"instrument_id": "own_sleep"}
    [series] = (await therapist.get(f"/patients/{chart}/trajectory", params=params))["series"]
    assert [point["value"] for point in series["points"]] == [5, 8, 3]
    assert (series["baseline"]["value"], series["baseline"]["rule"]) == (8, "before_dose")
    assert (series["comparison"]["response_id"], series["comparison"]["change"]) == (last["id"], -5)
    assert {rule["id"]: rule["is_met"] for rule in series["comparison"]["rules"]} == {"response": True}
    before_that = (world.api.clock() - timedelta(days=5)).isoformat()
    [series] = (await therapist.get(f"/patients/{chart}/trajectory", params={**params, "baseline_at": before_that}))[
        "series"
    ]
    assert (series["baseline"]["value"], series["baseline"]["rule"]) == (5, "declared_time")


async def test_numbers_over_the_clinic_have_the_same_suppression(world: World) -> None:
    therapist, charts = await people(world, [9, 9, 8, 8, 7, 6])
    await later(world, therapist, hours=25)
    for chart, value in zip(charts, (4, 4, 6, 6, 5, 5), strict=True):
        await slept(therapist, chart, value)
    assert of_own(await outcomes(world.admin, quarter=QUARTER))[1]["state"] == "open"
    await later(world, therapist, days=UNTIL_CLOSED)
    whole, point = of_own(await outcomes(world.admin, quarter=QUARTER))
    assert (whole, point["n"], point["missing"], point["state"]) == (6, 6, 0, "told")
    assert point["change"]["mean"] == -2.83
    assert point["response"] is None  # two respond: few on one side are told of nobody
    assert of_own(await outcomes(world.admin, quarter=QUARTER), "h72")[1]["n"] is None


async def test_few_people_are_no_number(world: World) -> None:
    therapist, charts = await people(world, [9, 9, 8, 8])
    await later(world, therapist, hours=25)
    for chart in charts:
        await slept(therapist, chart, 4)
    await later(world, therapist, days=UNTIL_CLOSED)
    whole, point = of_own(await outcomes(world.admin, quarter=QUARTER))
    assert (whole, point["state"], point["n"], point["change"]) == (None, "too_few", None, None)


async def test_another_version_of_its_rules_counts_no_answers_of_before(world: World) -> None:
    therapist, charts = await people(world, [9, 9, 8, 8, 7, 6])
    await later(world, therapist, hours=25)
    for chart in charts:
        await slept(therapist, chart, 4)
    await later(world, therapist, days=UNTIL_CLOSED)
    rule = definition()["changes"][0]
    limit = {**rule["all_of"][0], "limit": 51}
    await defined(world.admin, changes=[{**rule, "all_of": [limit]}])
    whole, point = of_own(await outcomes(world.admin, quarter=QUARTER))
    assert (whole, point["state"], point["change"]) == (None, "too_few", None)
