"""Doses that are recorded late, out of order, or by a weight: what is compared with what."""

from datetime import timedelta

import pytest

from tests.factories.discharges import overridden
from tests.factories.doses import dose, remarks
from tests.factories.monitoring import minutes
from tests.factories.orders import order, prescriber_of
from tests.factories.readiness import clear, dosing_session, ready_session
from tests.support import Json, Person, World

_UNWEIGHED = "given by weight, and readiness has none of the 30 days before"


async def chart_of(world: World) -> tuple[Person, str]:
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


def texts(made: Json) -> list[str]:
    return [one["text"] for one in remarks(made)]


async def begun(world: World, therapist: Person, chart: str, hours_ago: float) -> Json:
    """A dosing session that began so long ago and in which nothing holds a dose."""
    planned = (world.api.clock() - timedelta(hours=hours_ago)).isoformat()
    made = await ready_session(therapist, chart, planned_start_at=planned, planned_end_at=None)
    return {**made, "given_at": planned}


async def test_a_dose_that_is_recorded_late_is_compared_with_those_after_it(world: World) -> None:
    therapist, chart = await chart_of(world)
    late, first = await begun(world, therapist, chart, 24), await begun(world, therapist, chart, 1)
    assert texts(await dose(therapist, first, given_at=first["given_at"])) == []
    found = texts(await dose(therapist, late, given_at=late["given_at"], amount=30))
    assert found == [
        "less than 48 hours from another dosing session",
        "the session after it has more than half again as much",
    ]


async def test_four_sessions_in_a_week_are_too_many_in_any_order(world: World) -> None:
    therapist, chart = await chart_of(world)
    sessions = [await begun(world, therapist, chart, hours) for hours in (49, 1, 160, 100)]
    told = [texts(await dose(therapist, one, given_at=one["given_at"])) for one in sessions]
    assert [any("more than 3" in text for text in found) for found in told] == [False, False, False, True]


async def test_a_dose_of_a_session_that_is_over_says_when(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    first = await dose(therapist, made)
    await overridden(therapist, made)
    over = await therapist.post(f"/sessions/{made['id']}/complete", match=2, expect=200)
    world.api.clock.advance(minutes=30)
    refused = await dose(therapist, made, 422, kind="booster", amount=20)
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.given_at", "missing")]
    late = await dose(therapist, made, kind="booster", amount=20, given_at=over["ended_at"])
    assert (late["given_at"], late["clock_skewed"]) == (over["ended_at"], False)
    skewed = await dose(therapist, made, kind="booster", amount=5, given_at="2031-01-01T00:00:00Z")
    assert (skewed["given_at"], skewed["clock_skewed"]) == (over["ended_at"], True)
    right = await dose(therapist, made, corrects_id=first["id"], correction_reason="Vial read wrongly.")
    assert right["given_at"] == first["given_at"]


@pytest.mark.parametrize("is_ordered", [True, False], ids=["by its order", "by itself"])
async def test_a_dose_by_weight_needs_a_weight_in_readiness(world: World, is_ordered: bool) -> None:
    therapist, chart = await chart_of(world)
    made = await dosing_session(therapist, chart)
    check = await clear(therapist, made)
    assert check["items"]["rd.weight"]["status"] == "not_applicable"
    facts: Json = {"unit": "mg/kg", "amount": 0.8}
    if is_ordered:
        prescriber = await prescriber_of(world, therapist, chart)
        await order(world, prescriber, chart, unit="mg/kg", amount_min=0.5, amount_max=1)
        facts = {}
    assert _UNWEIGHED in texts(await dose(therapist, made, **facts))
    weight = {"status": "met", "weight_kg": 70, "measured_on": world.api.clock().date().isoformat()}
    await clear(therapist, made, check["version"], weight=weight)
    assert _UNWEIGHED not in texts(await dose(therapist, made, **facts))


async def test_a_dose_in_mg_needs_no_weight(world: World) -> None:
    therapist, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    given = await dose(therapist, made, weight_kg=None, given_at=minutes(made["started_at"], 0))
    assert texts(given) == []
